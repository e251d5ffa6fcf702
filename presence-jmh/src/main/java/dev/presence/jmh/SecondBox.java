package dev.presence.jmh;

/**
 * The present second as an {@code Integer} that is made once a second, not once a heartbeat: it
 * spares maps of objects an allocation a heartbeat and 16 bytes a user.
 */
final class SecondBox {

  private final BenchmarkClock clock;
  // Racy on purpose: whoever misses another thread's box makes an equal one.
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
