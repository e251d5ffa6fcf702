package dev.presence.internal.replication;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How a node gets stamps that the log does not hold any more: it asks, and one of the others sends
 * them, through the log. Here is the side that asks; {@link Responder} is the other one. For one
 * thread.
 */
final class Transfer {

  /** How long offers take at most: three exchanges, and whoever is slow has five. */
  private static final long OFFER_EXCHANGES = 5;

  private static final long ROUND_TRIPS_NANOS = 1_000_000_000L;

  private static final long ANSWER_NANOS = 60_000_000_000L;
  private static final int ATTEMPTS = 2;

  private final FrameFactory frames;
  private final Figures figures;
  private final long nodeId;
  private final Responder responder;
  private final long offerNanos;

  /** What was asked for; null if nothing is. */
  private Frame.Request asked;

  private boolean isUnsent;
  private boolean isOffered;
  private boolean isExtended;
  private long deadlineNanos;
  private int attempts;
  private long lastNumber;

  Transfer(
      FrameFactory frames,
      Figures figures,
      long nodeId,
      Responder responder,
      Duration exchangeInterval) {
    this.frames = frames;
    this.figures = figures;
    this.nodeId = nodeId;
    this.responder = responder;
    this.offerNanos = ROUND_TRIPS_NANOS + OFFER_EXCHANGES * exchangeInterval.toNanos();
  }

  /** Asks for the stamps between two seconds of the log, unless it does already. */
  void ask(long fromSecond, long toSecond) {
    if (asked == null) {
      attempts = 0;
      askAgain(fromSecond, toSecond);
    }
  }

  private void askAgain(long fromSecond, long toSecond) {
    figures.resyncs.increment();
    attempts++;
    asked = new Frame.Request(++lastNumber, fromSecond, toSecond);
    isUnsent = true;
    isOffered = false;
    isExtended = false;
  }

  boolean isAsking() {
    return asked != null;
  }

  /** Takes from a frame what concerns requests. */
  void read(Frame frame) {
    if (asked != null && frame.offers.contains(new Frame.Answer(nodeId, asked.number()))) {
      isOffered = true;
    }
    if (asked != null && frame.answered.contains(new Frame.Answer(nodeId, asked.number()))) {
      asked = null;
    }
    responder.read(frame);
  }

  /** Hands on the frames of a drain. */
  void drain(long nanoTime, long nodeMillis, boolean caughtUp, Consumer<byte[]> out) {
    if (asked != null && isUnsent) {
      out.accept(frames.request(nodeMillis, asked));
      isUnsent = false;
      deadlineNanos = nanoTime + offerNanos;
    } else if (asked != null && isOffered && !isExtended) {
      isExtended = true;
      deadlineNanos = nanoTime + ANSWER_NANOS;
    } else if (asked != null && nanoTime - deadlineNanos > 0) {
      giveUp();
    }
    responder.drain(nodeMillis, caughtUp && asked == null, out);
  }

  /** Frames that were handed on may not have got to the log: they are made again. */
  void unlinked() {
    isUnsent |= asked != null && !isOffered;
    responder.unlinked();
  }

  /** Nobody has what was asked for, or whoever began to send it is gone. */
  private void giveUp() {
    Frame.Request last = asked;
    asked = null;
    if (isOffered && attempts < ATTEMPTS) {
      askAgain(last.fromSecond(), last.toSecond());
    }
  }
}
