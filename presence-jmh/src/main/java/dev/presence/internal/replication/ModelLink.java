package dev.presence.internal.replication;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/**
 * A node's way to a {@link ModelLog}. Also lets the node's time pass while it applies what it has
 * read. For the node's thread.
 */
public final class ModelLink implements SharedLog {

  private static final int FRAMES_A_REQUEST = 16;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final ModelLog log;
  private final ModelTime time;
  private final double applyNanos;
  private long toApplyNanos;
  private long ownCpuNanos;

  /**
   * A way to the log.
   *
   * @param applyNanos CPU of the node for each user that it reads, at full size
   */
  public ModelLink(ModelLog log, ModelTime time, double applyNanos) {
    this.log = log;
    this.time = time;
    this.applyNanos = applyNanos;
  }

  /** CPU that the model itself has taken inside the node's exchanges. */
  public long ownCpuNanos() {
    return ownCpuNanos;
  }

  /** Lets pass the time in which the node applies what it has read. */
  public void settle() {
    if (toApplyNanos > 0) {
      long nanos = toApplyNanos;
      toApplyNanos = 0;
      time.sleepUntil(time.nanos() + nanos);
    }
  }

  @Override
  public LogSession connect(long timeoutNanos) {
    settle();
    time.sleepUntil(time.nanos() + 2 * log.roundTripNanos());
    return new Session();
  }

  @Override
  public String toString() {
    return "model";
  }

  private final class Session implements LogSession {

    private long position;

    @Override
    public LogReply exchange(List<byte[]> frames, long horizonMillis, long timeoutNanos)
        throws LogException {
      long cpuNanos = THREADS.getCurrentThreadCpuTime();
      try {
        settle();
        return exchangeNow(frames, horizonMillis, timeoutNanos);
      } finally {
        ownCpuNanos += THREADS.getCurrentThreadCpuTime() - cpuNanos;
      }
    }

    private LogReply exchangeNow(List<byte[]> frames, long horizonMillis, long timeoutNanos)
        throws LogException {
      long startNanos = time.nanos();
      List<ModelLog.Entry> sent = new ArrayList<>();
      frames.forEach(bytes -> sent.add(log.weigh(bytes)));
      long sentSize = sent.stream().mapToLong(entry -> entry.size).sum();
      long sentFrames = sent.stream().mapToLong(entry -> entry.frames).sum();
      time.sleepUntil(startNanos + log.roundTripNanos() / 2);
      if (sentSize > 0) {
        time.sleepUntil(log.lineIn(time.nanos(), sentSize));
      }
      long logNanos = time.nanos();
      long logMillis = time.millis();
      sent.forEach(entry -> log.append(entry, ModelLink.this, logNanos));
      log.forgetBefore(logNanos - 1_000_000 * horizonMillis);
      ModelLog.Unread unread = log.after(position, ModelLink.this);
      position = unread.last();
      long trips =
          Math.max(
              Math.max(1, ModelLog.parts(sentFrames, FRAMES_A_REQUEST)),
              ModelLog.parts(unread.frames(), ModelLog.FRAMES_A_REPLY));
      long endNanos =
          log.lineOut(logNanos, unread.size())
              + log.roundTripNanos() / 2
              + (trips - 1) * log.roundTripNanos();
      if (endNanos - startNanos > trips * timeoutNanos) {
        log.noteTimeout();
        time.sleepUntil(startNanos + timeoutNanos);
        throw new LogException("the modelled network is too slow");
      }
      time.sleepUntil(endNanos);
      toApplyNanos = (long) (unread.users() * applyNanos);
      return new LogReply(logMillis, unread.bytes(), 0, unread.size(), unread.all());
    }

    @Override
    public void close() {}
  }
}
