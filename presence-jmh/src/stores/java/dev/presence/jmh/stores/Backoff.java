package dev.presence.jmh.stores;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The pauses before what was left over is tried again: none before the first try; then at random,
 * at most twice as long each time.
 */
final class Backoff {

  private static final int TRIES = 10;
  private static final int FIRST_MILLIS = 10;

  private final String store;
  private int tries;

  Backoff(String store) {
    this.store = store;
  }

  /** Waits, if this is not the first try. */
  void beforeTry() {
    if (tries == TRIES) {
      throw new StoreUnavailableException(store, "left items over: tries=" + tries);
    }
    if (tries++ > 0) {
      try {
        Thread.sleep(ThreadLocalRandom.current().nextInt(1 + (FIRST_MILLIS << tries)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoreUnavailableException(store, "was interrupted", e);
      }
    }
  }
}
