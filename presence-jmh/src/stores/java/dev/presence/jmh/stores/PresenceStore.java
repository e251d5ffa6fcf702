package dev.presence.jmh.stores;

/**
 * Who is online, asked of any of the stores. Seconds are those since 1970. Safe for use by many
 * threads. A server that is gone is a {@link StoreUnavailableException} from any of these.
 */
public interface PresenceStore extends AutoCloseable {

  /** With what the name of everything begins that is made on a server. */
  String PREFIX = "presence_bench_";

  /** Records that a user was seen. */
  void heartbeat(long userId, long epochSecond);

  /** Records that all of them were seen. */
  void heartbeats(long[] userIds, long epochSecond);

  /** Whether the user's last heartbeat is younger than the window. */
  boolean isOnline(long userId, long nowSecond);

  /** The same for many; answer {@code i} belongs to {@code userIds[i]}. */
  boolean[] statusOf(long[] userIds, long nowSecond);

  /** Makes a user offline at once. */
  void disconnect(long userId);

  /** Removes who has expired, in a store that waits for somebody to do that. */
  default void removeExpired(long nowSecond) {}

  /** How many users the store still has, online or not. May go through all of them. */
  long storedUsers();

  /** What the users take in the store's own memory or files, as the store itself counts it. */
  long bytesUsed();

  /** Removes all that this store has made on the server. */
  void drop();

  /** Closes the connections; what is on the server stays. */
  @Override
  void close();
}
