package dev.presence;

import java.util.SplittableRandom;

/**
 * One thread of {@link PresenceStressTest}. It alone records and disconnects its own users, so it
 * knows between which two readings of the clock each stamp was taken, and checks every answer about
 * them against that. All other threads do the same with theirs, on the same few entries of memory.
 *
 * <p>The clock only goes forward here. A reading before a call and one after it enclose the reading
 * that the call used.
 */
final class StressOwner implements Runnable {

  private static final long UNKNOWN = -1;

  private final Presence presence;
  private final ManualClock clock;
  private final long window;
  private final long retention;
  private final SplittableRandom random;
  private final long[] users;
  private final long deadline;

  /** The stamp of user {@code i} lies between these two; {@link #UNKNOWN} where it is not known. */
  private final long[] earliest;

  private final long[] latest;

  private final long[] batch = new long[16];
  private final int[] picks = new int[16];
  private final boolean[] online = new boolean[16];
  private final long[] lastSeen = new long[16];

  long operations;
  long refusals;

  StressOwner(
      Presence presence,
      ManualClock clock,
      long window,
      long retention,
      SplittableRandom random,
      long firstUser,
      int userCount,
      long deadline) {
    this.presence = presence;
    this.clock = clock;
    this.window = window;
    this.retention = retention;
    this.random = random;
    this.deadline = deadline;
    this.users = new long[userCount];
    this.earliest = new long[userCount];
    this.latest = new long[userCount];
    for (int i = 0; i < userCount; i++) {
      users[i] = (firstUser + i) * 0x9E3779B97F4A7C15L;
    }
  }

  @Override
  public void run() {
    while (System.nanoTime() < deadline) {
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
    long before = clock.now();
    try {
      presence.recordHeartbeat(users[user]);
    } catch (PresenceFullException e) {
      refusals++;
      return; // only a user who is not tracked is refused, so what is known stays true
    }
    recorded(user, before, clock.now());
  }

  private void heartbeats() {
    pick();
    long before = clock.now();
    try {
      presence.recordHeartbeats(batch);
    } catch (PresenceFullException e) {
      refusals++;
      for (int user : picks) {
        earliest[user] = UNKNOWN;
      }
      return;
    }
    long after = clock.now();
    for (int user : picks) {
      recorded(user, before, after);
    }
  }

  private void recorded(int user, long before, long after) {
    earliest[user] = before;
    latest[user] = after;
  }

  private void disconnect(int user) {
    long before = clock.now();
    presence.disconnect(users[user]);
    long after = clock.now();
    if (earliest[user] != UNKNOWN) {
      earliest[user] = Math.min(earliest[user], before - window);
      latest[user] = Math.min(latest[user], after - window);
    }
  }

  private void checkOne(int user) {
    long before = clock.now();
    boolean isOnline = presence.isOnline(users[user]);
    long between = clock.now();
    long seen = presence.lastSeen(users[user]);
    long after = clock.now();
    checkOnline(user, before, between, isOnline);
    checkLastSeen(user, between, after, seen);
  }

  private void checkBatch() {
    pick();
    long before = clock.now();
    presence.statusOf(batch, online);
    long between = clock.now();
    presence.lastSeenOf(batch, lastSeen);
    long after = clock.now();
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
    if (earliest[user] == UNKNOWN) {
      return;
    }
    if (!isOnline && after - earliest[user] < window) {
      throw failure("offline, though the heartbeat is younger than the window", user, before, 0);
    }
    if (isOnline && before - latest[user] >= window) {
      throw failure("online, though the heartbeat is not younger", user, before, 0);
    }
  }

  private void checkLastSeen(int user, long before, long after, long seen) {
    if (earliest[user] == UNKNOWN) {
      return;
    }
    if (seen == Presence.NEVER) {
      if (after - earliest[user] < retention) {
        throw failure("forgotten, though the retention has not passed", user, before, seen);
      }
    } else if (seen < earliest[user] || seen > latest[user]) {
      throw failure("a stamp that this user never had", user, before, seen);
    } else if (before - seen >= retention) {
      throw failure("remembered beyond the retention", user, before, seen);
    }
  }

  private AssertionError failure(String what, int user, long now, long seen) {
    return new AssertionError(
        what
            + ": userId="
            + users[user]
            + " earliest="
            + earliest[user]
            + " latest="
            + latest[user]
            + " now="
            + now
            + " seen="
            + seen);
  }
}
