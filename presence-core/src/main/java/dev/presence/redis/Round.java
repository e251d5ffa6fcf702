package dev.presence.redis;

import dev.presence.internal.replication.LogException;
import dev.presence.internal.replication.LogReply;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandKeyword;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Commands that go to one server together, and their answers. */
final class Round {

  /** The answers to all reads have no more entries together. */
  static final int LARGEST_COUNT = 64;

  /** A key outlives its last frame by so many horizons, so that an idle log leaves nothing. */
  private static final int HORIZONS_TO_LIVE = 2;

  /** Bytes of all answers but those to reads, and of what is around the frames in these. */
  private static final long SMALL_ANSWERS = 1 << 20;

  private final Link link;
  private final int countOfEach;
  private final long horizonMillis;
  private final long receivedBefore;
  private final Link.Answer<List<byte[]>> time;
  private final List<Append> appends = new ArrayList<>();
  private final List<Link.Answer<Long>> expiries = new ArrayList<>();
  private final List<Read> reads = new ArrayList<>();

  /**
   * Begins with the time.
   *
   * @param streams how many may be read, up to {@link #LARGEST_COUNT}
   */
  Round(Link link, int streams, long horizonMillis) {
    this.link = link;
    this.countOfEach = LARGEST_COUNT / Math.max(1, streams);
    this.horizonMillis = horizonMillis;
    this.receivedBefore = link.bound().received();
    link.bound().allow(SMALL_ANSWERS + (long) LARGEST_COUNT * LogReply.LARGEST_FRAME);
    this.time =
        link.send(CommandType.TIME, new ValueListOutput<>(ByteArrayCodec.INSTANCE), Link.args());
  }

  /** Appends frames to a stream, and gives it so long to live. */
  void append(LogStream stream, List<byte[]> frames, long clockMillis) {
    byte[] line = ascii(stream.trimBefore(clockMillis, horizonMillis).toString());
    for (byte[] frame : frames) {
      CommandArgs<byte[], byte[]> arguments =
          Link.args()
              .addKey(stream.key())
              .add(CommandKeyword.MINID)
              .add("~")
              .add(line)
              .add("*")
              .add(StreamOutput.FIELD)
              .add(frame);
      CommandOutput<byte[], byte[], String> output = new StatusOutput<>(ByteArrayCodec.INSTANCE);
      appends.add(new Append(stream, link.send(CommandType.XADD, output, arguments)));
    }
    if (!frames.isEmpty()) {
      expiries.add(
          link.send(
              CommandType.PEXPIRE,
              new IntegerOutput<>(ByteArrayCodec.INSTANCE),
              Link.args().addKey(stream.key()).add(HORIZONS_TO_LIVE * horizonMillis)));
    }
  }

  /** Reads what has come to a stream. */
  void read(LogStream stream) {
    StreamOutput output = new StreamOutput(link.bound()::received);
    int count = stream.count(countOfEach);
    CommandArgs<byte[], byte[]> arguments =
        Link.args()
            .add(CommandKeyword.COUNT)
            .add(count)
            .add("STREAMS")
            .addKey(stream.key())
            .add(ascii(stream.read().toString()));
    reads.add(new Read(stream, count, output, link.send(CommandType.XREAD, output, arguments)));
  }

  void flush() throws LogException {
    link.flush();
  }

  /**
   * Waits for all answers.
   *
   * @return the server's clock, in epoch milliseconds
   */
  long await(Reading reading, Deadline deadline) throws LogException {
    long clockMillis = millis(time.await(deadline));
    for (Append append : appends) {
      if (!append.stream.appended(StreamId.parse(append.answer.await(deadline)))) {
        reading.leaveMore();
      }
    }
    for (Link.Answer<Long> expiry : expiries) {
      Long unused = expiry.await(deadline);
    }
    for (Read read : reads) {
      take(read, reading, clockMillis, deadline);
    }
    reading.addBytes(link.bound().received() - receivedBefore);
    return clockMillis;
  }

  private void take(Read read, Reading reading, long clockMillis, Deadline deadline)
      throws LogException {
    try {
      List<byte[]> unused = read.answer.await(deadline);
    } catch (LogException e) {
      if (!link.bound().isExceeded()) {
        throw e;
      }
      reading.add(read.output);
      reading.skip(read.stream.takePart(read.output, horizonMillis));
      reading.leaveMore();
      return;
    }
    reading.add(read.output);
    if (!read.stream.take(read.output, read.asked, clockMillis, horizonMillis)) {
      reading.leaveMore();
    }
  }

  private static long millis(List<byte[]> time) {
    return number(time.get(0)) * 1_000 + number(time.get(1)) / 1_000;
  }

  private static long number(byte[] text) {
    return Long.parseLong(new String(text, StandardCharsets.US_ASCII));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private record Append(LogStream stream, Link.Answer<String> answer) {}

  private record Read(
      LogStream stream, int asked, StreamOutput output, Link.Answer<List<byte[]>> answer) {}
}
