package dev.presence.jmh;

/**
 * What a figure of the report is about, for any store.
 *
 * @param benchmark class and method
 * @param batch how many users a call has, where that is a parameter, or 0
 * @param onlinePercent share of the asked users who are online, or 0 where nobody is asked for
 * @param threads how many threads call the store
 */
record Measure(String benchmark, int batch, int onlinePercent, int threads) {

  static final Measure IS_ONLINE = status("isOnline", 100);
  static final Measure STATUS_OF_20 = status("statusOf", 20);
  static final Measure STATUS_OF_100 = status("statusOf", 100);
  static final Measure STATUS_OF_1000 = status("statusOf", 1000);
  static final Measure HEARTBEAT = heartbeat("heartbeat");
  static final Measure HEARTBEATS_100 = heartbeat("heartbeats");

  /** The same with two threads. */
  Measure byTwoThreads() {
    return new Measure(benchmark, batch, onlinePercent, 2);
  }

  /** The same when only one in five of the asked users is online and the others are unknown. */
  Measure oneInFiveOnline() {
    return new Measure(benchmark, batch, 20, threads);
  }

  private static Measure status(String method, int batch) {
    return new Measure(StatusOfBenchmark.class.getName() + "." + method, batch, 100, 1);
  }

  private static Measure heartbeat(String method) {
    return new Measure(HeartbeatBenchmark.class.getName() + "." + method, 0, 0, 1);
  }
}
