package dev.presence.internal.chronicle;

import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.StampStore;
import dev.presence.internal.store.TransitionFeed;
import dev.presence.internal.store.TransitionList;
import dev.presence.internal.store.TransitionLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who is announced as online, for {@link ChronicleStore}. Everything here happens on the map's
 * lane, one thing after the other, so a stamp, the note of who is announced and the log change
 * together.
 */
final class ChronicleAnnouncer implements TransitionFeed {

  private static final int WAITING = 1 << 18;
  private static final int NOBODY = -1; // the latest stamp

  private final StampStore store;
  private final UserMap map;
  private final List<Set<Long>> announced =
      new ArrayList<>(); // by segment; empty if nobody listens

  /** A stamp that no announced user of the segment is below. */
  private int[] earliest = new int[0];

  private long[] userIds = new long[0];
  private int[] stamps = new int[0];
  private TransitionLog log;
  private Runnable wake;
  private volatile int horizon;

  ChronicleAnnouncer(StampStore store, UserMap map) {
    this.store = store;
    this.map = map;
  }

  @Override
  public void start(int horizon, Runnable wake) {
    onLane(
        () -> {
          this.wake = wake;
          this.horizon = horizon;
          log = new TransitionLog(WAITING);
          userIds = new long[store.largestSegment()];
          stamps = new int[store.largestSegment()];
          earliest = new int[store.segments()];
          Arrays.fill(earliest, NOBODY);
          for (int segment = 0; segment < store.segments(); segment++) {
            announced.add(new HashSet<>());
          }
        });
    TransitionList untold = new TransitionList();
    for (int segment = 0; segment < store.segments(); segment++) {
      reconcile(segment, untold);
      untold.clear();
    }
  }

  @Override
  public void stop() {
    onLane(
        () -> {
          horizon = Stamp.NONE;
          log = null;
          announced.clear();
        });
  }

  @Override
  public int horizon() {
    return horizon;
  }

  @Override
  public void moveTo(int horizon) {
    onLane(() -> this.horizon = horizon);
  }

  @Override
  public int logs() {
    return 1;
  }

  @Override
  public void drain(int number, TransitionList into) {
    onLane(() -> into.drain(log));
  }

  @Override
  public void expire(int segment, TransitionList into) {
    onLane(
        () -> {
          into.drain(log);
          if (Integer.compareUnsigned(earliest[segment], horizon) <= 0) {
            reconcile(segment, into);
          }
        });
  }

  @Override
  public void reconcile(int segment, TransitionList into) {
    onLane(
        () -> {
          into.drain(log);
          earliest[segment] = NOBODY;
          int count = store.younger(segment, 0, Long.MAX_VALUE, userIds, stamps); // everybody
          for (int i = 0; i < count; i++) {
            reconcile(segment, userIds[i], stamps[i], into);
          }
        });
  }

  private void reconcile(int segment, long userId, int stamp, TransitionList into) {
    boolean isOnline = isOnline(stamp);
    if (isOnline) {
      lowered(segment, stamp);
    }
    into.ensureRoom(1);
    Set<Long> users = announced.get(segment);
    if (isOnline ? users.add(userId) : users.remove(userId)) {
      into.add(userId, stamp, isOnline);
    }
  }

  @Override
  public void copyAnnounced(int segment, TransitionList pending, TransitionList copy) {
    onLane(
        () -> {
          pending.drain(log);
          for (long userId : announced.get(segment)) {
            copy(userId, copy);
          }
        });
  }

  @Override
  public void copyAnnounced(long userId, TransitionList pending, TransitionList copy) {
    onLane(
        () -> {
          pending.drain(log);
          if (announced.get(store.segmentOf(userId)).contains(userId)) {
            copy(userId, copy);
          }
        });
  }

  private void copy(long userId, TransitionList copy) {
    copy.ensureRoom(1);
    copy.add(userId, store.stampOf(userId), true);
  }

  /** Notes that a heartbeat has left this stamp. */
  void raised(long userId, int stamp) {
    if (!announced.isEmpty() && isOnline(stamp)) {
      int segment = store.segmentOf(userId);
      if (announced.get(segment).add(userId)) {
        lowered(segment, stamp);
        add(userId, stamp, true);
      }
    }
  }

  /** The stamp to which a disconnect may lower a user at most. */
  int lowest(int stamp) {
    return announced.isEmpty() || !isOnline(stamp) ? stamp : horizon;
  }

  /** Notes that a user is gone who had this stamp. */
  void left(long userId, int old) {
    if (!announced.isEmpty() && announced.get(store.segmentOf(userId)).remove(userId)) {
      add(userId, old, false);
    }
  }

  boolean isAnnounced(long userId) {
    return !announced.isEmpty() && announced.get(store.segmentOf(userId)).contains(userId);
  }

  /** Notes that the stamp of a user is an earlier one and the user still online. */
  void corrected(long userId, int stamp) {
    if (!announced.isEmpty()) {
      lowered(store.segmentOf(userId), stamp);
    }
  }

  private void lowered(int segment, int stamp) {
    if (Integer.compareUnsigned(stamp, earliest[segment]) < 0) {
      earliest[segment] = stamp;
    }
  }

  private boolean isOnline(int stamp) {
    return Integer.compareUnsigned(stamp, horizon) > 0;
  }

  private void add(long userId, int stamp, boolean online) {
    int end = log.end;
    if (end == log.numbers.length) {
      log.hasOverflowed = true;
      return;
    }
    log.numbers[end] = userId;
    log.numbers[end + 1] = TransitionLog.rest(stamp, online);
    log.end = end + TransitionLog.NUMBERS;
    if (log.isFillingUp()) {
      wake.run();
    }
  }

  private void onLane(Runnable action) {
    map.onLane(
        () -> {
          action.run();
          return null;
        });
  }
}
