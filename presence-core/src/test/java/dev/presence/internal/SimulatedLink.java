package dev.presence.internal;

import dev.presence.internal.replication.LogException;
import dev.presence.internal.replication.LogReply;
import dev.presence.internal.replication.LogSession;
import dev.presence.internal.replication.SharedLog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/**
 * One node's way to a log. It loses nothing for good: it can be down, fail, hold frames back,
 * repeat them and change their order, as the rules say. While a frame is on its way, the node's
 * callers go on.
 */
final class SimulatedLink implements SharedLog {

  private static final int PERCENT = 100;

  private final SharedLog log;
  private final Random random;
  private final Runnable meanwhile;
  private boolean isDown;
  private int failPercent;
  private int holdPercent;
  private int repeatPercent;

  /** A link without trouble. */
  SimulatedLink(SharedLog log, Random random, Runnable meanwhile) {
    this.log = log;
    this.random = random;
    this.meanwhile = meanwhile;
  }

  void setDown(boolean down) {
    isDown = down;
  }

  boolean isDown() {
    return isDown;
  }

  /** Says what may happen to an exchange and to frames, in percent. */
  void setTrouble(int fail, int hold, int repeat) {
    failPercent = fail;
    holdPercent = hold;
    repeatPercent = repeat;
  }

  private boolean happens(int percent) {
    return percent > 0 && random.nextInt(PERCENT) < percent;
  }

  private void checkUp() throws LogException {
    if (isDown) {
      throw new LogException("the link is down");
    }
  }

  @Override
  public LogSession connect(long timeoutNanos) throws LogException {
    checkUp();
    return new Session(log.connect(timeoutNanos));
  }

  @Override
  public String toString() {
    return "simulated";
  }

  private final class Session implements LogSession {

    private final LogSession session;
    private final List<byte[]> held = new ArrayList<>();

    Session(LogSession session) {
      this.session = session;
    }

    @Override
    public LogReply exchange(List<byte[]> frames, long horizonMillis, long timeoutNanos)
        throws LogException {
      checkUp();
      if (happens(failPercent)) {
        throw new LogException("the request is lost");
      }
      LogReply reply = session.exchange(frames, horizonMillis, timeoutNanos);
      if (happens(failPercent)) {
        throw new LogException("the answer is lost");
      }
      meanwhile.run();
      return new LogReply(
          reply.logMillis(), delivered(reply.frames()), 0, reply.bytes(), reply.caughtUp());
    }

    private List<byte[]> delivered(List<byte[]> frames) {
      List<byte[]> delivered = new ArrayList<>();
      for (Iterator<byte[]> late = held.iterator(); late.hasNext(); ) {
        byte[] frame = late.next();
        if (!happens(holdPercent)) {
          delivered.add(frame);
          late.remove();
        }
      }
      for (byte[] frame : frames) {
        boolean isHeld = happens(holdPercent);
        if (isHeld || happens(repeatPercent)) {
          held.add(frame);
        }
        if (!isHeld) {
          delivered.add(frame);
        }
      }
      if (holdPercent > 0) {
        Collections.shuffle(delivered, random);
      }
      return delivered;
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
