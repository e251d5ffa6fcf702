package dev.presence.internal.replication;

import java.util.List;

/**
 * What an exchange brought.
 *
 * @param logMillis what the log's own clock said during the exchange, in epoch milliseconds
 * @param frames the next frames, in the order in which they were appended; in number and size
 *     bounded
 * @param skipped how many entries were no frames: of another form, or larger than {@link
 *     #LARGEST_FRAME}
 * @param bytes how many bytes were read
 * @param caughtUp whether these were all there are
 */
public record LogReply(
    long logMillis, List<byte[]> frames, int skipped, long bytes, boolean caughtUp) {

  /** No frame is larger, in bytes. */
  public static final int LARGEST_FRAME = 256 * 1024;
}
