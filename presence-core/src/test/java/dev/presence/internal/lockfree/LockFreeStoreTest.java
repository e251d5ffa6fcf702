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
 * Searches beside removals that move slots. All ids start their search at the same slot, so the
 * users form one long row; one after the other leaves at its head and another joins at its end, and
 * each time everybody in between moves up. Whoever is in the middle is there all the time, and must
 * be found. {@code -Dpresence.search.rounds=…} makes it longer.
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
   * How many have left, and the position of the head of the row. Written before the head leaves.
   */
  private volatile long left;

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void layoutProbe_chroniclesLayoutAsItIs_passes() {
    assertThat((boolean) map.withSample(sample -> LayoutProbe.passes(map, sample))).isTrue();
    assertThat(store.isLockFree()).isTrue();
    assertThat(store.users().tracked()).isZero();
  }

  /** Without this the other tests would show nothing: a search alone does miss users. */
  @Test
  void find_besideRemovals_missesNowAndThen() throws Exception {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "nothing happens at the same time");
    long misses = 0;
    for (int attempt = 0; attempt < 20 && misses == 0; attempt++) { // others may use the processors
      left = 0;
      misses = missesBesideRemovals(id -> store.find(id) == 0 ? 1 : 0);
      removeRow();
    }
    assertThat(misses).isPositive();
  }

  @Test
  void stampOf_besideRemovals_findsWhoIsThere() throws Exception {
    assertThat(missesBesideRemovals(id -> store.stampOf(id) == STAMP ? 0 : 1)).isZero();
  }

  @Test
  void stampsOf_besideRemovals_findsWhoIsThere() throws Exception {
    Batch batch = new Batch();
    long[] ids = new long[20];
    assertThat(
            missesBesideRemovals(
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

  /** One may have joined unseen while another was marked, and no more than that. */
  @Test
  void younger_besideRemovals_countsTheRow() throws Exception {
    assertThat(
            missesBesideRemovals(
                id -> Math.abs(store.younger(0, STAMP, 1, null, null) - ROW) <= 1 ? 0 : 1))
        .isZero();
  }

  /**
   * Asks about the middle of the row while it moves up.
   *
   * @param misses how often an answer was wrong
   */
  private long missesBesideRemovals(LongUnaryOperator misses) throws Exception {
    for (int i = 0; i < ROW; i++) {
      store.raise(id(i), STAMP);
    }
    CompletableFuture<Void> removals = CompletableFuture.runAsync(this::moveUp);
    long total = 0;
    while (!removals.isDone()) {
      long before = left;
      long found = misses.applyAsLong(id(before + MIDDLE));
      if (left - before < MIDDLE) { // otherwise it may have left meanwhile
        total += found;
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
      store.removeForgotten(
          leaver, 1); // a reader's entry may be reused: it is in the middle, not here
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
