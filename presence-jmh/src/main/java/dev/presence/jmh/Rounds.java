package dev.presence.jmh;

/**
 * The heartbeats of one thread: round after round over its share of the users, in random order, one
 * second later each time. So each heartbeat has a new stamp to write, as those of real clients
 * have, and finds the caches as cold as if as many users as there are had been busy in between.
 */
final class Rounds {

  private final long[] shuffled;
  private final int start;
  private final int end;
  private final long[] ids;
  private final BenchmarkClock clock;
  private final boolean leader;
  private int next;

  /**
   * @param shuffled all users
   * @param batch how many beat at once
   * @param clock advanced by the first thread alone
   * @param thread which of the threads this is: each has its own users
   * @param threads how many there are
   */
  Rounds(long[] shuffled, int batch, BenchmarkClock clock, int thread, int threads) {
    this.shuffled = shuffled;
    this.start = (int) ((long) shuffled.length * thread / threads);
    this.end = (int) ((long) shuffled.length * (thread + 1) / threads);
    this.ids = new long[batch];
    this.clock = clock;
    this.leader = thread == 0;
    this.next = start;
    if (end - start < batch) {
      throw new IllegalArgumentException(
          "users must be >= batch for each thread: users=" + (end - start) + " batch=" + batch);
    }
  }

  /** The next user. */
  long nextUser() {
    if (next == end) {
      nextRound();
    }
    return shuffled[next++];
  }

  /** The next batch; overwritten by the one after it. */
  long[] nextBatch() {
    if (next == end) {
      nextRound();
    }
    // The last batch of a round may repeat a few users, so that none is left out.
    int first = Math.min(next, end - ids.length);
    System.arraycopy(shuffled, first, ids, 0, ids.length);
    next = first + ids.length;
    return ids;
  }

  private void nextRound() {
    next = start;
    if (leader) {
      clock.advanceSeconds(1);
    }
  }
}
