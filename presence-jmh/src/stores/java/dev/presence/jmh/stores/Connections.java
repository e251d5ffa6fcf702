package dev.presence.jmh.stores;

/** Where a store takes its connections from. */
public enum Connections {
  /** A pool, or what the client has instead: made once and used by all threads. */
  KEPT,

  /** None: each call connects, introduces itself, asks, and closes. */
  ONE_PER_CALL
}
