package dev.presence.internal;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import net.openhft.chronicle.algo.hashing.LongHashFunction;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.RandomDataInput;
import net.openhft.chronicle.bytes.RandomDataOutput;
import net.openhft.chronicle.hash.AbstractData;
import net.openhft.chronicle.hash.Data;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.map.ExternalMapQueryContext;
import net.openhft.chronicle.map.MapEntry;
import net.openhft.chronicle.map.MapSegmentContext;

/**
 * User id to stamp, in one off-heap Chronicle Map. The only class that knows Chronicle: primitives
 * go in and come out, and nothing is boxed or allocated.
 *
 * <p>Each change of one user happens under the update lock of the user's segment, and so do scans
 * and removals of a segment: they exclude each other. Reads of one user take the read lock, which
 * passes beside an update lock. No lock is held across two segments, and none while code of the
 * application runs.
 *
 * <p>Safe for use by many threads, but not beside {@link #close()}: {@link CloseGate} sees to that.
 */
final class ChronicleStore {

  private final ChronicleMap<Long, Integer> map;
  private final Pool<Operands> operands = new Pool<>(Operands::new);
  private final long maxUsers;
  private final Sizing sizing;
  private final AtomicLong tracked = new AtomicLong();
  private final AtomicLong insertions = new AtomicLong();

  private ChronicleStore(ChronicleMap<Long, Integer> map, long maxUsers, Sizing sizing) {
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
      return new ChronicleStore(map, maxUsers, sizing);
    } finally {
      thread.setContextClassLoader(contextLoader);
    }
  }

  /** The stamp of a user, or {@link Stamp#NONE}. */
  int stampOf(long userId) {
    Operands use = operands.take();
    try (ExternalMapQueryContext<Long, Integer, ?> query = map.queryContext(use.key(userId))) {
      query.readLock().lock();
      MapEntry<Long, Integer> entry = query.entry();
      return entry == null ? Stamp.NONE : stampIn(entry.value());
    } finally {
      operands.giveBack(use);
    }
  }

  /**
   * Sets the stamp of a user unless the stored one is later; tracks a new user if there is room.
   *
   * @return false if the user is new and there is no room
   */
  boolean raise(long userId, int stamp) {
    Operands use = operands.take();
    try (ExternalMapQueryContext<Long, Integer, ?> query = map.queryContext(use.key(userId))) {
      query.updateLock().lock();
      MapEntry<Long, Integer> entry = query.entry();
      if (entry == null) {
        return insert(query, use.value(stamp));
      }
      if (Integer.compareUnsigned(stampIn(entry.value()), stamp) < 0) {
        query.replaceValue(entry, use.value(stamp));
      }
      return true;
    } finally {
      operands.giveBack(use);
    }
  }

  /** Lowers the stamp of a user to this one, {@link Stamp#NONE} included; a new user stays new. */
  void lower(long userId, int stamp) {
    Operands use = operands.take();
    try (ExternalMapQueryContext<Long, Integer, ?> query = map.queryContext(use.key(userId))) {
      query.updateLock().lock();
      MapEntry<Long, Integer> entry = query.entry();
      if (entry != null && Integer.compareUnsigned(stampIn(entry.value()), stamp) > 0) {
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

  int segments() {
    return sizing.segments();
  }

  /** The segment that a user belongs to. */
  int segmentOf(long userId) {
    Operands use = operands.take();
    try (ExternalMapQueryContext<Long, Integer, ?> query = map.queryContext(use.key(userId))) {
      return query.segmentIndex();
    } finally {
      operands.giveBack(use);
    }
  }

  /** The most users that one segment holds. */
  int largestSegment() {
    return (int) sizing.entriesPerSegment();
  }

  /**
   * Counts the users of a segment whose stamps are younger than this many seconds, and collects
   * them.
   *
   * @param userIds receives them, as long as {@link #largestSegment()}; or null
   * @return how many
   */
  int younger(int segment, long now, long seconds, long[] userIds) {
    YoungerUsers visitor = new YoungerUsers(now, seconds, userIds);
    visit(segment, visitor);
    return visitor.count;
  }

  /**
   * Removes the users of a segment whose stamps are not younger than this many seconds. A heartbeat
   * comes before, and the user stays, or it comes after, and tracks the user again: both hold the
   * segment's update lock.
   *
   * @return how many
   */
  int removeOlder(int segment, long now, long seconds) {
    OlderUsers visitor = new OlderUsers(now, seconds);
    try {
      visit(segment, visitor);
    } finally {
      tracked.addAndGet(-visitor.count);
    }
    return visitor.count;
  }

  private void visit(int segment, Consumer<MapEntry<Long, Integer>> visitor) {
    try (MapSegmentContext<Long, Integer, ?> context = map.segmentContext(segment)) {
      context.forEachSegmentEntry(visitor);
    }
  }

  long maxUsers() {
    return maxUsers;
  }

  long trackedUsers() {
    return tracked.get();
  }

  /** How many users were ever inserted; grows with each. */
  long insertions() {
    return insertions.get();
  }

  long offHeapBytes() {
    return map.offHeapMemoryUsed();
  }

  void close() {
    map.close();
  }

  private static int stampIn(Data<Integer> value) {
    return value.bytes().readInt(value.offset());
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
        Data<Long> key = entry.key();
        userIds[count] = key.bytes().readLong(key.offset());
      }
      count++;
    }
  }

  private static final class OlderUsers implements Consumer<MapEntry<Long, Integer>> {
    private final long now;
    private final long seconds;
    private int count;

    OlderUsers(long now, long seconds) {
      this.now = now;
      this.seconds = seconds;
    }

    @Override
    public void accept(MapEntry<Long, Integer> entry) {
      if (!Stamp.isYounger(stampIn(entry.value()), now, seconds)) {
        entry.doRemove();
        count++;
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
