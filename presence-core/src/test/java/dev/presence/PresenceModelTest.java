package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs random operations on a small presence and on {@link ModelPresence}, and compares every
 * answer after every step. {@code -Dpresence.model.operations=…} sets the number of steps, {@code
 * -Dpresence.model.seed=…} repeats a failure.
 */
class PresenceModelTest {

  private static final int OPERATIONS = Integer.getInteger("presence.model.operations", 100_000);

  private static final long[] USERS =
      LongStream.concat(
              LongStream.of(0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, -(1L << 32), 1L << 62),
              LongStream.range(1, 24))
          .toArray();

  private long seed;
  private Random random;
  private ManualClock clock;
  private Duration window;
  private Duration retention;
  private Presence presence;
  private ModelPresence model;
  private int step;
  private String operation;

  @ParameterizedTest
  @CsvSource({
    "30, 30, 20, 1764000000",
    "30, 120, 20, 1764000000",
    "1, 1, 5, 1764000000",
    "5, 4294967295, 29, 1764000000",
    "30, 60, 20, 40",
    "10, 20, 12, 4294967200",
  })
  void randomOperations_everyAnswerIsTheModels(
      long windowSeconds, long retentionSeconds, int maxUsers, long start) {
    seed = Long.getLong("presence.model.seed", System.nanoTime());
    System.out.println(getClass().getSimpleName() + ": -Dpresence.model.seed=" + seed);
    random = new Random(seed);
    clock = new ManualClock(start);
    window = Duration.ofSeconds(windowSeconds);
    retention = Duration.ofSeconds(retentionSeconds);
    model = new ModelPresence(clock, windowSeconds, retentionSeconds, maxUsers);
    try (Presence opened =
        Presence.builder()
            .onlineWindow(window)
            .retention(retention)
            .maxUsers(maxUsers)
            .clock(clock)
            .sweepInterval(Duration.ZERO)
            .open()) {
      presence = opened;
      for (step = 0; step < operations(); step++) {
        operate();
        compareEverything();
      }
    }
  }

  int operations() {
    return OPERATIONS;
  }

  private void operate() {
    int dice = random.nextInt(100);
    if (dice < 30) {
      heartbeat(user());
    } else if (dice < 45) {
      heartbeats(users(random.nextInt(12)));
    } else if (dice < 60) {
      lateHeartbeat(user(), clock.nowSeconds() + random.nextInt(-200, 10));
    } else if (dice < 72) {
      disconnect(user());
    } else if (dice < 80) {
      sweep();
    } else if (dice < 96) {
      moveClock(random.nextInt(4));
    } else if (dice < 98) {
      moveClock(random.nextInt((int) Math.min(2 * retention.toSeconds(), 1_000)));
    } else {
      moveClock(-random.nextInt(40));
    }
  }

  private void heartbeat(long userId) {
    operation = "recordHeartbeat(" + userId + ")";
    compareRefusals(
        model.recordHeartbeats(userId), catchThrowable(() -> presence.recordHeartbeat(userId)));
  }

  private void heartbeats(long[] userIds) {
    operation = "recordHeartbeats(" + Arrays.toString(userIds) + ")";
    compareRefusals(
        model.recordHeartbeats(userIds), catchThrowable(() -> presence.recordHeartbeats(userIds)));
  }

  private void lateHeartbeat(long userId, long epochSecond) {
    long stamp = Math.min(Math.max(epochSecond, 1), 4_294_967_295L);
    operation = "recordHeartbeat(" + userId + ", " + stamp + ")";
    compareRefusals(
        model.recordHeartbeat(userId, stamp),
        catchThrowable(() -> presence.recordHeartbeat(userId, stamp)));
  }

  private void disconnect(long userId) {
    operation = "disconnect(" + userId + ")";
    model.disconnect(userId);
    presence.disconnect(userId);
  }

  private void sweep() {
    operation = "sweep()";
    check("removed", presence.sweep(), model.sweep());
  }

  private void moveClock(int seconds) {
    operation = "clock += " + seconds;
    clock.advance(seconds);
  }

  private void compareRefusals(long expected, Throwable thrown) {
    long refused = thrown instanceof PresenceFullException full ? full.refused() : 0;
    check("refused", refused, expected);
    check("no other exception", thrown == null || refused > 0, true);
  }

  private void compareEverything() {
    boolean[] online = presence.statusOf(USERS);
    long[] lastSeen = presence.lastSeenOf(USERS);
    Duration otherWindow =
        Duration.ofSeconds(1 + random.nextInt((int) Math.min(retention.toSeconds(), 200)));
    boolean[] within = presence.statusOf(USERS, otherWindow);
    for (int i = 0; i < USERS.length; i++) {
      long userId = USERS[i];
      check("statusOf " + userId, online[i], model.isOnline(userId, window.toSeconds()));
      check("lastSeenOf " + userId, lastSeen[i], model.lastSeen(userId));
      check(
          "statusOf " + userId + " within " + otherWindow,
          within[i],
          model.isOnline(userId, otherWindow.toSeconds()));
    }
    long one = user();
    check("isOnline", presence.isOnline(one), model.isOnline(one, window.toSeconds()));
    check("lastSeen", presence.lastSeen(one), model.lastSeen(one));
    Set<Long> users = new TreeSet<>();
    presence.forEachOnline(users::add);
    check("forEachOnline", users, model.online());
    check("onlineCount", presence.onlineCount(), (long) users.size());
    PresenceStats stats = presence.stats();
    check("trackedUsers", stats.trackedUsers(), model.trackedUsers());
    check("sweptUsers", stats.sweptUsers(), model.swept);
    check("rejectedHeartbeats", stats.rejectedHeartbeats(), model.rejected);
  }

  /** Builds a description only for a failure: each run makes about ten million checks. */
  private void check(String what, Object actual, Object expected) {
    if (!actual.equals(expected)) {
      assertThat(actual)
          .as(
              "%s after step %d, %s, now=%d, seed=%d",
              what, step, operation, model.nowSeconds(), seed)
          .isEqualTo(expected);
    }
  }

  private long user() {
    return USERS[random.nextInt(USERS.length)];
  }

  private long[] users(int count) {
    return LongStream.generate(this::user).limit(count).toArray();
  }
}
