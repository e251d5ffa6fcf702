package app;

import dev.presence.Presence;

/** Exits normally if the library works as a module. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    try (Presence presence = Presence.open()) {
      presence.recordHeartbeat(7);
      String name = Presence.class.getModule().getName();
      if (!presence.isOnline(7) || !"dev.presence".equals(name)) {
        throw new IllegalStateException("the library does not work as a module: module=" + name);
      }
    }
  }
}
