package dev.presence.jmh;

/**
 * The present second as an {@code Integer} that is allocated once per second, not once per
 * heartbeat. It saves maps of objects an allocation per heartbeat and 16 bytes per user.
 */
final class SecondBox {

  private final BenchmarkClock clock;
  // Racy on purpose: a thread that misses another thread's box makes an equal one.
  private Integer latest = 0;

  SecondBox(BenchmarkClock clock) {
    this.clock = clock;
  }

  Integer now() {
    int second = clock.second();
    Integer box = latest;
    if (box != second) {
      box = second;
      latest = box;
    }
    return box;
  }
}
