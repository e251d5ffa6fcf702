package dev.presence.jmh.stores;

/**
 * The figures of the design that this library comes from, as stated there and not measured here.
 * The design measured a batch of 20 users and 20 lookups, on a machine that it does not name, and
 * computed the rest.
 */
final class Design {

  /** One batch of 20 users. */
  static final double BATCH_OF_20_MICROS = 662;

  /** 20 lookups of one user. */
  static final double SINGLES_OF_20_MICROS = 5000;

  /** Memory per user. */
  static final double BYTES_PER_USER = 8;

  /** Memory of a billion users. */
  static final double GIGABYTES_FOR_A_BILLION = 8;

  /** Heartbeats that the store must take. */
  static final double UPDATES_PER_MINUTE = 6_000_000;

  /** How many times faster than the fastest remote store this library must answer a batch. */
  static final double TARGET_RATIO = 20;

  private Design() {}
}
