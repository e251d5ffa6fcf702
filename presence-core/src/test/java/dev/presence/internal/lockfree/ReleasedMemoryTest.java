package dev.presence.internal.lockfree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.presence.internal.chronicle.MapLayout;
import dev.presence.internal.chronicle.UserHash;
import dev.presence.internal.chronicle.UserMap;
import dev.presence.internal.store.Batch;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Reads that have begun before a store is closed, and end after its memory has gone back to the
 * system. They hold no ticket, so nobody waits for them. {@code -Dpresence.released.rounds=…} sets
 * the number of rounds.
 */
@Timeout(300)
class ReleasedMemoryTest {

  private static final int ROUNDS = Integer.getInteger("presence.released.rounds", 300);
  private static final int USERS = 200_000;
  private static final int STAMP = 1_000;
  private static final int COLLECTIONS = 20;
  private static final int PAGE_BYTES = 4096;
  private static final Path PAGE_MAP = Path.of("/proc/self/pagemap");

  private final UserMap map = UserMap.open("test", USERS);
  private final LockFreeStore store = new LockFreeStore(map);
  private final MapLayout layout = map.layout();

  @Test
  void close_whileAReadIsUnderWay_theReadEndsAndSaysClosed() {
    fill(store, USERS);
    SegmentReader reader = store.reader();
    Batch batch = new Batch();
    batch.load(new long[] {1, 2, 3}, 0);
    assertThat(reader.stampOf(1, UserHash.of(1))).isEqualTo(STAMP);
    assertThat(reader.locate(batch)).isZero();
    store.close();
    assertClosed(() -> reader.stampOf(1, UserHash.of(1)));
    assertClosed(() -> reader.stampOf(-1, UserHash.of(-1)));
    assertClosed(() -> reader.locate(batch));
    assertClosed(() -> reader.younger(0, STAMP, 1, null, null));
  }

  /** Removals end after the close has begun, and must not make reads sure again. */
  @Test
  void close_duringRemovals_readsSayClosed() {
    fill(store, 10);
    SegmentReader reader = store.reader();
    reader.beginRemovals();
    store.close();
    reader.endRemovals();
    assertClosed(() -> reader.stampOf(1, UserHash.of(1)));
  }

  @Test
  void close_aReadIsUnderWay_itsMemoryIsZeroAndMappedAndNotResident() throws IOException {
    assumeTrue(Files.isReadable(PAGE_MAP), "only Linux tells");
    fill(store, USERS);
    SegmentReader reader = store.reader();
    assertThat(reader.youngerUnderLock(layout.segments() / 2, STAMP, 1, null, null)).isPositive();
    assertThat(residentPages()).isGreaterThan(800);
    store.close();
    assertThat(residentPages()).isLessThan(40); // at the ends
    assertThat(reader.youngerUnderLock(layout.segments() / 2, STAMP, 1, null, null)).isZero();
    assertThat(table().find(1, UserHash.of(1))).isZero();
    assertClosed(() -> reader.stampOf(1, UserHash.of(1)));
  }

  @Test
  void close_theStoreIsStillHeld_itsMemoryIsNot() {
    WeakReference<SegmentReader> reader = new WeakReference<>(store.reader());
    store.close();
    for (int i = 0; i < COLLECTIONS && reader.get() != null; i++) {
      System.gc();
    }
    assertThat(reader.get()).isNull();
    assertClosed(store::reader);
  }

  /** A wrong answer would be a user who is known all the time and reads as unknown. */
  @Test
  void close_besideReads_noAnswerIsWrong() throws Exception {
    store.close();
    for (int round = 0; round < ROUNDS; round++) {
      LockFreeStore other = new LockFreeStore(UserMap.open("test", 20_000));
      fill(other, 20_000);
      CompletableFuture<Long> single = CompletableFuture.supplyAsync(() -> wrongSingles(other));
      CompletableFuture<Long> batches = CompletableFuture.supplyAsync(() -> wrongInBatches(other));
      other.stampOf(round);
      other.close();
      assertThat(single.get(1, TimeUnit.MINUTES)).isZero();
      assertThat(batches.get(1, TimeUnit.MINUTES)).isZero();
    }
  }

  private static long wrongSingles(LockFreeStore store) {
    long wrong = 0;
    try {
      for (long id = 0; ; id = (id + 1) % 20_000) {
        wrong += store.stampOf(id) == STAMP ? 0 : 1;
      }
    } catch (IllegalStateException e) {
      return wrong;
    }
  }

  private static long wrongInBatches(LockFreeStore store) {
    long wrong = 0;
    Batch batch = new Batch();
    long[] ids = new long[100];
    try {
      for (int first = 0; ; first = (first + ids.length) % 20_000) {
        for (int i = 0; i < ids.length; i++) {
          ids[i] = (long) first + i;
        }
        batch.load(ids, 0);
        store.stampsOf(batch);
        for (int i = 0; i < batch.size; i++) {
          wrong += batch.stamps[i] == STAMP ? 0 : 1;
        }
      }
    } catch (IllegalStateException e) {
      return wrong;
    }
  }

  private SlotTable table() {
    return new SlotTable(layout);
  }

  private static void fill(LockFreeStore store, int users) {
    for (long id = 0; id < users; id++) {
      store.raise(id, STAMP);
    }
  }

  private static void assertClosed(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("presence is closed");
  }

  /** How many of the map's pages are in memory. */
  private long residentPages() throws IOException {
    long first = layout.firstSegment() / PAGE_BYTES;
    long last = (layout.firstSegment() + layout.segments() * layout.segmentStride()) / PAGE_BYTES;
    ByteBuffer entries =
        ByteBuffer.allocate((int) (last - first) * Long.BYTES).order(ByteOrder.nativeOrder());
    try (FileChannel pages = FileChannel.open(PAGE_MAP)) {
      while (entries.hasRemaining()) {
        assertThat(pages.read(entries, first * Long.BYTES + entries.position())).isPositive();
      }
    }
    long resident = 0;
    for (int i = 0; i < entries.capacity(); i += Long.BYTES) {
      resident += entries.getLong(i) >>> 63; // the kernel's bit for a page that is there
    }
    return resident;
  }
}
