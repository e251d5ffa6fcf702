package dev.presence.redis;

import dev.presence.internal.replication.LogReply;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code XREAD} of one stream, in RESP2: an array of one pair of the key and an array
 * of entries, each a pair of a name and an array of fields and values. What is read before the
 * connection breaks counts.
 *
 * <p>The thread of the connection writes; whoever has waited for the command reads.
 */
final class StreamOutput extends CommandOutput<byte[], byte[], List<byte[]>> {

  /** The one field of a frame's entry. */
  static final byte[] FIELD = {'f'};

  /** Around a frame: the arrays, lengths and names of an entry. */
  private static final int ENTRY_OVERHEAD = 256;

  private final LongSupplier receivedBytes;
  private Part part = Part.STREAMS;
  private int entriesLeft;
  private int partsLeft;
  private boolean isFrame;
  private byte @Nullable [] frame;
  private @Nullable StreamId begun;
  private long begunAtBytes;
  private @Nullable StreamId last;
  private int entries;

  /**
   * @param receivedBytes how much the connection has received
   */
  StreamOutput(LongSupplier receivedBytes) {
    super(ByteArrayCodec.INSTANCE, new ArrayList<>());
    this.receivedBytes = receivedBytes;
  }

  @Override
  public void multi(int count) {
    switch (part) {
      case STREAMS -> part = count > 0 ? Part.STREAM : Part.END;
      case STREAM -> part = Part.KEY;
      case ENTRIES -> {
        entriesLeft = count;
        part = count > 0 ? Part.ENTRY : Part.END;
      }
      case ENTRY -> part = Part.NAME;
      case FIELDS -> fields(count);
      default -> throw new IllegalStateException("array must be expected: part=" + part);
    }
  }

  @Override
  public void set(@Nullable ByteBuffer bytes) {
    switch (part) {
      case STREAMS -> part = Part.END; // null: nothing to read
      case KEY -> part = Part.ENTRIES;
      case NAME -> {
        begun = StreamId.parse(bytes);
        begunAtBytes = receivedBytes.getAsLong();
        part = Part.FIELDS;
      }
      case FIELDS -> fields(0);
      case FIELD_OR_VALUE -> fieldOrValue(bytes);
      default -> throw new IllegalStateException("text must not be expected: part=" + part);
    }
  }

  private void fields(int count) {
    partsLeft = Math.max(0, count);
    isFrame = count == 2;
    frame = null;
    part = Part.FIELD_OR_VALUE;
    if (partsLeft == 0) {
      endOfEntry();
    }
  }

  private void fieldOrValue(@Nullable ByteBuffer bytes) {
    if (isFrame && bytes != null) {
      if (partsLeft == 2) {
        isFrame = bytes.equals(ByteBuffer.wrap(FIELD));
      } else if (bytes.remaining() <= LogReply.LARGEST_FRAME) {
        frame = new byte[bytes.remaining()];
        bytes.get(frame);
      }
    }
    if (--partsLeft == 0) {
      endOfEntry();
    }
  }

  private void endOfEntry() {
    if (frame != null) {
      get().add(frame);
    }
    entries++;
    last = begun;
    begun = null;
    part = --entriesLeft > 0 ? Part.ENTRY : Part.END;
  }

  /** How many entries have been read to their ends; not all are frames. */
  int entries() {
    return entries;
  }

  /** The last of them, or null. */
  @Nullable StreamId last() {
    return last;
  }

  /** The entry that the connection broke in, if it is larger than any frame's; or null. */
  @Nullable StreamId begunTooLarge() {
    return receivedBytes.getAsLong() - begunAtBytes > LogReply.LARGEST_FRAME + ENTRY_OVERHEAD
        ? begun
        : null;
  }

  @Override
  public String toString() {
    return "StreamOutput" + Arrays.asList(part, entries);
  }

  /** What comes next. */
  private enum Part {
    STREAMS,
    STREAM,
    KEY,
    ENTRIES,
    ENTRY,
    NAME,
    FIELDS,
    FIELD_OR_VALUE,
    END
  }
}
