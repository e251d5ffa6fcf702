package dev.presence.internal;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import net.openhft.chronicle.algo.hashing.LongHashFunction;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.RandomDataInput;
import net.openhft.chronicle.bytes.RandomDataOutput;
import net.openhft.chronicle.hash.AbstractData;
import net.openhft.chronicle.hash.Data;
import net.openhft.chronicle.hash.impl.VanillaChronicleHash;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.map.ExternalMapQueryContext;
import net.openhft.chronicle.map.MapEntry;
import net.openhft.chronicle.map.MapSegmentContext;
import net.openhft.chronicle.map.VanillaChronicleMap;

/**
 * The store over Chronicle's public API, and the only class that knows Chronicle.
 *
 * <p>Each change of one user happens under the update lock of the user's segment, and so do scans
 * of a segment: they exclude each other. Reads of one user take the read lock, which passes beside
 * an update lock. No lock is held across two segments.
 *
 * <p>By itself it is the slow and sure way, used where the map's memory is not laid out as {@link
 * LockFreeStore} knows it. Under a {@code LockFreeStore} it does what is rare: inserting and
 * removing. Others then change stamps without a lock at the same time, so it changes them in place
 * and atomically ({@link #shareStamps()}).
 */
final class ChronicleStore implements StampStore {

  private static final LongHashFunction HASH = LongHashFunction.xx_r39();

  private final VanillaChronicleMap<Long, Integer, ?> map;
  private final Pool<Operands> operands = new Pool<>(Operands::new);
  private final long maxUsers;
  private final Sizing sizing;
  private final AtomicLong tracked = new AtomicLong();
  private final AtomicLong insertions = new AtomicLong();
  private boolean stampsAreShared;

  private ChronicleStore(VanillaChronicleMap<Long, Integer, ?> map, long maxUsers, Sizing sizing) {
    this.map = map;
    this.maxUsers = maxUsers;
    this.sizing = sizing;
  }

  /** Reserves the memory for this many users. */
  static ChronicleStore open(long maxUsers) {
    ChronicleStartup.ensure();
    Sizing sizing = Sizing.forUsers(maxUsers);
    Thread thread = Thread.currentThread();
    ClassLoader contextLoader = thread.getContextClassLoader();
    // Chronicle looks for its own services with the context loader, which may be anything here.
    thread.setContextClassLoader(ChronicleMap.class.getClassLoader());
    try {
      ChronicleMap<Long, Integer> map =
          ChronicleMapBuilder.of(Long.class, Integer.class)
              .name("presence")
              .entries(maxUsers)
              .actualSegments(sizing.segments())
              .entriesPerSegment(sizing.entriesPerSegment())
              .allowSegmentTiering(false)
              .checksumEntries(false)
              .skipCloseOnExitHook(true) // it would release the memory under running threads
              .create();
      return new ChronicleStore((VanillaChronicleMap<Long, Integer, ?>) map, maxUsers, sizing);
    } finally {
      thread.setContextClassLoader(contextLoader);
    }
  }

  /** Where the map keeps what, for {@link LockFreeStore}; it checks that this is true. */
  MapLayout layout() {
    long header = map.segmentHeaderAddress(0);
    long headerStride = sizing.segments() == 1 ? 0 : map.segmentHeaderAddress(1) - header;
    long entries =
        map.tierHashLookupOuterSize
            + VanillaChronicleHash.TIER_COUNTERS_AREA_SIZE
            + map.tierFreeListOuterSize
            + map.tierEntrySpaceInnerOffset;
    return new MapLayout(
        sizing.segments(),
        header,
        headerStride,
        map.segmentBaseAddr(0),
        map.tierSize,
        map.tierHashLookupSlotSize,
        (int) map.tierHashLookupCapacity,
        map.tierHashLookupKeyBits,
        entries,
        (int) map.chunkSize);
  }

  /** The hash by which the map finds a user. */
  static long hash(long userId) {
    return HASH.hashLong(userId);
  }

  /** From now on others change stamps too, without a lock. Called before the store is published. */
  void shareStamps() {
    stampsAreShared = true;
  }

  @Override
  public int stampOf(long userId) {
    Operands use = operands.take();
    try (ExternalMapQueryContext<Long, Integer, ?> query = map.queryContext(use.key(userId))) {
      query.readLock().lock();
      MapEntry<Long, Integer> entry = query.entry();
      return entry == null ? Stamp.NONE : stampIn(entry.value());
    } finally {
      operands.giveBack(use);
    }
  }

  /** The address of a user's stamp, or 0. Only good while nobody removes users. */
  long addressOf(long userId) {
    Operands use = operands.take();
    try (ExternalMapQueryContext<Long, Integer, ?> query = map.queryContext(use.key(userId))) {
      query.readLock().lock();
      MapEntry<Long, Integer> entry = query.entry();
      return entry == null ? 0 : addressOf(entry.value());
    } finally {
      operands.giveBack(use);
    }
  }

  @Override
  public void stampsOf(Batch batch) {
    for (int i = 0; i < batch.size; i++) {
      batch.stamps[i] = stampOf(batch.userIds[i]);
    }
  }

  @Override
  public boolean raise(long userId, int stamp) {
    Operands use = operands.take();
    try (ExternalMapQueryContext<Long, Integer, ?> query = map.queryContext(use.key(userId))) {
      query.updateLock().lock();
      MapEntry<Long, Integer> entry = query.entry();
      if (entry == null) {
        return insert(query, use.value(stamp));
      }
      if (stampsAreShared) {
        StampCell.raise(addressOf(entry.value()), stamp);
      } else if (Integer.compareUnsigned(stampIn(entry.value()), stamp) < 0) {
        query.replaceValue(entry, use.value(stamp));
      }
      return true;
    } finally {
      operands.giveBack(use);
    }
  }

  @Override
  public int raiseTracked(Batch batch, int stamp) {
    for (int i = 0; i < batch.size; i++) {
      batch.rest[i] = i;
    }
    return batch.size;
  }

  @Override
  public void lower(long userId, int stamp) {
    Operands use = operands.take();
    try (ExternalMapQueryContext<Long, Integer, ?> query = map.queryContext(use.key(userId))) {
      query.updateLock().lock();
      MapEntry<Long, Integer> entry = query.entry();
      if (entry == null) {
        return;
      }
      if (stampsAreShared) {
        StampCell.lower(addressOf(entry.value()), stamp);
      } else if (Integer.compareUnsigned(stampIn(entry.value()), stamp) > 0) {
        query.replaceValue(entry, use.value(stamp));
      }
    } finally {
      operands.giveBack(use);
    }
  }

  private boolean insert(ExternalMapQueryContext<Long, Integer, ?> query, Data<Integer> stamp) {
    if (!reserveOne()) {
      return false;
    }
    boolean inserted = false;
    try {
      query.insert(query.absentEntry(), stamp);
      inserted = true;
    } catch (IllegalStateException e) {
      // The segment is full: the ids were chosen against the hash, see PresenceFullException.
      return false;
    } finally {
      if (!inserted) {
        tracked.decrementAndGet();
      }
    }
    insertions.incrementAndGet();
    return true;
  }

  private boolean reserveOne() {
    long count;
    do {
      count = tracked.get();
      if (count >= maxUsers) {
        return false;
      }
    } while (!tracked.compareAndSet(count, count + 1));
    return true;
  }

  @Override
  public int segments() {
    return sizing.segments();
  }

  @Override
  public int largestSegment() {
    return (int) sizing.entriesPerSegment();
  }

  @Override
  public int younger(int segment, long now, long seconds, long[] userIds) {
    YoungerUsers visitor = new YoungerUsers(now, seconds, userIds);
    visit(segment, visitor);
    return visitor.count;
  }

  @Override
  public int markOlder(int segment, long now, long seconds, long[] userIds) {
    OlderUsers visitor = new OlderUsers(now, seconds, userIds);
    visit(segment, visitor);
    return visitor.count;
  }

  private void visit(int segment, Consumer<MapEntry<Long, Integer>> visitor) {
    try (MapSegmentContext<Long, Integer, ?> context = map.segmentContext(segment)) {
      context.forEachSegmentEntry(visitor);
    }
  }

  @Override
  public boolean removeMarked(long userId) {
    return removeMarked(userId, 0);
  }

  /**
   * Removes a user whose stamp is {@link Stamp#NONE}.
   *
   * @param version the address of a counter that is odd while slots move, or 0
   */
  boolean removeMarked(long userId, long version) {
    Operands use = operands.take();
    try (ExternalMapQueryContext<Long, Integer, ?> query = map.queryContext(use.key(userId))) {
      query.updateLock().lock();
      MapEntry<Long, Integer> entry = query.entry();
      if (entry == null || stampIn(entry.value()) != Stamp.NONE) {
        return false;
      }
      if (version == 0) {
        query.remove(entry);
      } else {
        int even = RawMemory.getInt(version); // only changed under this lock
        RawMemory.putInt(version, even + 1);
        VarHandle.releaseFence(); // the odd version before the slots; pairs with LockFreeStore
        try {
          query.remove(entry);
        } finally {
          RawMemory.putIntRelease(version, even + 2); // the slots before the even version
        }
      }
      tracked.decrementAndGet();
      return true;
    } finally {
      operands.giveBack(use);
    }
  }

  @Override
  public long maxUsers() {
    return maxUsers;
  }

  @Override
  public long trackedUsers() {
    return tracked.get();
  }

  @Override
  public long insertions() {
    return insertions.get();
  }

  @Override
  public long offHeapBytes() {
    return map.offHeapMemoryUsed();
  }

  @Override
  public boolean isLockFree() {
    return false;
  }

  @Override
  public void close() {
    map.close();
  }

  private static int stampIn(Data<Integer> value) {
    return value.bytes().readInt(value.offset());
  }

  private static long addressOf(Data<Integer> value) {
    return value.bytes().addressForRead(value.offset());
  }

  private static long userIn(Data<Long> key) {
    return key.bytes().readLong(key.offset());
  }

  private static final class YoungerUsers implements Consumer<MapEntry<Long, Integer>> {
    private final long now;
    private final long seconds;
    private final long[] userIds;
    private int count;

    YoungerUsers(long now, long seconds, long[] userIds) {
      this.now = now;
      this.seconds = seconds;
      this.userIds = userIds;
    }

    @Override
    public void accept(MapEntry<Long, Integer> entry) {
      if (!Stamp.isYounger(stampIn(entry.value()), now, seconds)) {
        return;
      }
      if (userIds != null) {
        userIds[count] = userIn(entry.key());
      }
      count++;
    }
  }

  private static final class OlderUsers implements Consumer<MapEntry<Long, Integer>> {
    private final long now;
    private final long seconds;
    private final long[] userIds;
    private final Value none = new Value();
    private int count;

    OlderUsers(long now, long seconds, long[] userIds) {
      this.now = now;
      this.seconds = seconds;
      this.userIds = userIds;
    }

    @Override
    public void accept(MapEntry<Long, Integer> entry) {
      if (!Stamp.isYounger(stampIn(entry.value()), now, seconds)) {
        userIds[count++] = userIn(entry.key());
        entry.doReplaceValue(none);
      }
    }
  }

  /** The key and the value of one operation, in the form that the map takes without boxing. */
  private static final class Operands {
    private final Key key = new Key();
    private final Value value = new Value();

    Data<Long> key(long userId) {
      key.userId = userId;
      return key;
    }

    Data<Integer> value(int stamp) {
      value.stamp = stamp;
      return value;
    }
  }

  /** A user id, stored and hashed as the map itself does it with a {@code Long}. */
  private static final class Key extends AbstractData<Long> {
    private final BytesStore<?, byte[]> bytes = BytesStore.wrap(new byte[Long.BYTES]);
    private long userId;

    @Override
    public RandomDataInput bytes() {
      bytes.writeLong(0, userId);
      return bytes;
    }

    @Override
    public long offset() {
      return 0;
    }

    @Override
    public long size() {
      return Long.BYTES;
    }

    @Override
    public long hash(LongHashFunction function) {
      return function.hashLong(userId);
    }

    @Override
    public boolean equivalent(RandomDataInput source, long sourceOffset) {
      return source.readLong(sourceOffset) == userId;
    }

    @Override
    @SuppressWarnings("rawtypes") // as it is declared
    public void writeTo(RandomDataOutput target, long targetOffset) {
      target.writeLong(targetOffset, userId);
    }

    @Override
    public Long get() {
      return userId;
    }

    @Override
    public Long getUsing(Long using) {
      return userId;
    }
  }

  /** A stamp, stored as the map itself does it with an {@code Integer}. */
  private static final class Value extends AbstractData<Integer> {
    private final BytesStore<?, byte[]> bytes = BytesStore.wrap(new byte[Integer.BYTES]);
    private int stamp;

    @Override
    public RandomDataInput bytes() {
      bytes.writeInt(0, stamp);
      return bytes;
    }

    @Override
    public long offset() {
      return 0;
    }

    @Override
    public long size() {
      return Integer.BYTES;
    }

    @Override
    @SuppressWarnings("rawtypes") // as it is declared
    public void writeTo(RandomDataOutput target, long targetOffset) {
      target.writeInt(targetOffset, stamp);
    }

    @Override
    public Integer get() {
      return stamp;
    }

    @Override
    public Integer getUsing(Integer using) {
      return stamp;
    }
  }
}
