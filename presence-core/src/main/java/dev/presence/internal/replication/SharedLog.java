package dev.presence.internal.replication;

/**
 * A log that several processes share: each appends frames, and all read what all append. It may
 * lose frames, repeat them, or hand them out late and in another order; nothing here depends on
 * more. Redis' streams are one, and what is asked of it is little enough for others.
 *
 * <p>One thread of the library uses a log and its sessions.
 */
public interface SharedLog {

  /**
   * Connects; the session begins to read with the oldest frame that the log holds.
   *
   * @param timeoutNanos how long this may take
   * @throws LogException if it fails or takes longer. The message says why and holds no secret
   */
  LogSession connect(long timeoutNanos) throws LogException;

  /** What to call the log in messages: where it is, without secrets. */
  @Override
  String toString();
}
