package dev.presence.internal.management;

import dev.presence.Presence;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** The place of an instance in the platform's MBean server. */
public final class Registration {

  private final ObjectName objectName;

  /** Whoever ends it first does so alone: by the second time the place may be somebody else's. */
  private final AtomicBoolean hasEnded = new AtomicBoolean();

  private Registration(ObjectName objectName) {
    this.objectName = objectName;
  }

  /**
   * Checks that the place is free, before an instance takes anything.
   *
   * @throws IllegalStateException if it is not
   */
  public static void checkFree(String name) {
    ObjectName objectName = objectName(name);
    if (ManagementFactory.getPlatformMBeanServer().isRegistered(objectName)) {
      throw taken(name, objectName);
    }
  }

  /**
   * Registers an instance.
   *
   * @throws IllegalStateException if another one was faster
   */
  public static Registration of(Presence presence) {
    String name = presence.name();
    ObjectName objectName = objectName(name);
    try {
      ManagementFactory.getPlatformMBeanServer()
          .registerMBean(new PresenceBean(presence), objectName);
    } catch (InstanceAlreadyExistsException e) {
      throw taken(name, objectName);
    } catch (JMException e) {
      throw new IllegalStateException("the MBean must be registered: objectName=" + objectName, e);
    }
    return new Registration(objectName);
  }

  /** Gives the place back. Does nothing the second time. */
  public void end() {
    if (hasEnded.compareAndSet(false, true)) {
      try {
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(objectName);
      } catch (JMException e) {
        return; // somebody else has taken it out
      }
    }
  }

  private static ObjectName objectName(String name) {
    try {
      return new ObjectName("dev.presence:type=Presence,name=" + ObjectName.quote(name));
    } catch (MalformedObjectNameException e) {
      throw new IllegalStateException("a quoted name must be valid: name=" + name, e);
    }
  }

  private static IllegalStateException taken(String name, ObjectName objectName) {
    return new IllegalStateException(
        "name must be free among the MXBeans: name=" + name + " objectName=" + objectName);
  }
}
