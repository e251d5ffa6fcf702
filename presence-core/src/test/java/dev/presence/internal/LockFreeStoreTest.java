package dev.presence.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Searches beside removals that move slots. All ids collide, so that the users form one long row,
 * in which 20 stay and 20 come and go. {@code -Dpresence.search.rounds=…} makes it longer.
 */
@Timeout(300)
class LockFreeStoreTest {

  private static final int ROUNDS = Integer.getInteger("presence.search.rounds", 20_000);
  private static final int STAYING = 20;
  private static final int PASSING = 20;
  private static final int STAMP = 1_000;
  private static final long[] IDS = collidingIds(STAYING + PASSING);

  private final ChronicleStore locked = ChronicleStore.open(STAYING + PASSING);
  private final StampStore store = LockFreeStore.over(locked);

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void over_chroniclesLayoutAsItIs_isLockFree() {
    assertThat(store.isLockFree()).isTrue();
    assertThat(store.trackedUsers()).isZero();
  }

  @Test
  void stampOf_besideRemovals_neverMissesAUserWhoStays() throws Exception {
    assertThat(
            countBesideRemovals(
                () -> {
                  int found = 0;
                  for (int i = 0; i < STAYING; i++) {
                    found += store.stampOf(staying(i)) == STAMP ? 1 : 0;
                  }
                  return found;
                }))
        .isZero();
  }

  @Test
  void stampsOf_besideRemovals_neverMissesAUserWhoStays() throws Exception {
    Batch batch = new Batch();
    batch.load(LongStream.range(0, STAYING).map(i -> staying((int) i)).toArray(), 0);
    assertThat(
            countBesideRemovals(
                () -> {
                  store.stampsOf(batch);
                  int found = 0;
                  for (int i = 0; i < STAYING; i++) {
                    found += batch.stamps[i] == STAMP ? 1 : 0;
                  }
                  return found;
                }))
        .isZero();
  }

  @Test
  void younger_besideRemovals_neverMissesOrRepeatsAUserWhoStays() throws Exception {
    // Who passes by has an older stamp and is not counted.
    assertThat(countBesideRemovals(() -> store.younger(0, STAMP, 1, null))).isZero();
  }

  @Test
  void raise_besideRemovals_neverTracksAUserTwice() throws Exception {
    countBesideRemovals(
        () -> {
          for (int i = 0; i < STAYING; i++) {
            store.raise(staying(i), STAMP);
          }
          return STAYING;
        });
    assertThat(store.trackedUsers()).isEqualTo(STAYING);
    assertThat(store.younger(0, STAMP, 1, null)).isEqualTo(STAYING);
  }

  /** Asks while others are removed; returns how often the answer was not all who stay. */
  private long countBesideRemovals(IntSupplier question) throws Exception {
    for (int i = 0; i < STAYING; i++) {
      store.raise(staying(i), STAMP);
    }
    CompletableFuture<Void> removals = CompletableFuture.runAsync(this::comeAndGo);
    long wrong = 0;
    while (!removals.isDone()) {
      if (question.getAsInt() != STAYING) {
        wrong++;
      }
    }
    removals.get(1, TimeUnit.SECONDS);
    return wrong;
  }

  private void comeAndGo() {
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < PASSING; i++) {
        store.raise(passing(i), STAMP - 1);
      }
      for (int i = 0; i < PASSING; i++) {
        store.lower(passing(i), Stamp.NONE);
        store.removeMarked(passing(i)); // nobody else looks for them, so nobody needs to leave
      }
    }
  }

  private static long staying(int i) {
    return IDS[2 * i];
  }

  private static long passing(int i) {
    return IDS[2 * i + 1];
  }

  /** Ids that all start their search at one slot of 64, so that each removal moves most of them. */
  private static long[] collidingIds(int count) {
    return LongStream.iterate(1, id -> id + 1)
        .filter(id -> (ChronicleStore.hash(id) & 63) == 17)
        .limit(count)
        .toArray();
  }
}
