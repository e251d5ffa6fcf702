package dev.presence;

import java.util.Objects;

/**
 * A user has come or gone, as an element of a stream; see {@link
 * Presence#transitions(java.util.concurrent.Executor)}. Immutable, so any thread may use it.
 *
 * @param kind what has happened
 * @param userId the user; 0 for {@link Kind#RESYNC}
 * @param epochSecond the heartbeat that is known, as in {@link PresenceListener}; {@link
 *     Presence#NEVER} for {@link Kind#RESYNC}
 */
public record PresenceTransition(Kind kind, long userId, long epochSecond) {

  /** What has happened. */
  public enum Kind {

    /** A user has come online, or is online at the start: {@link PresenceListener#onOnline}. */
    ONLINE,

    /** A user has gone: {@link PresenceListener#onOffline}. */
    OFFLINE,

    /**
     * Transitions have been dropped because there was too little demand. Forget everything:
     * everybody counts as offline from here, and {@link #ONLINE} follows for all who are online.
     */
    RESYNC
  }

  /**
   * Checks nothing but the kind.
   *
   * @param kind what has happened
   * @param userId the user
   * @param epochSecond the heartbeat that is known
   * @throws NullPointerException if {@code kind} is null
   */
  public PresenceTransition {
    Objects.requireNonNull(kind, "kind");
  }
}
