package dev.presence.internal.chronicle;

import dev.presence.internal.store.Batch;
import dev.presence.internal.store.SegmentScan;
import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.StampStore;
import dev.presence.internal.store.SweepTask;
import dev.presence.internal.store.TransitionFeed;
import dev.presence.internal.store.UserCount;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.openhft.chronicle.map.ExternalMapQueryContext;
import net.openhft.chronicle.map.MapEntry;
import net.openhft.chronicle.map.MapSegmentContext;
import net.openhft.chronicle.map.VanillaChronicleMap;

/**
 * The store that goes through Chronicle's public API.
 *
 * <p>Every call of that API runs on one thread, the map's {@link
 * dev.presence.internal.concurrent.PlatformLane}, one after the other; the lane says why. This is
 * the slow, sure way. It serves where the map's memory is not laid out as the lock-free store knows
 * it.
 */
public final class ChronicleStore implements StampStore {

  private final UserMap userMap;
  private final VanillaChronicleMap<Long, Integer, ?> map;
  private final UserCount users;
  private final Operand<Long> key = new Operand<>(Long.BYTES, Long::valueOf);
  private final Operand<Integer> value = new Operand<>(Integer.BYTES, number -> (int) number);
  private final ChronicleAnnouncer announcer;
  private volatile boolean closed;

  /** Keeps its users in this map. */
  public ChronicleStore(UserMap userMap) {
    this.userMap = userMap;
    this.map = userMap.chronicle();
    this.users = userMap.users();
    this.announcer = new ChronicleAnnouncer(this, userMap);
  }

  @Override
  public int stampOf(long userId) {
    return userMap.onLane(() -> inEntry(userId, (query, entry) -> stampIn(entry)));
  }

  /** The address of a user's stamp, or 0 for an unknown user. */
  public long addressOf(long userId) {
    return userMap.onLane(
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
    userMap.onLane(
        () -> {
          for (int i = 0; i < batch.size; i++) {
            batch.stamps[i] = stampOf(batch.userIds[i]);
          }
          return null;
        });
  }

  @Override
  public long getAndRaise(long userId, int stamp) {
    return userMap.onLane(
        () ->
            inEntry(
                userId,
                (query, entry) -> {
                  int stored = stampIn(entry);
                  if (!raise(query, entry, stamp)) {
                    return NO_ROOM;
                  }
                  announcer.raised(userId, later(stamp, stored));
                  return Integer.toUnsignedLong(stored);
                }));
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

  private static int later(int stamp, int other) {
    return Integer.compareUnsigned(stamp, other) > 0 ? stamp : other;
  }

  @Override
  public int raiseAll(long[] userIds, int[] stamps, int count) {
    return userMap.onLane(
        () -> {
          int refused = 0;
          for (int i = 0; i < count; i++) {
            refused += raise(userIds[i], stamps[i]) ? 0 : 1;
          }
          return refused;
        });
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
  public int raise(Batch batch, int stamp) {
    return userMap.onLane(
        () -> {
          int refused = 0;
          for (int i = 0; i < batch.size; i++) {
            long before = getAndRaise(batch.userIds[i], stamp);
            batch.stamps[i] = before == NO_ROOM ? Stamp.NONE : (int) before;
            if (before == NO_ROOM) {
              batch.rest[refused++] = i;
            }
          }
          return refused;
        });
  }

  @Override
  public boolean lower(long userId, int stamp, int limit) {
    return userMap.onLane(
        () ->
            inEntry(
                userId,
                (query, entry) -> {
                  if (entry == null) {
                    return false;
                  }
                  int stored = stampIn(entry);
                  if (Integer.compareUnsigned(stored, limit) > 0) {
                    return true;
                  }
                  int lowest = announcer.lowest(stamp);
                  if (Integer.compareUnsigned(stored, lowest) > 0) {
                    query.replaceValue(entry, value.of(lowest));
                  }
                  announcer.left(userId, stored);
                  return true;
                }));
  }

  @Override
  public void replace(long userId, int expected, int stamp) {
    userMap.onLane(
        () ->
            inEntry(
                userId,
                (query, entry) -> {
                  if (stampIn(entry) == expected) {
                    query.replaceValue(entry, value.of(stamp));
                    users.came(stamp);
                    announcer.corrected(userId, stamp);
                  }
                  return null;
                }));
  }

  /** Removes a user from the map, whatever the stamp. */
  public void remove(long userId) {
    userMap.onLane(
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

  /** Applies the action to a user's entry, or to null for an unknown user. On the lane. */
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
    return userMap.sizing().segments();
  }

  @Override
  public int segmentOf(long userId) {
    return map.hashSplitting.segmentIndex(UserHash.of(userId));
  }

  @Override
  public int largestSegment() {
    return (int) userMap.sizing().entriesPerSegment();
  }

  @Override
  public int younger(int segment, long nowSeconds, long ageSeconds, long[] userIds, int[] stamps) {
    int[] count = {0};
    inSegment(
        segment,
        entry -> {
          if (Stamp.isYounger(stampIn(entry), nowSeconds, ageSeconds)) {
            if (userIds != null) {
              userIds[count[0]] = idIn(entry);
            }
            if (stamps != null) {
              stamps[count[0]] = stampIn(entry);
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
          long userId = idIn(entry);
          if (task.removes(stamp) && !(task.sparesAnnounced() && announcer.isAnnounced(userId))) {
            entry.doRemove();
            users.removed();
            announcer.left(userId, stamp);
            count[0]++;
          } else {
            task.kept(userId, stamp);
          }
        });
    return count[0];
  }

  private void inSegment(int segment, Consumer<MapEntry<Long, Integer>> action) {
    userMap.onLane(
        () -> {
          try (MapSegmentContext<Long, Integer, ?> context = map.segmentContext(segment)) {
            context.forEachSegmentEntry(action);
          }
          return null;
        });
  }

  @Override
  public TransitionFeed transitions() {
    return announcer;
  }

  /** Stays on the caller's thread: each part of a sweep goes to the lane by itself. */
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
    return userMap.offHeapBytes();
  }

  @Override
  public boolean isLockFree() {
    return false;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    userMap.close();
  }

  @Override
  public void close(Consumer<SegmentScan> last, long timeoutNanos) {
    closed = true;
    userMap.close(() -> last.accept(this), timeoutNanos);
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
}
