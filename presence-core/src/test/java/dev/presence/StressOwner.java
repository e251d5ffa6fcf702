package dev.presence;

import java.util.SplittableRandom;

/**
 * One thread of {@link PresenceStressTest}. Only this thread records and disconnects its users, so
 * it knows two readings of the clock between which each stamp lies, and checks every answer against
 * them. All other threads do the same with their users, on the same few entries of memory.
 *
 * <p>The clock only goes forward here. The readings before and after a call enclose the reading
 * that the call uses.
 */
final class StressOwner implements Runnable {

  private static final long UNKNOWN = -1;

  private final Presence presence;
  private final ManualClock clock;
  private final long windowSeconds;
  private final long retentionSeconds;
  private final SplittableRandom random;
  private final long[] users;
  private final long deadlineNanos;

  /**
   * The stamp of user {@code i} lies between these two seconds; {@link #UNKNOWN} if it is unknown.
   */
  private final long[] earliestSeconds;

  private final long[] latestSeconds;

  private final long[] batch = new long[16];
  private final int[] picks = new int[16];
  private final boolean[] online = new boolean[16];
  private final long[] lastSeen = new long[16];

  long operations;
  long refusals;

  StressOwner(
      Presence presence,
      ManualClock clock,
      long windowSeconds,
      long retentionSeconds,
      SplittableRandom random,
      long firstUser,
      int userCount,
      long deadlineNanos) {
    this.presence = presence;
    this.clock = clock;
    this.windowSeconds = windowSeconds;
    this.retentionSeconds = retentionSeconds;
    this.random = random;
    this.deadlineNanos = deadlineNanos;
    this.users = new long[userCount];
    this.earliestSeconds = new long[userCount];
    this.latestSeconds = new long[userCount];
    for (int i = 0; i < userCount; i++) {
      users[i] = (firstUser + i) * 0x9E3779B97F4A7C15L;
    }
  }

  @Override
  public void run() {
    while (System.nanoTime() < deadlineNanos) {
      for (int i = 0; i < 256; i++) {
        operate();
        operations++;
      }
    }
  }

  private void operate() {
    int dice = random.nextInt(100);
    if (dice < 25) {
      heartbeat(random.nextInt(users.length));
    } else if (dice < 35) {
      heartbeats();
    } else if (dice < 45) {
      disconnect(random.nextInt(users.length));
    } else if (dice < 50) {
      presence.sweep();
    } else if (dice < 55) {
      clock.advance(random.nextInt(2));
    } else if (dice < 65) {
      checkOne(random.nextInt(users.length));
    } else {
      checkBatch();
    }
  }

  private void heartbeat(int user) {
    long before = clock.nowSeconds();
    try {
      presence.recordHeartbeat(users[user]);
    } catch (PresenceFullException e) {
      refusals++;
      return; // only an untracked user is refused, so the stamp's bounds still hold
    }
    recorded(user, before, clock.nowSeconds());
  }

  private void heartbeats() {
    pick();
    long before = clock.nowSeconds();
    try {
      presence.recordHeartbeats(batch);
    } catch (PresenceFullException e) {
      refusals++;
      for (int user : picks) {
        earliestSeconds[user] = UNKNOWN;
      }
      return;
    }
    long after = clock.nowSeconds();
    for (int user : picks) {
      recorded(user, before, after);
    }
  }

  private void recorded(int user, long before, long after) {
    earliestSeconds[user] = before;
    latestSeconds[user] = after;
  }

  private void disconnect(int user) {
    long before = clock.nowSeconds();
    presence.disconnect(users[user]);
    long after = clock.nowSeconds();
    if (earliestSeconds[user] != UNKNOWN) {
      earliestSeconds[user] = Math.min(earliestSeconds[user], before - windowSeconds);
      latestSeconds[user] = Math.min(latestSeconds[user], after - windowSeconds);
    }
  }

  private void checkOne(int user) {
    long before = clock.nowSeconds();
    boolean isOnline = presence.isOnline(users[user]);
    long between = clock.nowSeconds();
    long seen = presence.lastSeen(users[user]);
    long after = clock.nowSeconds();
    checkOnline(user, before, between, isOnline);
    checkLastSeen(user, between, after, seen);
  }

  private void checkBatch() {
    pick();
    long before = clock.nowSeconds();
    presence.statusOf(batch, online);
    long between = clock.nowSeconds();
    presence.lastSeenOf(batch, lastSeen);
    long after = clock.nowSeconds();
    for (int i = 0; i < picks.length; i++) {
      checkOnline(picks[i], before, between, online[i]);
      checkLastSeen(picks[i], between, after, lastSeen[i]);
    }
  }

  private void pick() {
    for (int i = 0; i < picks.length; i++) {
      picks[i] = random.nextInt(users.length);
      batch[i] = users[picks[i]];
    }
  }

  private void checkOnline(int user, long before, long after, boolean isOnline) {
    if (earliestSeconds[user] == UNKNOWN) {
      return;
    }
    if (!isOnline && after - earliestSeconds[user] < windowSeconds) {
      throw failure("offline, though the heartbeat is younger than the window", user, before, 0);
    }
    if (isOnline && before - latestSeconds[user] >= windowSeconds) {
      throw failure("online, though the heartbeat is at least a window old", user, before, 0);
    }
  }

  private void checkLastSeen(int user, long before, long after, long seen) {
    if (earliestSeconds[user] == UNKNOWN) {
      return;
    }
    if (seen == Presence.NEVER) {
      if (after - earliestSeconds[user] < retentionSeconds) {
        throw failure("forgotten, though the retention has not passed", user, before, seen);
      }
    } else if (seen < earliestSeconds[user] || seen > latestSeconds[user]) {
      throw failure("a stamp that this user never had", user, before, seen);
    } else if (before - seen >= retentionSeconds) {
      throw failure("remembered beyond the retention", user, before, seen);
    }
  }

  private AssertionError failure(String what, int user, long nowSeconds, long seen) {
    return new AssertionError(
        what
            + ": userId="
            + users[user]
            + " earliest="
            + earliestSeconds[user]
            + " latest="
            + latestSeconds[user]
            + " now="
            + nowSeconds
            + " seen="
            + seen);
  }
}
