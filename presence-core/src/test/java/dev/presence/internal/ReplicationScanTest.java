package dev.presence.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.internal.replication.Exchanges;
import dev.presence.internal.store.EpochClock;
import dev.presence.internal.store.StampStore;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the users of a span of time out of a store. */
class ReplicationScanTest {

  private static final long SECOND = 1_800_000_000L;

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 50_000})
  void scan_findsExactlyThoseOfTheSpan(int users) {
    long seed = new Random().nextLong();
    System.out.println("ReplicationScanTest: seed=" + seed);
    Random random = new Random(seed);
    StampStore store = open(users);
    try {
      Map<Long, Long> expected = new HashMap<>();
      for (int i = 0; i < users; i++) {
        long userId = random.nextLong();
        long second = SECOND - 10 + random.nextInt(20);
        store.raise(userId, (int) second);
        if (second >= SECOND - 5 && second <= SECOND + 5) {
          expected.put(userId, second);
        }
      }
      assertThat(Exchanges.scan(store, SECOND - 5, SECOND + 5)).isEqualTo(expected);
      assertThat(Exchanges.scan(store, SECOND + 100, SECOND + 200)).isEmpty();
      assertThat(Exchanges.scan(store, Long.MIN_VALUE / 2, SECOND - 20)).isEmpty();
      assertThat(Exchanges.scan(store, -5, SECOND + 100)).hasSize(users);
    } finally {
      store.close();
    }
  }

  @Test
  void scan_ofAnEmptyStore_ends() {
    StampStore store = open(1_000);
    try {
      assertThat(Exchanges.scan(store, 1, SECOND)).isEmpty();
    } finally {
      store.close();
    }
  }

  private static StampStore open(int users) {
    return StoreOpener.open(
        "scan", users, MemoryLimit.ofThisProcess(), new EpochClock(InstantSource.system()));
  }
}
