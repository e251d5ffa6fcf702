package dev.presence.jmh.stores;

/**
 * One thread's way through its share of the users, round after round. Each round is one second
 * later than the one before it.
 */
final class Walk {

  private final long[] users;
  private final int start;
  private final int end;
  private int next;
  private long rounds;

  Walk(long[] users, int thread, int threads) {
    this.users = users;
    this.start = (int) ((long) users.length * thread / threads);
    this.end = (int) ((long) users.length * (thread + 1) / threads);
    this.next = start;
  }

  long nextUser() {
    if (next == end) {
      startOver();
    }
    return users[next++];
  }

  /** Fills the batch, with nobody in it twice. */
  long[] next(long[] batch) {
    if (batch.length > end - start) {
      throw new IllegalArgumentException(
          "users must be >= batch for each thread: users="
              + (end - start)
              + " batch="
              + batch.length);
    }
    if (next + batch.length > end) {
      startOver();
    }
    System.arraycopy(users, next, batch, 0, batch.length);
    next += batch.length;
    return batch;
  }

  /** How many rounds are behind it. */
  long rounds() {
    return rounds;
  }

  private void startOver() {
    next = start;
    rounds++;
  }
}
