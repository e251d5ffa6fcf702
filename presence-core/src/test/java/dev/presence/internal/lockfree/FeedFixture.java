package dev.presence.internal.lockfree;

import dev.presence.internal.chronicle.ChronicleStore;
import dev.presence.internal.chronicle.UserMap;
import dev.presence.internal.store.Batch;
import dev.presence.internal.store.OlderThan;
import dev.presence.internal.store.StampStore;
import dev.presence.internal.store.TransitionFeed;
import dev.presence.internal.store.TransitionList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A store of either kind, and what its feed tells. The dispatcher's part is the test's. */
final class FeedFixture implements AutoCloseable {

  final StampStore store;
  final TransitionFeed feed;
  final AtomicInteger wakes = new AtomicInteger();
  final TransitionList found = new TransitionList();
  private final TransitionList copies = new TransitionList();
  private final Batch batch = new Batch();

  private FeedFixture(StampStore store) {
    this.store = store;
    this.feed = store.transitions();
  }

  static FeedFixture open(String kind, long maxUsers) {
    UserMap map = UserMap.open("test", maxUsers);
    return new FeedFixture(
        "locked".equals(kind) ? new ChronicleStore(map) : new LockFreeStore(map));
  }

  /** A lock-free store whose logs hold so many transitions. */
  static FeedFixture withLogs(int capacity, long maxUsers) {
    return withScan(new BlockScan(), capacity, maxUsers);
  }

  /** A lock-free store that reads blocks by this. */
  static FeedFixture withScan(BlockScan scan, int logCapacity, long maxUsers) {
    return new FeedFixture(new LockFreeStore(UserMap.open("test", maxUsers), logCapacity, scan));
  }

  void start(int horizon) {
    feed.start(horizon, wakes::incrementAndGet);
  }

  /** Records users in one batch. */
  void raiseBatch(int stamp, long... userIds) {
    batch.load(userIds, 0);
    int refused = store.raise(batch, stamp);
    if (refused > 0) { // a plain exception, because a program without AssertJ uses this, too
      throw new IllegalStateException("users must fit: refused=" + refused);
    }
  }

  /** Removes users with a stamp below this. */
  int sweep(int belowStamp, boolean sparesAnnounced) {
    int removed = 0;
    for (int segment = 0; segment < store.segments(); segment++) {
      removed += store.sweep(segment, task(belowStamp, sparesAnnounced));
    }
    return removed;
  }

  private OlderThan task(int belowStamp, boolean sparesAnnounced) {
    return new OlderThan(store.largestSegment(), 1, belowStamp) {
      @Override
      public boolean sparesAnnounced() {
        return sparesAnnounced;
      }
    };
  }

  void expire() {
    for (int segment = 0; segment < store.segments(); segment++) {
      feed.expire(segment, found);
    }
  }

  void reconcile() {
    for (int segment = 0; segment < store.segments(); segment++) {
      feed.reconcile(segment, found);
    }
  }

  void drain() {
    for (int log = 0; log < feed.logs(); log++) {
      feed.drain(log, found);
    }
  }

  /** What has been found since the last call of this, with all that waits. */
  List<String> takeEvents() {
    drain();
    List<String> events = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      events.add(
          (found.isOnline(i) ? "online " : "offline ") + found.userId(i) + " " + found.stamp(i));
    }
    if (found.isIncomplete()) {
      events.add("incomplete");
    }
    found.clear();
    return events;
  }

  /** Who is announced, and the stamp of each. */
  Map<Long, Integer> announced() {
    copies.clear();
    for (int segment = 0; segment < store.segments(); segment++) {
      feed.copyAnnounced(segment, found, copies);
    }
    return copies();
  }

  /** The user, if announced. */
  Map<Long, Integer> announced(long userId) {
    copies.clear();
    feed.copyAnnounced(userId, found, copies);
    return copies();
  }

  private Map<Long, Integer> copies() {
    Map<Long, Integer> users = new TreeMap<>();
    for (int i = 0; i < copies.size(); i++) {
      if (users.put(copies.userId(i), copies.stamp(i)) != null) {
        throw new AssertionError("copied twice: " + copies.userId(i));
      }
    }
    return users;
  }

  @Override
  public void close() {
    store.close();
  }
}
