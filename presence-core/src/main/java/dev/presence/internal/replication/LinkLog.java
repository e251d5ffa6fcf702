package dev.presence.internal.replication;

import java.lang.System.Logger.Level;

/** Says that the link to the log is lost, and that it is back, once each. For one thread. */
final class LinkLog {

  private final SharedLog log;
  private boolean saidLost;

  LinkLog(SharedLog log) {
    this.log = log;
  }

  void lost(String reason) {
    if (!saidLost) {
      saidLost = true;
      log(
          Level.WARNING,
          "replication is interrupted, this node goes on alone: log=" + log + " reason=" + reason);
    }
  }

  void back() {
    if (saidLost) {
      saidLost = false;
      log(Level.INFO, "replication goes on: log=" + log);
    }
  }

  private static void log(Level level, String message) {
    System.getLogger("dev.presence").log(level, message);
  }
}
