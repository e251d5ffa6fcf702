package dev.presence.internal.concurrent;

/** Spreads threads over places, so that few of them meet. */
public final class Stripes {

  private Stripes() {}

  /** How many places suffice: a power of two, at least four times the number of processors. */
  public static int perProcessor() {
    return Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 8 - 1);
  }

  /**
   * The place of this thread.
   *
   * @param places how many there are, a power of two
   */
  public static int ofThread(int places) {
    long id = Thread.currentThread().getId() * 0x9E3779B97F4A7C15L; // neighbours are spread out
    return (int) (id >>> 40) & (places - 1);
  }
}
