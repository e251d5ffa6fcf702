package dev.presence.internal;

/** Spreads threads over places, so that few of them meet by chance. */
final class Stripes {

  private Stripes() {}

  /** How many places suffice: at least four times as many as processors, as a power of two. */
  static int perProcessor() {
    return Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 8 - 1);
  }

  /**
   * The place of this thread.
   *
   * @param places how many there are, a power of two
   */
  static int ofThread(int places) {
    long id = Thread.currentThread().getId() * 0x9E3779B97F4A7C15L; // neighbours are spread out
    return (int) (id >>> 40) & (places - 1);
  }
}
