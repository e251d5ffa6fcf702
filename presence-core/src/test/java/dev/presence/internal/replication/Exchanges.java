package dev.presence.internal.replication;

import dev.presence.internal.store.StampStore;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Lets tests of other packages run replication by hand. */
public final class Exchanges {

  private Exchanges() {}

  /** A replication that {@link #run} does, without a thread. */
  public static Replication byHand(
      ReplicationSettings settings, long maxUsers, LongSupplier nanoTime, RandomGenerator random) {
    return new Replication(settings, maxUsers, nanoTime, random);
  }

  /** Does one exchange. */
  public static void run(Replication replication) {
    replication.exchange();
  }

  /** Does what the thread does at its end. */
  public static void finish(Replication replication) {
    replication.finish();
  }

  /** A frame of another node: a heartbeat of a second, made at a time of the log. */
  public static byte[] heartbeat(long logMillis, long userId, long second) {
    FrameWriter writer = new FrameWriter();
    writer.begin(1, FrameFactory.UNNUMBERED, logMillis);
    writer.beats(second, new long[] {userId}, 0, 1);
    return writer.end();
  }

  /**
   * A frame of another node: a disconnect that counts up to a second, made at a time of the log.
   */
  public static byte[] disconnect(long logMillis, long userId, long second) {
    FrameWriter writer = new FrameWriter();
    writer.begin(1, FrameFactory.UNNUMBERED, logMillis);
    writer.disconnects(List.of(new Disconnect(userId, second, logMillis)), 1);
    return writer.end();
  }

  /** The users of a span of time, with their stamps; each part is sorted, nobody is there twice. */
  public static Map<Long, Long> scan(StampStore store, long fromSecond, long toSecond) {
    Map<Long, Long> found = new HashMap<>();
    StoreScan scan = new StoreScan(store, fromSecond, toSecond);
    while (!scan.isDone()) {
      int count = scan.next();
      for (int i = 0; i < count; i++) {
        boolean isInOrder = i == 0 || scan.userIds[i - 1] < scan.userIds[i];
        if (!isInOrder || found.put(scan.userIds[i], scan.seconds[i]) != null) {
          throw new AssertionError("twice, or not in order: userId=" + scan.userIds[i]);
        }
      }
    }
    return found;
  }

  /** A frame of another version, with a heartbeat in it. */
  public static byte[] frameOfVersion(int version) {
    byte[] frame = frame();
    frame[2] = (byte) version;
    return FrameTest.withChecksum(frame);
  }

  /** A frame of this version with a heartbeat, and with a section that nobody knows. */
  public static byte[] frameWithSection(int section) {
    byte[] frame = frame();
    byte[] longer = Arrays.copyOf(frame, frame.length + 1);
    longer[frame.length - FrameWriter.CHECKSUM_BYTES] = (byte) section;
    return FrameTest.withChecksum(longer);
  }

  private static byte[] frame() {
    FrameWriter writer = new FrameWriter();
    long millis = System.currentTimeMillis();
    writer.begin(1, 1, millis);
    writer.beats(millis / 1_000, new long[] {99}, 0, 1);
    return writer.end();
  }
}
