package dev.presence.internal.lockfree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.internal.chronicle.ChronicleStore;
import dev.presence.internal.chronicle.MapLayout;
import dev.presence.internal.chronicle.UserMap;
import dev.presence.internal.store.LongList;
import dev.presence.internal.store.OlderThan;
import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.StampStore;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Insertions and removals straight in memory must leave a valid Chronicle Map: Chronicle finds
 * every user and no other, and can go on from there. {@code -Dpresence.editor.operations=…} sets
 * the number of operations, {@code -Dpresence.editor.seed=…} repeats a failure.
 */
class SegmentEditorTest {

  private static final int OPERATIONS = Integer.getInteger("presence.editor.operations", 300_000);
  private static final int MAX_USERS = 25_000; // three segments: not a power of two
  private static final int IDS = 30_000;

  private final UserMap map = UserMap.open("test", MAX_USERS);
  private final ChronicleStore chronicle = new ChronicleStore(map);
  private final StampStore store = new LockFreeStore(map);
  private final Map<Long, Integer> model = new HashMap<>();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void randomInsertionsAndRemovals_chronicleFindsTheSameUsersAndGoesOn() {
    long seed = Long.getLong("presence.editor.seed", System.nanoTime());
    System.out.println("SegmentEditorTest: -Dpresence.editor.seed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int operation = 1; operation <= OPERATIONS; operation++) {
      operate(random);
      if (operation % (OPERATIONS / 3) == 0) {
        map.onLane(() -> compare(seed));
      }
    }
    assertThat(map.onLane(this::fillByChronicle)).as("seed=%d", seed).isTrue();
  }

  /** Heartbeats that have found the user before rely on it. */
  @Test
  void insertionThatEndedHalfWay_undone_leavesAnEntryWithoutStamp() {
    MapLayout layout = map.layout();
    SlotTable table = new SlotTable(layout);
    SegmentEditor editor = new SegmentEditor(layout, table, map.users());
    SegmentLock lock = new SegmentLock();
    assertThat(map.users().reserveOne(5)).isTrue();
    lock.isInserting = true; // in entry 0 of segment 0, which was empty
    long entry = table.entryAt(layout.segment(0), 0);
    RawMemory.putLong(entry, 7);
    RawMemory.putInt(entry + MapLayout.STAMP_OFFSET, 5);
    editor.undoInsertion(lock);
    assertThat(lock.isInserting).isFalse();
    assertThat(RawMemory.getInt(entry + MapLayout.STAMP_OFFSET)).isEqualTo(Stamp.NONE);
    assertThat(map.users().tracked()).isZero();
  }

  private void operate(SplittableRandom random) {
    long userId = random.nextInt(IDS) * 0x9E37_79B9_7F4A_7C15L;
    int dice = random.nextInt(10_000);
    if (dice < 6_000) {
      int stamp = 1 + random.nextInt(1_000);
      if (store.raise(userId, stamp)) {
        model.merge(userId, stamp, Math::max);
      }
    } else if (dice < 9_990) {
      store.forget(userId);
      model.remove(userId);
    } else {
      int segment = random.nextInt(store.segments());
      store.sweep(segment, new OlderThan(store.largestSegment(), 900, 1_000));
      model
          .entrySet()
          .removeIf(user -> user.getValue() <= 100 && store.segmentOf(user.getKey()) == segment);
    }
  }

  /** Forgotten users may still have an entry, without a stamp. */
  private boolean compare(long seed) {
    for (long i = 0; i < IDS; i++) {
      long userId = i * 0x9E37_79B9_7F4A_7C15L;
      int stamp = model.getOrDefault(userId, Stamp.NONE);
      if (chronicle.stampOf(userId) != stamp || store.stampOf(userId) != stamp) {
        assertThat(chronicle.stampOf(userId)).as("user %d, seed=%d", i, seed).isEqualTo(stamp);
        assertThat(store.stampOf(userId)).as("user %d, seed=%d", i, seed).isEqualTo(stamp);
      }
    }
    int found = 0;
    for (int segment = 0; segment < store.segments(); segment++) {
      int byChronicle = chronicle.younger(segment, 1_000, 2_000, null, null);
      assertThat(store.younger(segment, 1_000, 2_000, null, null)).isEqualTo(byChronicle);
      found += byChronicle;
    }
    assertThat(found).as("seed=%d", seed).isEqualTo(model.size());
    return true;
  }

  /**
   * Chronicle's own insertions find free entries, as many as there are, and no other. Forgotten
   * users take room in their segments, so one segment may be full before the map is.
   */
  private boolean fillByChronicle() {
    LongList inserted = new LongList();
    for (long userId = 1; !store.users().isFull() && userId < 2 * MAX_USERS; userId++) {
      if (chronicle.raise(userId, 5)) {
        inserted.add(userId);
      }
    }
    assertThat(store.users().tracked()).isEqualTo(MAX_USERS);
    model.forEach((userId, stamp) -> assertThat(store.stampOf(userId)).isEqualTo(stamp));
    for (long userId : inserted.toArray()) {
      assertThat(store.stampOf(userId)).isPositive();
    }
    return true;
  }
}
