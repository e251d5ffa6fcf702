package dev.presence.jmh.stores;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses between tries: none before the first, then random ones, of up to twice as long each time.
 */
final class Backoff {

  private static final int TRIES = 10;
  private static final int FIRST_MILLIS = 10;

  private final String store;
  private int tries;

  Backoff(String store) {
    this.store = store;
  }

  /** Pauses, unless this is the first try. */
  void beforeTry() {
    if (tries == TRIES) {
      throw new StoreUnavailableException(store, "gave up: tries=" + tries);
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
