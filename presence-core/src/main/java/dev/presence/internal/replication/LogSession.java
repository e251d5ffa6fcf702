package dev.presence.internal.replication;

import java.util.List;

/** A connection to a {@link SharedLog}. After an exception it is of no use but to be closed. */
public interface LogSession extends AutoCloseable {

  /**
   * Appends frames, lets those expire that are older than the horizon, and reads the next ones that
   * anybody has appended, this process too. If there is little to do, in one round trip.
   *
   * @param frames what to append, all of them or, after an exception, perhaps some; may be empty
   * @param horizonMillis how long a frame is to be kept, in milliseconds
   * @param timeoutNanos how long this may take
   * @return what was read
   * @throws LogException if it fails or takes longer. The message says why and holds no secret
   */
  LogReply exchange(List<byte[]> frames, long horizonMillis, long timeoutNanos) throws LogException;

  /** Gives everything back; throws nothing and does not wait for the network. */
  @Override
  void close();
}
