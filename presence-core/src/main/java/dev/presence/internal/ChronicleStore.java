package dev.presence.internal;

import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import net.openhft.chronicle.algo.hashing.LongHashFunction;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.RandomDataInput;
import net.openhft.chronicle.bytes.RandomDataOutput;
import net.openhft.chronicle.hash.AbstractData;
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
 * <p>All of that API is called on one thread, the {@link PlatformLane}, one call after the other;
 * the lane says why. So this is the slow and sure way, used where the map's memory is not laid out
 * as {@link LockFreeStore} knows it. Otherwise this only reserves that memory, and releases it.
 */
final class ChronicleStore implements StampStore {

  private static final LongHashFunction HASH = LongHashFunction.xx_r39();
  private static final long END_NANOS = 1_000_000_000;

  @SuppressWarnings("UnnecessaryLambda") // made here: see Rehearsal
  private static final Runnable NOTHING = () -> {};

  private final VanillaChronicleMap<Long, Integer, ?> map;
  private final PlatformLane lane;
  private final UserCount users;
  private final Sizing sizing;
  private final long offHeapBytes;
  private final Operand<Long> key = new Operand<>(Long.BYTES, Long::valueOf);
  private final Operand<Integer> value = new Operand<>(Integer.BYTES, number -> (int) number);
  private final Runnable release = this::release; // see Rehearsal
  private volatile Runnable beforeRelease;
  private volatile boolean closed;

  private ChronicleStore(
      VanillaChronicleMap<Long, Integer, ?> map, long maxUsers, Sizing sizing, PlatformLane lane) {
    this.map = map;
    this.lane = lane;
    this.users = new UserCount(maxUsers);
    this.sizing = sizing;
    this.offHeapBytes = map.offHeapMemoryUsed();
  }

  /** Reserves the memory for this many users. */
  static ChronicleStore open(long maxUsers) {
    PlatformLane lane = new PlatformLane();
    try {
      return lane.call(() -> create(maxUsers, lane));
    } catch (Throwable e) {
      lane.end(NOTHING, END_NANOS);
      throw e;
    }
  }

  private static ChronicleStore create(long maxUsers, PlatformLane lane) {
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
    return new ChronicleStore((VanillaChronicleMap<Long, Integer, ?>) map, maxUsers, sizing, lane);
  }

  /** The thread on which Chronicle is called. */
  PlatformLane lane() {
    return lane;
  }

  /** Where the map keeps what, for {@link LockFreeStore}; it checks that this is true. */
  MapLayout layout() {
    long header = map.segmentHeaderAddress(0);
    int last = sizing.segments() - 1;
    long headerStride = last == 0 ? 0 : (map.segmentHeaderAddress(last) - header) / last;
    long bits = map.tierHashLookupOuterSize + VanillaChronicleHash.TIER_COUNTERS_AREA_SIZE;
    long entries = bits + map.tierFreeListOuterSize + map.tierEntrySpaceInnerOffset;
    return new MapLayout(
        sizing.segments(),
        header,
        headerStride,
        map.segmentBaseAddr(0),
        map.tierSize,
        map.tierHashLookupSlotSize,
        (int) map.tierHashLookupCapacity,
        map.tierHashLookupKeyBits,
        bits,
        entries,
        (int) map.chunkSize,
        (int) Math.min(map.actualChunksPerSegmentTier, map.maxEntriesPerHashLookup));
  }

  /** The hash by which the map finds a user. */
  static long hash(long userId) {
    return HASH.hashLong(userId);
  }

  @Override
  public int stampOf(long userId) {
    return lane.call(() -> inEntry(userId, (query, entry) -> stampIn(entry)));
  }

  /** The address of a user's stamp, or 0. */
  long addressOf(long userId) {
    return lane.call(
        () ->
            inEntry(
                userId,
                (query, entry) ->
                    entry == null
                        ? 0L
                        : entry.value().bytes().addressForRead(entry.value().offset())));
  }

  @Override
  public void stampsOf(Batch batch) {
    lane.call(
        () -> {
          for (int i = 0; i < batch.size; i++) {
            batch.stamps[i] = stampOf(batch.userIds[i]);
          }
          return null;
        });
  }

  @Override
  public boolean raise(long userId, int stamp) {
    return lane.call(() -> inEntry(userId, (query, entry) -> raise(query, entry, stamp)));
  }

  private boolean raise(
      ExternalMapQueryContext<Long, Integer, ?> query, MapEntry<Long, Integer> entry, int stamp) {
    if (entry == null) {
      return insert(query, stamp);
    }
    int stored = stampIn(entry);
    if (stored == Stamp.NONE) {
      users.came(stamp);
    }
    if (Integer.compareUnsigned(stored, stamp) < 0) {
      query.replaceValue(entry, value.of(stamp));
    }
    return true;
  }

  private boolean insert(ExternalMapQueryContext<Long, Integer, ?> query, int stamp) {
    if (!users.reserveOne(stamp)) {
      return false;
    }
    try {
      query.insert(query.absentEntry(), value.of(stamp));
      return true;
    } catch (IllegalStateException e) {
      users.removed(); // the segment is full: see PresenceFullException
      return false;
    } catch (Throwable e) {
      users.removed();
      throw e;
    }
  }

  @Override
  public int raiseTracked(Batch batch, int stamp) {
    return lane.call(
        () -> {
          int restCount = 0;
          for (int i = 0; i < batch.size; i++) {
            if (stampOf(batch.userIds[i]) == Stamp.NONE) {
              batch.rest[restCount++] = i;
            } else {
              raise(batch.userIds[i], stamp);
            }
          }
          return restCount;
        });
  }

  @Override
  public boolean lower(long userId, int stamp) {
    return lane.call(
        () ->
            inEntry(
                userId,
                (query, entry) -> {
                  if (entry != null && Integer.compareUnsigned(stampIn(entry), stamp) > 0) {
                    query.replaceValue(entry, value.of(stamp));
                  }
                  return entry != null;
                }));
  }

  @Override
  public void replace(long userId, int expected, int stamp) {
    lane.call(
        () ->
            inEntry(
                userId,
                (query, entry) -> {
                  if (stampIn(entry) == expected) {
                    query.replaceValue(entry, value.of(stamp));
                    users.came(stamp);
                  }
                  return null;
                }));
  }

  @Override
  public boolean forget(long userId) {
    return lower(userId, Stamp.NONE);
  }

  /** Takes a user out of the map, whatever the stamp. */
  void remove(long userId) {
    lane.call(
        () ->
            inEntry(
                userId,
                (query, entry) -> {
                  if (entry != null) {
                    query.remove(entry);
                    users.removed();
                  }
                  return null;
                }));
  }

  /** Does something with a user's entry, or with null for an unknown user. On the lane. */
  private <T> T inEntry(long userId, EntryAction<T> action) {
    try (ExternalMapQueryContext<Long, Integer, ?> query = map.queryContext(key.of(userId))) {
      query.updateLock().lock();
      return action.apply(query, query.entry());
    }
  }

  private interface EntryAction<T> {
    T apply(ExternalMapQueryContext<Long, Integer, ?> query, MapEntry<Long, Integer> entry);
  }

  @Override
  public int segments() {
    return sizing.segments();
  }

  @Override
  public int segmentOf(long userId) {
    return map.hashSplitting.segmentIndex(hash(userId));
  }

  @Override
  public int largestSegment() {
    return (int) sizing.entriesPerSegment();
  }

  @Override
  public int younger(int segment, long nowSeconds, long ageSeconds, long[] userIds) {
    int[] count = {0};
    inSegment(
        segment,
        entry -> {
          if (Stamp.isYounger(stampIn(entry), nowSeconds, ageSeconds)) {
            if (userIds != null) {
              userIds[count[0]] = idIn(entry);
            }
            count[0]++;
          }
        });
    return count[0];
  }

  @Override
  public int sweep(int segment, SweepTask task) {
    int[] count = {0};
    inSegment(
        segment,
        entry -> {
          int stamp = stampIn(entry);
          if (task.removes(stamp)) {
            entry.doRemove();
            users.removed();
            count[0]++;
          } else {
            task.kept(idIn(entry), stamp);
          }
        });
    return count[0];
  }

  private void inSegment(int segment, Consumer<MapEntry<Long, Integer>> action) {
    lane.call(
        () -> {
          try (MapSegmentContext<Long, Integer, ?> context = map.segmentContext(segment)) {
            context.forEachSegmentEntry(action);
          }
          return null;
        });
  }

  /** Here the caller's own thread will do: each part of a sweep goes to the lane by itself. */
  @Override
  public <T> T onOwnThread(Supplier<T> action) {
    return action.get();
  }

  @Override
  public UserCount users() {
    return users;
  }

  @Override
  public long offHeapBytes() {
    return offHeapBytes;
  }

  @Override
  public boolean isLockFree() {
    return false;
  }

  /** For how many threads Chronicle keeps something. */
  int contexts() {
    return lane.call(() -> map.allContexts().size());
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    close(NOTHING, Long.MAX_VALUE);
  }

  /**
   * Releases the memory after this has been done, and ends the lane. Can be called again, should an
   * Error have ended the first call.
   *
   * @param nanos how long to wait for it at most
   * @return false if the memory has not been released in that time
   */
  boolean close(Runnable before, long nanos) {
    closed = true;
    beforeRelease = before;
    return lane.end(release, nanos);
  }

  private void release() {
    beforeRelease.run();
    map.close();
    ChronicleShutdown.closed();
  }

  private static long idIn(MapEntry<Long, Integer> entry) {
    return entry.key().bytes().readLong(entry.key().offset());
  }

  private static int stampIn(MapEntry<Long, Integer> entry) {
    if (entry == null) {
      return Stamp.NONE;
    }
    return entry.value().bytes().readInt(entry.value().offset());
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

    /** Makes this the operand of the next operation. */
    Operand<T> of(long next) {
      number = next;
      return this;
    }

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
