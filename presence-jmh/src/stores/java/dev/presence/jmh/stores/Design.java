package dev.presence.jmh.stores;

/**
 * The figures of the design that this library comes from, as it states them: not measured here. It
 * measured a batch of 20 users against 20 lookups, without saying on which machine, and computed
 * the rest.
 */
final class Design {

  /** A batch of 20 users. */
  static final double BATCH_OF_20_MICROS = 662;

  /** 20 users one by one. */
  static final double SINGLES_OF_20_MICROS = 5000;

  /** Of each user. */
  static final double BYTES_PER_USER = 8;

  /** Of a billion users. */
  static final double GIGABYTES_FOR_A_BILLION = 8;

  /** What the store has to take in. */
  static final double UPDATES_PER_MINUTE = 6_000_000;

  /** How much faster than the fastest remote store's batch this library's is to be, in one run. */
  static final double TARGET_RATIO = 20;

  private Design() {}
}
