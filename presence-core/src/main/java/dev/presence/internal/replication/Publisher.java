package dev.presence.internal.replication;

import dev.presence.internal.store.Batch;
import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.StampStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Makes frames of what this node's callers have done. Decides between a user's heartbeats and
 * disconnects, see {@link Outbox} and the package. For one thread.
 */
final class Publisher {

  /** How many disconnects are kept while the log is away. */
  private static final int MOST_DISCONNECTS = 1 << 18;

  /**
   * A frame of another node may have been under way when a disconnect came to this node, and have
   * raised the stamp again.
   */
  private static final int DRAINS_OF_OWN = 2;

  private static final long[] NOBODY = {};

  private final StampStore store;
  private final Outbox outbox;
  private final Tombstones tombstones;
  private final SentFrames sent;
  private final FrameFactory frames;
  private final LogClock clock;
  private final Figures figures;

  private final SecondGroups groups = new SecondGroups();

  /** Stamps that do not tell of heartbeats since the last drain. */
  private final SecondGroups again = new SecondGroups();

  private final SecondGroups.Group repeated = new SecondGroups.Group(new LongSort());
  private final StampBatches revived;
  private final Outbox.Stripe stripe;
  private final long windowSeconds;
  private final Batch batch = new Batch();
  private final long[] seconds = new long[FrameWriter.LARGEST_COUNT];

  /** Disconnects at this node that are in no frame yet; the last ones, if there are many. */
  private final Deque<Departed> disconnects = new ArrayDeque<>();

  private final LateDisconnects late;

  private long earliestLost = Long.MAX_VALUE;
  private boolean hasLost;

  /** A user with the second, of this node, up to which heartbeats do not count, and when it was. */
  record Departed(long userId, long second, long millis) {}

  Publisher(
      StampStore store,
      MirroredUsers users,
      Outbox outbox,
      Tombstones tombstones,
      LateDisconnects late,
      SentFrames sent,
      FrameFactory frames,
      LogClock clock,
      Figures figures,
      long windowSeconds) {
    this.store = store;
    this.outbox = outbox;
    this.tombstones = tombstones;
    this.late = late;
    this.sent = sent;
    this.frames = frames;
    this.clock = clock;
    this.figures = figures;
    this.revived = new StampBatches(users);
    this.stripe = outbox.spare();
    this.windowSeconds = windowSeconds;
  }

  /**
   * Empties the outbox, and hands on frames of what was in it. They are among the sent ones from
   * now on, so that none is lost with an exchange that fails.
   *
   * @param isScanning whether heartbeats from before the outbox was on are still to be found
   */
  void drain(long nodeMillis, boolean isScanning, Consumer<byte[]> out) {
    long nowSeconds = Math.floorDiv(nodeMillis, 1_000L);
    takeDepartures();
    for (int i = 0; i < outbox.stripes(); i++) {
      outbox.drain(i, stripe);
      takeHeartbeats(nowSeconds);
    }
    revived.flush(nowSeconds);
    if (!isScanning) {
      late.drained(nowSeconds);
    }
    writeOthers(groups, nodeMillis, out);
    writeGroups(groups, takeRepeated(), nodeMillis, out);
    writeOthers(again, nodeMillis, out);
    writeGroups(again, NOBODY, nodeMillis, out);
    writeDisconnects(nodeMillis, out);
  }

  /**
   * Takes the disconnects out of the outbox: before each frame of others that is applied, so that a
   * heartbeat that came before does not bring the user back; also while nothing can be published.
   */
  void takeDepartures() {
    Outbox.Departure departure;
    while ((departure = outbox.nextDeparture()) != null) {
      long userId = departure.userId();
      long second = Math.max(Stamp.FIRST, Math.floorDiv(departure.millis(), 1_000L));
      // Above a heartbeat that was raised above an earlier tombstone.
      second = Math.max(second, tombstones.secondOf(userId) + 1);
      tombstones.add(userId, second, departure.order());
      Departed user = new Departed(userId, second, departure.millis());
      late.add(userId, second, DRAINS_OF_OWN);
      disconnects.addLast(user);
      if (disconnects.size() > MOST_DISCONNECTS) {
        disconnects.removeFirst(); // the window ends it
      }
    }
  }

  /** Takes them while nothing can be published, and forgets those whose windows have ended. */
  void takeDeparturesAlone(long earliestMillis) {
    takeDepartures();
    disconnects.removeIf(user -> user.millis() < earliestMillis);
  }

  /** Lowers nobody late: the seconds are those of another time. */
  void forgetLate() {
    late.clear();
  }

  /** Publishes no disconnect from before now, because nobody knows when it was. */
  void forgetDisconnects() {
    takeDepartures();
    disconnects.clear();
  }

  private void takeHeartbeats(long nowSeconds) {
    earliestLost = Math.min(earliestLost, stripe.earliestLost);
    hasLost |= stripe.lostRepeated || stripe.earliestLost != Long.MAX_VALUE;
    for (int i = 0; i < stripe.size; i++) {
      long userId = stripe.userIds[i];
      long second = Integer.toUnsignedLong(stripe.seconds[i]);
      long tombstone = second <= tombstones.latest() ? tombstones.secondOf(userId) : 0;
      if (second <= tombstone) {
        if (!isSuperseded(userId, stripe.order(i))) {
          revived.raise(userId, tombstone + 1, nowSeconds);
          groups.add(userId, tombstone + 1);
        }
      } else if (stripe.isRepeated(i) && !mayBeGoneElsewhere(userId)) {
        repeated.add(userId);
      } else {
        groups.add(userId, second);
      }
    }
  }

  /** Whether others may have lowered the stamp that this heartbeat has repeated here. */
  private boolean mayBeGoneElsewhere(long userId) {
    return outbox.hasLongCells() && tombstones.secondOf(userId) != 0;
  }

  /** Whether a heartbeat came before a user's disconnect at this node: see {@link Outbox}. */
  private boolean isSuperseded(long userId, int order) {
    int disconnect = tombstones.orderOf(userId);
    return disconnect != Tombstones.FOREIGN && ((order - disconnect) << 1) < 0; // it goes round
  }

  /** Tells who has sent a heartbeat since the last drain, and has a tombstone all the same. */
  void forEachWaiting(LongConsumer action) {
    outbox.forEach(
        (userId, order) -> {
          if (tombstones.secondOf(userId) != 0 && !isSuperseded(userId, order)) {
            action.accept(userId);
          }
        });
  }

  /** Whether a user may have sent a heartbeat while the outbox was off. */
  boolean mayHaveMissed(long userId) {
    return outbox.missedUsers().mayHave(userId);
  }

  /**
   * Revives, of users read from the store, those who are online in spite of a tombstone. Whoever
   * applies a tombstone lowers the stamp, at once or late, so a heartbeat must have come after
   * that, and no frame tells of it.
   */
  void defend(long[] userIds, long[] stamps, int count, long nowSeconds) {
    for (int i = 0; i < count; i++) {
      if (stamps[i] <= tombstones.latest() && nowSeconds - stamps[i] < windowSeconds) {
        long tombstone = tombstones.secondOf(userIds[i]);
        if (stamps[i] <= tombstone && (!late.isWaiting(userIds[i]) || mayHaveMissed(userIds[i]))) {
          revive(userIds[i], tombstone + 1, nowSeconds);
        }
      }
    }
    revived.flush(nowSeconds);
  }

  /** Revives those who are lowered late, because a heartbeat got lost that may have been theirs. */
  void reviveLate(long nowSeconds) {
    late.forEach(
        (userId, second) -> {
          if (nowSeconds - Integer.toUnsignedLong(store.stampOf(userId)) < windowSeconds) {
            revive(userId, second + 1, nowSeconds);
          }
        });
    revived.flush(nowSeconds);
  }

  /** Raises a user above a tombstone, here and with the next frames everywhere. */
  void revive(long userId, long second, long nowSeconds) {
    revived.raise(userId, second, nowSeconds);
    again.add(userId, second);
  }

  /** Raises now those whom {@link #revive} has named. */
  void flushRevived(long nowSeconds) {
    revived.flush(nowSeconds);
  }

  /** Publishes a stamp with the next frames, perhaps once more. */
  void publishAgain(long userId, long second) {
    again.add(userId, second);
  }

  private void writeGroups(
      SecondGroups from, long[] repeatedIds, long nodeMillis, Consumer<byte[]> out) {
    boolean isNews = from == groups;
    long[] alongside = repeatedIds;
    FrameWriter writer = null;
    for (SecondGroups.Group group : from.groups()) {
      group.sort();
      for (int start = 0; start < group.size; ) {
        if (writer == null) {
          writer = frames.begin(nodeMillis);
        }
        int end = Math.min(group.size, start + writer.room());
        writer.beats(clock.toLogSecond(group.second), group.userIds, start, end);
        figures.sentUsers.add(end - start);
        start = end;
        if (writer.room() == 0) {
          send(writer.end(), nodeMillis, alongside, isNews, out);
          alongside = NOBODY;
          writer = null;
        }
      }
    }
    from.clear();
    if (writer != null) {
      send(writer.end(), nodeMillis, alongside, isNews, out);
    } else if (alongside.length > 0) {
      sent.add(new SentFrames.Sent(clock.toLogMillis(nodeMillis), null, alongside, true));
    }
  }

  private long[] takeRepeated() {
    repeated.sort();
    long[] userIds = Arrays.copyOf(repeated.userIds, repeated.size);
    repeated.size = 0;
    return userIds;
  }

  /** Late heartbeats of many seconds: what counts of them is in the store. */
  private void writeOthers(SecondGroups groupsOf, long nodeMillis, Consumer<byte[]> out) {
    SecondGroups.Group others = groupsOf.others();
    others.sort();
    for (int from = 0; from < others.size; ) {
      int count = 0;
      int to = Math.min(others.size, from + seconds.length);
      for (int start = from; start < to; start += Batch.CAPACITY) {
        batch.load(others.userIds, start, to);
        store.stampsOf(batch);
        for (int i = 0; i < batch.size; i++) {
          if (batch.stamps[i] != Stamp.NONE) {
            others.userIds[from + count] = batch.userIds[i];
            seconds[count++] = clock.toLogSecond(Integer.toUnsignedLong(batch.stamps[i]));
          }
        }
      }
      if (count > 0) {
        FrameWriter writer = frames.begin(nodeMillis);
        writer.stamps(Arrays.copyOfRange(others.userIds, from, from + count), seconds, 0, count);
        figures.sentUsers.add(count);
        send(writer.end(), nodeMillis, NOBODY, groupsOf == groups, out);
      }
      from = to;
    }
  }

  private void writeDisconnects(long nodeMillis, Consumer<byte[]> out) {
    while (!disconnects.isEmpty()) {
      List<Disconnect> some = new ArrayList<>();
      while (some.size() < FrameWriter.LARGEST_COUNT && !disconnects.isEmpty()) {
        Departed user = disconnects.removeFirst();
        some.add(
            new Disconnect(
                user.userId(), clock.toLogSecond(user.second()), clock.toLogMillis(user.millis())));
      }
      figures.sentUsers.add(some.size());
      send(frames.disconnects(nodeMillis, some), nodeMillis, NOBODY, true, out);
    }
  }

  private void send(
      byte[] frame, long nodeMillis, long[] repeatedIds, boolean isNews, Consumer<byte[]> out) {
    sent.add(new SentFrames.Sent(clock.toLogMillis(nodeMillis), frame, repeatedIds, isNews));
    out.accept(frame);
  }

  /**
   * The earliest second of heartbeats that got lost and were to be published, or {@code
   * Long.MAX_VALUE}; asks once.
   */
  long takeEarliestLost() {
    long earliest = earliestLost;
    earliestLost = Long.MAX_VALUE;
    return earliest;
  }

  /** Whether heartbeats of any kind got lost since this was asked last. */
  boolean takeHasLost() {
    boolean lost = hasLost;
    hasLost = false;
    return lost;
  }
}
