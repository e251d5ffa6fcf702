package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Opens presences with random tiers, records users of random ages, and compares every answer with a
 * plain loop over {@link Presence#lastSeenOf(long[])}. {@code -Dpresence.tiers.rounds=…} sets the
 * number of presences, {@code -Dpresence.tiers.seed=…} repeats a failure.
 */
class TiersOfModelTest {

  private static final int ROUNDS = Integer.getInteger("presence.tiers.rounds", 100);
  private static final long T0 = 1_764_000_000L;
  private static final long[] USERS = LongStream.range(0, 300).map(i -> i * 977).toArray();

  private Random random;
  private PresenceTiers tiers;
  private long retentionSeconds;

  @Test
  void randomTiersAndAges_everyAnswerIsThatOfALoopOverLastSeen() {
    long seed = Long.getLong("presence.tiers.seed", System.nanoTime());
    System.out.println(getClass().getSimpleName() + ": -Dpresence.tiers.seed=" + seed);
    random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      tiers = randomTiers();
      long lastSeconds = tiers.window(tiers.size() - 1).toSeconds();
      retentionSeconds = lastSeconds + (random.nextBoolean() ? 0 : random.nextInt(1_000));
      ManualClock clock = new ManualClock(T0);
      try (Presence presence =
          Presence.builder()
              .onlineWindow(Duration.ofSeconds(1 + random.nextLong(retentionSeconds)))
              .retention(Duration.ofSeconds(retentionSeconds))
              .tiers(tiers)
              .maxUsers(USERS.length)
              .clock(clock)
              .sweepInterval(Duration.ZERO)
              .open()) {
        recordSome(presence);
        for (int step = 0; step < 6; step++) {
          compare(presence, clock, "seed=" + seed + " round=" + round + " step=" + step);
          clock.advance(random.nextInt(10) == 0 ? -randomAge() : random.nextLong(20));
          presence.disconnect(USERS[random.nextInt(USERS.length)]);
        }
      }
    }
  }

  /** One tier in a tenth of the rounds, 127 in another. */
  private PresenceTiers randomTiers() {
    int dice = random.nextInt(10);
    int size = dice == 0 ? 1 : dice == 1 ? 127 : random.nextInt(1, 8);
    int widest = random.nextBoolean() ? 3 : 100_000;
    PresenceTiers.Builder builder = PresenceTiers.builder();
    long windowSeconds = 0;
    for (int i = 0; i < size; i++) {
      windowSeconds += 1 + random.nextInt(widest);
      builder.tier("tier " + i, Duration.ofSeconds(windowSeconds));
    }
    return builder.build();
  }

  private void recordSome(Presence presence) {
    for (long userId : USERS) {
      if (random.nextInt(8) > 0) {
        presence.recordHeartbeat(userId, Math.max(1, T0 - randomAge()));
      }
    }
  }

  /** Half of the ages are at the end of a window or one second beside it. */
  private long randomAge() {
    return random.nextBoolean()
        ? random.nextLong(retentionSeconds + 2)
        : tiers.window(random.nextInt(tiers.size())).toSeconds() + random.nextInt(-1, 2);
  }

  private void compare(Presence presence, ManualClock clock, String where) {
    long[] lastSeen = presence.lastSeenOf(USERS);
    byte[] answers = new byte[USERS.length];
    presence.tiersOf(USERS, answers);
    for (int i = 0; i < USERS.length; i++) {
      byte expected = expectedTier(lastSeen[i], clock.nowSeconds());
      if (answers[i] != expected || presence.tierOf(USERS[i]) != expected) {
        assertThat(new byte[] {answers[i], presence.tierOf(USERS[i])})
            .as("user %d, last seen %d, %s, %s", USERS[i], lastSeen[i], tiers, where)
            .containsExactly(expected, expected);
      }
    }
  }

  private byte expectedTier(long lastSeen, long nowSeconds) {
    if (lastSeen != Presence.NEVER) {
      for (int tier = 0; tier < tiers.size(); tier++) {
        if (nowSeconds - lastSeen < tiers.window(tier).toSeconds()) {
          return (byte) tier;
        }
      }
    }
    return PresenceTiers.NONE;
  }
}
