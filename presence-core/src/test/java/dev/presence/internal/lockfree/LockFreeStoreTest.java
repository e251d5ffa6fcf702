package dev.presence.internal.lockfree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.presence.internal.chronicle.UserHash;
import dev.presence.internal.chronicle.UserMap;
import dev.presence.internal.store.Batch;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Searches while removals move slots. The search for each id starts at the same slot, so the users
 * form one long row. Again and again one user joins at its end and another leaves at its head, and
 * everybody in between moves up. A user in the middle is there all the time and must be found.
 * {@code -Dpresence.search.rounds=…} sets the number of rounds.
 */
@Timeout(300)
class LockFreeStoreTest {

  private static final int ROUNDS = Integer.getInteger("presence.search.rounds", 3_000_000);
  private static final int ROW = 30;
  private static final int MIDDLE = ROW / 2;
  private static final int STAMP = 1_000;
  private static final long[] IDS = collidingIds(64);

  private final UserMap map = UserMap.open("test", 40);
  private final LockFreeStore store = new LockFreeStore(map);

  /**
   * How many users have left, which is also the position of the head. Grows before the head leaves.
   */
  private volatile long left;

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void layoutProbe_mapOfChronicle_passes() {
    assertThat((boolean) map.withSample(sample -> LayoutProbe.passes(map, sample))).isTrue();
    assertThat(store.isLockFree()).isTrue();
    assertThat(store.users().tracked()).isZero();
  }

  /** Gives the other tests their meaning: a search without the version check does miss users. */
  @Test
  void find_duringRemovals_missesSometimes() throws Exception {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "needs two processors");
    long misses = 0;
    for (int attempt = 0; attempt < 20 && misses == 0; attempt++) { // processors may be busy
      left = 0;
      misses = missesDuringRemovals(id -> store.find(id) == 0 ? 1 : 0);
      removeRow();
    }
    assertThat(misses).isPositive();
  }

  @Test
  void stampOf_duringRemovals_findsTheUser() throws Exception {
    assertThat(missesDuringRemovals(id -> store.stampOf(id) == STAMP ? 0 : 1)).isZero();
  }

  @Test
  void stampsOf_duringRemovals_findsTheUser() throws Exception {
    Batch batch = new Batch();
    long[] ids = new long[20];
    assertThat(
            missesDuringRemovals(
                id -> {
                  Arrays.fill(ids, id);
                  batch.load(ids, 0);
                  store.stampsOf(batch);
                  long misses = 0;
                  for (int i = 0; i < batch.size; i++) {
                    misses += batch.stamps[i] == STAMP ? 0 : 1;
                  }
                  return misses;
                }))
        .isZero();
  }

  /** May be off by one, because a user joins before another leaves. */
  @Test
  void younger_duringRemovals_countsTheRow() throws Exception {
    assertThat(
            missesDuringRemovals(
                id -> Math.abs(store.younger(0, STAMP, 1, null, null) - ROW) <= 1 ? 0 : 1))
        .isZero();
  }

  /**
   * Asks about the middle of the row while it moves up.
   *
   * @param misses counts the wrong answers about a user
   * @return how many answers were wrong
   */
  private long missesDuringRemovals(LongUnaryOperator misses) throws Exception {
    for (int i = 0; i < ROW; i++) {
      store.raise(id(i), STAMP);
    }
    CompletableFuture<Void> removals = CompletableFuture.runAsync(this::moveUp);
    long total = 0;
    while (!removals.isDone()) {
      long before = left;
      long missed = misses.applyAsLong(id(before + MIDDLE));
      if (left - before < MIDDLE) { // otherwise the user may have left meanwhile
        total += missed;
      }
    }
    removals.get(1, TimeUnit.SECONDS);
    return total;
  }

  private void removeRow() {
    for (long id : IDS) {
      store.forget(id);
    }
    store.removeForgotten(IDS, IDS.length);
  }

  private void moveUp() {
    long[] leaver = new long[1];
    for (long head = 0; head < ROUNDS; head++) {
      leaver[0] = id(head);
      store.raise(id(head + ROW), STAMP);
      left = head + 1;
      store.forget(leaver[0]);
      // Safe, because no call looks up the head: readers ask about the middle.
      store.removeForgotten(leaver, 1);
    }
  }

  private static long id(long position) {
    return IDS[(int) (position % IDS.length)];
  }

  private static long[] collidingIds(int count) {
    return LongStream.iterate(1, id -> id + 1)
        .filter(id -> (UserHash.of(id) & 63) == 17)
        .limit(count)
        .toArray();
  }
}
