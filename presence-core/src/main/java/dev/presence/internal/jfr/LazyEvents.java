package dev.presence.internal.jfr;

import jdk.jfr.FlightRecorder;

/**
 * Tells nobody until somebody uses Flight Recorder in this JVM. To load a class of events starts
 * the recorder's Java part, which takes time and, on JDK 17, exports one of its packages; nobody
 * who does not record shall have that.
 *
 * <p>Then the classes are loaded, but not by a thread of the application that is inside a
 * heartbeat: near the end of its stack a class would fail to load for good. So {@link #full} tells
 * nobody until another event has had them loaded, which a sweep does at the latest.
 */
final class LazyEvents implements Events {

  private final String name;
  private volatile Events recorded; // null until the classes are loaded

  /** Loads the one class that every call needs. */
  LazyEvents(String name) {
    this.name = name;
    loaded();
  }

  private Events loaded() {
    Events events = recorded;
    if (events != null) {
      return events;
    }
    return FlightRecorder.isInitialized() ? load() : SilentEvents.INSTANCE;
  }

  private synchronized Events load() {
    if (recorded == null) {
      recorded = new RecordedEvents(name);
    }
    return recorded;
  }

  @Override
  public Opening opening() {
    return loaded().opening();
  }

  @Override
  public Sweeping sweeping() {
    return loaded().sweeping();
  }

  @Override
  public Writing writing() {
    return loaded().writing();
  }

  @Override
  public void full(long maxUsers, long trackedUsers, long rejectedHeartbeats) {
    Events events = recorded;
    if (events != null) {
      events.full(maxUsers, trackedUsers, rejectedHeartbeats);
    }
  }

  @Override
  public void resync(boolean isOfEverybody, int queuedEvents, int queueLimit, long lagMillis) {
    loaded().resync(isOfEverybody, queuedEvents, queueLimit, lagMillis);
  }
}
