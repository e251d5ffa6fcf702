package dev.presence.internal.replication;

import java.util.Comparator;
import java.util.List;

/** Makes this node's frames. For one thread. */
final class FrameFactory {

  /** Tells that a frame has no running number: nobody misses it. */
  static final long UNNUMBERED = 0;

  private final long nodeId;
  private final LogClock clock;
  private final FrameWriter writer = new FrameWriter();
  private final long[] logSeconds = new long[FrameWriter.LARGEST_COUNT];
  private long lastNumber;

  FrameFactory(long nodeId, LogClock clock) {
    this.nodeId = nodeId;
    this.clock = clock;
  }

  /** Begins a frame that the others would miss. */
  FrameWriter begin(long nodeMillis) {
    writer.begin(nodeId, ++lastNumber, clock.toLogMillis(nodeMillis));
    return writer;
  }

  private FrameWriter beginUnnumbered(long nodeMillis) {
    writer.begin(nodeId, UNNUMBERED, clock.toLogMillis(nodeMillis));
    return writer;
  }

  /** Stamps as the node has them, sorted by the users' ids. */
  byte[] stamps(long nodeMillis, long[] userIds, long[] seconds, int count) {
    for (int i = 0; i < count; i++) {
      logSeconds[i] = clock.toLogSecond(seconds[i]);
    }
    beginUnnumbered(nodeMillis).stamps(userIds, logSeconds, 0, count);
    return writer.end();
  }

  /** Disconnects, at most as many as fit. */
  byte[] disconnects(long nodeMillis, List<Disconnect> disconnects) {
    List<Disconnect> sorted =
        disconnects.stream().sorted(Comparator.comparingLong(Disconnect::userId)).toList();
    begin(nodeMillis).disconnects(sorted, sorted.size());
    return writer.end();
  }

  byte[] request(long nodeMillis, Frame.Request request) {
    beginUnnumbered(nodeMillis).request(request.number(), request.fromSecond(), request.toSecond());
    return writer.end();
  }

  byte[] offer(long nodeMillis, Frame.Answer answer) {
    beginUnnumbered(nodeMillis).offer(answer.nodeId(), answer.number());
    return writer.end();
  }

  byte[] answered(long nodeMillis, Frame.Answer answer) {
    beginUnnumbered(nodeMillis).answered(answer.nodeId(), answer.number());
    return writer.end();
  }
}
