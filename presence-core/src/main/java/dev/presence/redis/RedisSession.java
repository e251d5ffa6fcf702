package dev.presence.redis;

import dev.presence.internal.replication.LogException;
import dev.presence.internal.replication.LogReply;
import dev.presence.internal.replication.LogSession;
import java.util.ArrayList;
import java.util.List;

/** Connections to all servers that the log is on, each of which has some of its streams. */
final class RedisSession implements LogSession {

  /** So many frames go out before their answers are waited for. */
  static final int LARGEST_BATCH = 256;

  private final IoThread thread;
  private final List<Shard> shards;
  private final int streams;
  private int turn;

  /**
   * @param streams how many streams the log has
   */
  RedisSession(IoThread thread, List<Shard> shards, int streams) {
    this.thread = thread;
    this.shards = shards;
    this.streams = streams;
  }

  @Override
  public LogReply exchange(List<byte[]> frames, long horizonMillis, long timeoutNanos)
      throws LogException {
    checkSizes(frames);
    Deadline deadline = Deadline.in(timeoutNanos);
    Reading reading = new Reading();
    int from = 0;
    for (; frames.size() - from > LARGEST_BATCH; from += LARGEST_BATCH) {
      round(frames.subList(from, from + LARGEST_BATCH), false, horizonMillis, reading, deadline);
    }
    round(frames.subList(from, frames.size()), true, horizonMillis, reading, deadline);
    return reading.reply(clockMillis());
  }

  private static void checkSizes(List<byte[]> frames) {
    for (byte[] frame : frames) {
      if (frame.length > LogReply.LARGEST_FRAME) {
        throw new IllegalArgumentException(
            "frame must be <= " + LogReply.LARGEST_FRAME + " bytes: length=" + frame.length);
      }
    }
  }

  private void round(
      List<byte[]> frames, boolean reads, long horizonMillis, Reading reading, Deadline deadline)
      throws LogException {
    List<List<byte[]>> dealt = deal(frames);
    List<Round> rounds = new ArrayList<>();
    for (Shard shard : shards) {
      rounds.add(shard.send(dealt, reads, horizonMillis, deadline));
    }
    for (int i = 0; i < rounds.size(); i++) {
      shards.get(i).await(rounds.get(i), reading, deadline);
    }
  }

  /** Gives each stream its frames, in turn. */
  private List<List<byte[]>> deal(List<byte[]> frames) {
    List<List<byte[]>> dealt = new ArrayList<>();
    for (int stream = 0; stream < streams; stream++) {
      dealt.add(new ArrayList<>());
    }
    for (byte[] frame : frames) {
      dealt.get(turn).add(frame);
      turn = (turn + 1) % streams;
    }
    return dealt;
  }

  /** The clock of the server with the first stream, for everybody. */
  private long clockMillis() {
    return shards.stream().filter(shard -> shard.has(0)).findFirst().orElseThrow().clockMillis();
  }

  @Override
  public void close() {
    thread.close();
  }
}
