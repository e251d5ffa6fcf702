package dev.presence.internal;

import java.util.function.Consumer;
import java.util.function.LongFunction;
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
 *
 * <p>Virtual threads do none of it themselves, see {@link PlatformLane}.
 */
final class ChronicleStore implements StampStore {

  private static final LongHashFunction HASH = LongHashFunction.xx_r39();
  private static final int NO = 0;
  private static final int YES = 1;

  private final VanillaChronicleMap<Long, Integer, ?> map;
  private final PlatformLane lane = new PlatformLane();
  private final Pool<Operands> operands = new Pool<>(Operands::new);
  private final UserCount users;
  private final Sizing sizing;
  private boolean stampsAreShared;

  private ChronicleStore(VanillaChronicleMap<Long, Integer, ?> map, long maxUsers, Sizing sizing) {
    this.map = map;
    this.users = new UserCount(maxUsers);
    this.sizing = sizing;
  }

  /** Reserves the memory for this many users. */
  static ChronicleStore open(long maxUsers) {
    ChronicleStartup.ensure();
    Sizing sizing = Sizing.forUsers(maxUsers);
    ChronicleMap<Long, Integer> map =
        ChronicleShutdown.opening(
            () ->
                ChronicleMapBuilder.of(Long.class, Integer.class)
                    .name("presence")
                    .entries(maxUsers)
                    .actualSegments(sizing.segments())
                    .entriesPerSegment(sizing.entriesPerSegment())
                    .allowSegmentTiering(false)
                    .checksumEntries(false)
                    .skipCloseOnExitHook(true) // it would release memory under running threads
                    .create());
    return new ChronicleStore((VanillaChronicleMap<Long, Integer, ?>) map, maxUsers, sizing);
  }

  /** Where the map keeps what, for {@link LockFreeStore}; it checks that this is true. */
  MapLayout layout() {
    long header = map.segmentHeaderAddress(0);
    int last = sizing.segments() - 1;
    long headerStride = last == 0 ? 0 : (map.segmentHeaderAddress(last) - header) / last;
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
    return (int) query(Operation.STAMP, userId, 0, 0);
  }

  /** The address of a user's stamp, or 0. Only good while nobody removes users. */
  long addressOf(long userId) {
    return query(Operation.ADDRESS, userId, 0, 0);
  }

  @Override
  public void stampsOf(Batch batch) {
    for (int i = 0; i < batch.size; i++) {
      batch.stamps[i] = stampOf(batch.userIds[i]);
    }
  }

  @Override
  public boolean raise(long userId, int stamp) {
    return query(Operation.RAISE, userId, stamp, 0) == YES;
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
    query(Operation.LOWER, userId, stamp, 0);
  }

  @Override
  public int removeMarked(long[] userIds, int count) {
    int removed = 0;
    for (int i = 0; i < count; i++) {
      removed += removeMarked(userIds[i], 0) ? 1 : 0;
    }
    return removed;
  }

  /**
   * Removes a user whose stamp is {@link Stamp#NONE}.
   *
   * @param version the address of a counter that is odd while slots move, or 0
   */
  boolean removeMarked(long userId, long version) {
    return query(Operation.REMOVE_MARKED, userId, 0, version) == YES;
  }

  private enum Operation {
    STAMP,
    ADDRESS,
    RAISE,
    LOWER,
    REMOVE_MARKED
  }

  /** Does something to one user under the lock of the user's segment. */
  private long query(Operation operation, long userId, int stamp, long version) {
    if (PlatformLane.isNeeded()) {
      return lane.call(() -> query(operation, userId, stamp, version));
    }
    Operands use = operands.take();
    try (ExternalMapQueryContext<Long, Integer, ?> query = map.queryContext(use.key(userId))) {
      boolean reads = operation == Operation.STAMP || operation == Operation.ADDRESS;
      (reads ? query.readLock() : query.updateLock()).lock();
      MapEntry<Long, Integer> entry = query.entry();
      return switch (operation) {
        case STAMP -> entry == null ? Stamp.NONE : stampIn(entry.value());
        case ADDRESS -> entry == null ? 0 : addressOf(entry.value());
        case RAISE -> raise(query, entry, use.value(stamp));
        case LOWER -> lower(query, entry, use.value(stamp));
        case REMOVE_MARKED -> removeMarked(query, entry, version);
      };
    } finally {
      operands.giveBack(use);
    }
  }

  private int raise(
      ExternalMapQueryContext<Long, Integer, ?> query,
      MapEntry<Long, Integer> entry,
      Operand<Integer> value) {
    if (entry == null) {
      return insert(query, value);
    }
    if (stampsAreShared) {
      StampCell.raise(addressOf(entry.value()), (int) value.number);
    } else if (Integer.compareUnsigned(stampIn(entry.value()), (int) value.number) < 0) {
      query.replaceValue(entry, value);
    }
    return YES;
  }

  private int insert(ExternalMapQueryContext<Long, Integer, ?> query, Operand<Integer> value) {
    if (!users.reserveOne()) {
      return NO;
    }
    boolean inserted = false;
    try {
      query.insert(query.absentEntry(), value);
      inserted = true;
    } catch (IllegalStateException e) {
      // The segment is full: the ids were chosen against the hash, see PresenceFullException.
      return NO;
    } finally {
      if (!inserted) {
        users.removed();
      }
    }
    users.inserted();
    return YES;
  }

  private int lower(
      ExternalMapQueryContext<Long, Integer, ?> query,
      MapEntry<Long, Integer> entry,
      Operand<Integer> value) {
    if (entry == null) {
      return NO;
    }
    if (stampsAreShared) {
      StampCell.lower(addressOf(entry.value()), (int) value.number);
    } else if (Integer.compareUnsigned(stampIn(entry.value()), (int) value.number) > 0) {
      query.replaceValue(entry, value);
    }
    return YES;
  }

  private int removeMarked(
      ExternalMapQueryContext<Long, Integer, ?> query,
      MapEntry<Long, Integer> entry,
      long version) {
    if (entry == null || stampIn(entry.value()) != Stamp.NONE) {
      return NO;
    }
    if (version == 0) {
      query.remove(entry);
    } else {
      SegmentVersion.makeOdd(version);
      try {
        query.remove(entry);
      } finally {
        SegmentVersion.makeEven(version);
      }
    }
    users.removed();
    return YES;
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
    return visit(segment, new Users(true, now, seconds, userIds));
  }

  @Override
  public int markOlder(int segment, long now, long seconds, long[] userIds) {
    return visit(segment, new Users(false, now, seconds, userIds));
  }

  private int visit(int segment, Users visitor) {
    if (PlatformLane.isNeeded()) {
      return lane.call(() -> visit(segment, visitor));
    }
    try (MapSegmentContext<Long, Integer, ?> context = map.segmentContext(segment)) {
      context.forEachSegmentEntry(visitor);
    }
    return visitor.count;
  }

  @Override
  public UserCount users() {
    return users;
  }

  @Override
  public long offHeapBytes() {
    return map.offHeapMemoryUsed();
  }

  @Override
  public boolean isLockFree() {
    return false;
  }

  /** For how many threads Chronicle keeps something. */
  int contexts() {
    return map.allContexts().size();
  }

  @Override
  public void close() {
    lane.close();
    map.close();
    ChronicleShutdown.closed();
  }

  private static int stampIn(Data<Integer> value) {
    return value.bytes().readInt(value.offset());
  }

  private static long addressOf(Data<Integer> value) {
    return value.bytes().addressForRead(value.offset());
  }

  /** Collects the users of a segment on one side of an age, and marks those on the older side. */
  private static final class Users implements Consumer<MapEntry<Long, Integer>> {
    private final boolean younger;
    private final long now;
    private final long seconds;
    private final long[] userIds;
    private final Operand<Integer> none = new Operands().value(Stamp.NONE);
    private int count;

    Users(boolean younger, long now, long seconds, long[] userIds) {
      this.younger = younger;
      this.now = now;
      this.seconds = seconds;
      this.userIds = userIds;
    }

    @Override
    public void accept(MapEntry<Long, Integer> entry) {
      if (Stamp.isYounger(stampIn(entry.value()), now, seconds) != younger) {
        return;
      }
      if (userIds != null) {
        Data<Long> key = entry.key();
        userIds[count] = key.bytes().readLong(key.offset());
      }
      count++;
      if (!younger) {
        entry.doReplaceValue(none);
      }
    }
  }

  /** The key and the value of one operation, in the form that the map takes without boxing. */
  private static final class Operands {
    private final Operand<Long> key = new Operand<>(Long.BYTES, Long::valueOf);
    private final Operand<Integer> value = new Operand<>(Integer.BYTES, number -> (int) number);

    Operand<Long> key(long userId) {
      key.number = userId;
      return key;
    }

    Operand<Integer> value(int stamp) {
      value.number = stamp;
      return value;
    }
  }

  /**
   * A number of 8 or 4 bytes, written and hashed as the map itself does it with a {@code Long} or
   * an {@code Integer}. The bytes are for whoever insists on them.
   */
  private static final class Operand<T> extends AbstractData<T> {
    private final LongFunction<T> boxed;
    private final boolean isLong;
    private final BytesStore<?, byte[]> bytes;
    private long number;

    Operand(int size, LongFunction<T> boxed) {
      this.boxed = boxed;
      this.isLong = size == Long.BYTES;
      this.bytes = BytesStore.wrap(new byte[size]);
    }

    @Override
    public RandomDataInput bytes() {
      writeTo(bytes, 0);
      return bytes;
    }

    @Override
    public long offset() {
      return 0;
    }

    @Override
    public long size() {
      return bytes.capacity();
    }

    @Override
    public long hash(LongHashFunction function) {
      return isLong ? function.hashLong(number) : function.hashInt((int) number);
    }

    @Override
    public boolean equivalent(RandomDataInput source, long sourceOffset) {
      return number == (isLong ? source.readLong(sourceOffset) : source.readInt(sourceOffset));
    }

    @Override
    @SuppressWarnings("rawtypes") // as it is declared
    public void writeTo(RandomDataOutput target, long targetOffset) {
      if (isLong) {
        target.writeLong(targetOffset, number);
      } else {
        target.writeInt(targetOffset, (int) number);
      }
    }

    @Override
    public T get() {
      return boxed.apply(number);
    }

    @Override
    public T getUsing(T using) {
      return get();
    }
  }
}
