package dev.presence.jmh.stores;

/** Where a store takes its connections from. */
public enum Connections {
  /** A pool, or the client's own equivalent: made once, for all threads. */
  KEPT,

  /** None: each call connects, authenticates, asks and closes. */
  ONE_PER_CALL
}
