package dev.presence.internal.replication;

import dev.presence.internal.store.Batch;
import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.StampStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes frames of what this node's callers have done. Decides between a user's heartbeats and
 * disconnects, see {@link Outbox} and the package. For one thread.
 */
final class Publisher {

  /**
   * A frame of another node may have been under way when a disconnect came to this node, and have
   * raised the stamp again.
   */
  private static final int DRAINS_OF_OWN = 2;

  private final StampStore store;
  private final Outbox outbox;
  private final Tombstones tombstones;
  private final SentFrames sent;
  private final FrameFactory frames;
  private final LogClock clock;
  private final Figures figures;

  private final SecondGroups groups = new SecondGroups();
  private final SecondGroups.Group repeated = new SecondGroups.Group();
  private final StampBatches revived;
  private final Outbox.Stripe stripe;
  private final Batch batch = new Batch();
  private final long[] seconds = new long[FrameWriter.LARGEST_COUNT];

  /** Disconnects at this node that are in no frame yet. */
  private final List<Disconnect> disconnects = new ArrayList<>();

  private final LateDisconnects late;

  private boolean lostPublished;
  private boolean lostRepeated;

  Publisher(
      StampStore store,
      MirroredUsers users,
      Outbox outbox,
      Tombstones tombstones,
      LateDisconnects late,
      SentFrames sent,
      FrameFactory frames,
      LogClock clock,
      Figures figures) {
    this.store = store;
    this.outbox = outbox;
    this.tombstones = tombstones;
    this.sent = sent;
    this.frames = frames;
    this.clock = clock;
    this.figures = figures;
    this.late = late;
    this.revived = new StampBatches(users);
    this.stripe = outbox.spare();
  }

  /**
   * Empties the outbox, and hands on frames of what was in it. They are among the sent ones from
   * now on, so that none is lost with an exchange that fails.
   */
  void drain(long nodeMillis, Consumer<byte[]> out) {
    long nowSeconds = Math.floorDiv(nodeMillis, 1_000L);
    takeDepartures();
    for (int i = 0; i < outbox.stripes(); i++) {
      outbox.drain(i, stripe);
      takeHeartbeats(nowSeconds);
    }
    revived.flush(nowSeconds);
    late.drained(nowSeconds);
    writeOthers(nodeMillis, out);
    writeGroups(nodeMillis, out);
    writeDisconnects(nodeMillis, out);
  }

  /**
   * Takes the disconnects out of the outbox: before each frame of others that is applied, so that a
   * heartbeat that came before does not bring the user back.
   */
  void takeDepartures() {
    Outbox.Departure departure;
    while ((departure = outbox.nextDeparture()) != null) {
      long userId = departure.userId();
      long second = Math.max(Stamp.FIRST, Math.floorDiv(departure.millis(), 1_000L));
      if (tombstones.secondOf(userId) >= second) {
        second++; // above a heartbeat that was raised above that tombstone
      }
      tombstones.add(userId, second, departure.order());
      late.add(userId, second, DRAINS_OF_OWN);
      disconnects.add(
          new Disconnect(userId, clock.toLogSecond(second), clock.toLogMillis(departure.millis())));
    }
  }

  /** Keeps the disconnects that came after a time of the log until they can be published. */
  void keepDisconnects(long logMillis) {
    takeDepartures();
    late.clear(); // heartbeats are not seen now: those of the same second win
    disconnects.removeIf(disconnect -> disconnect.millis() < logMillis);
    if (disconnects.size() > Outbox.MOST_DEPARTURES) {
      disconnects.subList(0, disconnects.size() - Outbox.MOST_DEPARTURES).clear();
    }
  }

  private void takeHeartbeats(long nowSeconds) {
    lostPublished |= stripe.lostPublished;
    if (stripe.lostRepeated) {
      lostRepeated = true;
      late.forEach((userId, second) -> revive(userId, second + 1, nowSeconds));
    }
    for (int i = 0; i < stripe.size; i++) {
      long userId = stripe.userIds[i];
      long second = Integer.toUnsignedLong(stripe.seconds[i]);
      long tombstone = second <= tombstones.latest() ? tombstones.secondOf(userId) : 0;
      if (second <= tombstone) {
        if (!isSuperseded(stripe.order(i), tombstones.orderOf(userId))) {
          revive(userId, tombstone + 1, nowSeconds);
        }
      } else if (stripe.isRepeated(i)) {
        repeated.add(userId);
      } else {
        groups.add(userId, second);
      }
    }
  }

  /** Whether a heartbeat came before a disconnect at this node: see {@link Outbox}. */
  private static boolean isSuperseded(int heartbeat, int disconnect) {
    return disconnect != Tombstones.FOREIGN && ((heartbeat - disconnect) << 1) < 0; // it goes round
  }

  /** Raises a user above a tombstone, here and with the next frames everywhere. */
  void revive(long userId, long second, long nowSeconds) {
    revived.raise(userId, second, nowSeconds);
    groups.add(userId, second);
  }

  /** Raises now those whom {@link #revive} has named. */
  void flushRevived(long nowSeconds) {
    revived.flush(nowSeconds);
  }

  /** Publishes a stamp with the next frames, perhaps once more. */
  void publishAgain(long userId, long second) {
    groups.add(userId, second);
  }

  private void writeGroups(long nodeMillis, Consumer<byte[]> out) {
    repeated.sort();
    if (repeated.size > 0 || lostRepeated) {
      long[] repeatedIds = Arrays.copyOf(repeated.userIds, repeated.size);
      sent.add(new SentFrames.Sent(clock.toLogMillis(nodeMillis), repeatedIds, lostRepeated));
      repeated.size = 0;
      lostRepeated = false;
    }
    FrameWriter writer = null;
    for (SecondGroups.Group group : groups.groups()) {
      group.sort();
      for (int from = 0; from < group.size; ) {
        if (writer == null) {
          writer = frames.begin(nodeMillis);
        }
        int to = Math.min(group.size, from + writer.room());
        writer.beats(clock.toLogSecond(group.second), group.userIds, from, to);
        figures.sentUsers.add(to - from);
        from = to;
        if (writer.room() == 0) {
          send(writer.end(), nodeMillis, out);
          writer = null;
        }
      }
    }
    groups.clear();
    if (writer != null) {
      send(writer.end(), nodeMillis, out);
    }
  }

  /** Late heartbeats of many seconds: what counts of them is in the store. */
  private void writeOthers(long nodeMillis, Consumer<byte[]> out) {
    SecondGroups.Group others = groups.others();
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
        send(writer.end(), nodeMillis, out);
      }
      from = to;
    }
  }

  private void writeDisconnects(long nodeMillis, Consumer<byte[]> out) {
    for (int from = 0; from < disconnects.size(); from += FrameWriter.LARGEST_COUNT) {
      int to = Math.min(disconnects.size(), from + FrameWriter.LARGEST_COUNT);
      byte[] frame = frames.disconnects(nodeMillis, disconnects.subList(from, to));
      figures.sentUsers.add(to - from);
      send(frame, nodeMillis, out);
    }
    disconnects.clear();
  }

  private void send(byte[] frame, long nodeMillis, Consumer<byte[]> out) {
    sent.add(new SentFrames.Sent(clock.toLogMillis(nodeMillis), frame));
    out.accept(frame);
  }

  /** Whether heartbeats got lost that were to be published; asks once. */
  boolean takeLostPublished() {
    boolean lost = lostPublished;
    lostPublished = false;
    return lost;
  }
}
