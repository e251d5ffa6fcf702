package dev.presence.internal.transitions;

import dev.presence.PresenceListener;
import dev.presence.PresenceSubscription;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Checks that for each user online and offline alternate and stamps do not go back, and knows who
 * is online. For users from zero on.
 */
final class CheckingListener implements PresenceListener {

  /** What it does besides. */
  enum Kind {
    PLAIN,
    SLOW,
    THROWING
  }

  private final Kind kind;
  private final boolean checksStamps;
  private final boolean[] isAsked;
  private final long[] onlineSince;
  private boolean isInside;
  private int calls;
  private String mismatch;

  // Read by others, too.
  final AtomicLong events = new AtomicLong();
  PresenceSubscription subscription;

  /**
   * For these users, or for everybody.
   *
   * @param users how many there are
   */
  CheckingListener(Kind kind, int users, long[] userIds, boolean checksStamps) {
    this.kind = kind;
    this.isAsked = new boolean[users];
    if (userIds == null) {
      Arrays.fill(isAsked, true);
    } else {
      for (long userId : userIds) {
        isAsked[(int) userId] = true;
      }
    }
    this.checksStamps = checksStamps;
    this.onlineSince = new long[users];
  }

  @Override
  public void onOnline(long userId, long epochSecond) {
    enter();
    try {
      synchronized (this) {
        if (onlineSince[(int) userId] != 0) {
          fail("online twice", userId, epochSecond);
        }
        if (!isAsked[(int) userId]) {
          fail("not asked for", userId, epochSecond);
        }
        if (epochSecond == 0) {
          fail("online without a stamp", userId, epochSecond);
        }
        onlineSince[(int) userId] = epochSecond;
      }
      misbehave();
    } finally {
      isInside = false;
    }
  }

  @Override
  public void onOffline(long userId, long lastSeenEpochSecond) {
    enter();
    try {
      synchronized (this) {
        long since = onlineSince[(int) userId];
        if (since == 0) {
          fail("offline twice", userId, lastSeenEpochSecond);
        }
        if (checksStamps && lastSeenEpochSecond < since) {
          fail("last seen before " + since, userId, lastSeenEpochSecond);
        }
        onlineSince[(int) userId] = 0;
      }
      misbehave();
    } finally {
      isInside = false;
    }
  }

  @Override
  public void onResync() {
    enter();
    synchronized (this) {
      Arrays.fill(onlineSince, 0);
    }
    isInside = false;
  }

  private void enter() {
    if (isInside) {
      fail("two calls at a time", -1, 0);
    }
    isInside = true;
    events.incrementAndGet();
  }

  private void misbehave() {
    calls++;
    if (kind == Kind.SLOW) {
      LockSupport.parkNanos(20_000);
    } else if (kind == Kind.THROWING && calls % 7 == 0) {
      throw new IllegalStateException("on purpose");
    }
  }

  private synchronized void fail(String what, long userId, long stamp) {
    if (mismatch == null) {
      mismatch =
          what
              + ": user="
              + userId
              + " stamp="
              + stamp
              + " event="
              + events
              + " closed="
              + (subscription != null && subscription.isClosed());
    }
  }

  /** The first that was wrong, or null. */
  synchronized String mismatch() {
    return mismatch;
  }

  /** Whether those are online, as far as this knows, who are. */
  synchronized boolean knows(boolean[] online) {
    for (int userId = 0; userId < online.length; userId++) {
      if ((onlineSince[userId] != 0) != (online[userId] && isAsked[userId])) {
        return false;
      }
    }
    return true;
  }
}
