package dev.presence.jmh.stores;

/**
 * One of the stores that keep "user id to last heartbeat". Times are epoch seconds. Thread-safe.
 * Every method throws {@link StoreUnavailableException} when the server is gone.
 */
public interface PresenceStore extends AutoCloseable {

  /** The beginning of every name on a server. */
  String PREFIX = "presence_bench_";

  /** Records that a user was seen. */
  void heartbeat(long userId, long epochSecond);

  /** Records that many users were seen. */
  void heartbeats(long[] userIds, long epochSecond);

  /** Whether the user's last heartbeat is younger than the window. */
  boolean isOnline(long userId, long nowSecond);

  /** Answers for many users; answer {@code i} belongs to {@code userIds[i]}. */
  boolean[] statusOf(long[] userIds, long nowSecond);

  /** Makes a user offline at once. */
  void disconnect(long userId);

  /** Removes expired users from a store that does not do so itself. */
  default void removeExpired(long nowSecond) {}

  /** Counts the users in the store, online or not. May read all of them. */
  long storedUsers();

  /** Bytes of the users in the store's memory or files, by the store's own account. */
  long bytesUsed();

  /** Removes everything that this store has made on the server. */
  void drop();

  /** Closes the connections; what is on the server stays. */
  @Override
  void close();
}
