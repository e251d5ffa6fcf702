package dev.presence.jmh;

/**
 * One thread's way through its share of the users, round after round and in random order. A
 * heartbeat thus finds the caches as cold as if all other users had been busy since the user's last
 * one.
 */
public final class Rounds {

  private final long[] shuffled;
  private final int start;
  private final int end;
  private final Runnable onNextRound;
  private int next;

  /**
   * Starts with the first user of a thread's share.
   *
   * @param shuffled all users
   * @param thread number of this thread, from 0
   * @param threads number of threads
   * @param onNextRound runs before each round but the first
   */
  public Rounds(long[] shuffled, int thread, int threads, Runnable onNextRound) {
    this.shuffled = shuffled;
    this.start = (int) ((long) shuffled.length * thread / threads);
    this.end = (int) ((long) shuffled.length * (thread + 1) / threads);
    this.onNextRound = onNextRound;
    this.next = start;
  }

  /**
   * Advances a clock by a second each round, in the first thread alone: each heartbeat then has a
   * later stamp to write than the user's last one, like those of real clients.
   */
  static Rounds advancing(BenchmarkClock clock, long[] shuffled, int thread, int threads) {
    return new Rounds(
        shuffled, thread, threads, thread == 0 ? () -> clock.advanceSeconds(1) : () -> {});
  }

  public long nextUser() {
    if (next == end) {
      nextRound();
    }
    return shuffled[next++];
  }

  /**
   * Fills the batch with the next users. The last batch of a round repeats a few users of the one
   * before it, so that none is left out.
   */
  public long[] next(long[] batch) {
    if (next == end) {
      nextRound();
    }
    int first = Math.min(next, end - batch.length);
    if (first < start) {
      throw new IllegalArgumentException(
          "users must be >= batch for each thread: users="
              + (end - start)
              + " batch="
              + batch.length);
    }
    System.arraycopy(shuffled, first, batch, 0, batch.length);
    next = first + batch.length;
    return batch;
  }

  private void nextRound() {
    next = start;
    onNextRound.run();
  }
}
