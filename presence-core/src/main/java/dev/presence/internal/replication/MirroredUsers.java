package dev.presence.internal.replication;

import dev.presence.internal.store.Batch;

/** What replication does to the users of this node. Safe for use beside callers. */
public interface MirroredUsers {

  /**
   * Raises the stamps of a batch, and makes room for those who are new.
   *
   * @return how many users found none
   */
  int raise(Batch batch, int stamp, long nowSeconds);

  /** Makes a user offline, as a disconnect does, unless the stamp is later than a limit. */
  void disconnect(long userId, int limit, long nowSeconds);
}
