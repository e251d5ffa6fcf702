package dev.presence.internal.replication;

import dev.presence.internal.store.Batch;

/** Collects users of one stamp, and raises them together. For one thread. */
final class StampBatches {

  private final MirroredUsers users;
  private final Batch batch = new Batch();
  private int stamp;
  private long refused;

  StampBatches(MirroredUsers users) {
    this.users = users;
  }

  /** Raises a user's stamp, now or at the next {@link #flush}. */
  void raise(long userId, long second, long nowSeconds) {
    if (batch.size == Batch.CAPACITY || (batch.size > 0 && stamp != (int) second)) {
      flush(nowSeconds);
    }
    stamp = (int) second;
    batch.userIds[batch.size++] = userId;
  }

  void flush(long nowSeconds) {
    if (batch.size > 0) {
      try {
        refused += users.raise(batch, stamp, nowSeconds);
      } finally {
        batch.size = 0;
      }
    }
  }

  /** How many users have found no room so far. */
  long refused() {
    return refused;
  }
}
