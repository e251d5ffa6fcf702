package dev.presence.internal.replication;

import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.StampStore;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Applies the frames of other nodes to this node's store. Skips and counts what is none. For one
 * thread.
 */
final class Mirror {

  /** Besides what the measurements of two nodes may be wrong by. */
  private static final long SLACK_MILLIS = 10;

  /** A tombstone further ahead comes from a clock that is wrong. */
  private static final long TOMBSTONE_SECONDS_AHEAD = 10;

  /** So does a stamp, which may lie above a tombstone. */
  private static final long STAMP_SECONDS_AHEAD = TOMBSTONE_SECONDS_AHEAD + 2;

  /** How close to a disconnect a stamp is too close to say what came first. */
  private static final long UNCERTAIN_SECONDS = 2;

  /**
   * Until a heartbeat of the same second is known, wherever it came: whoever took it reads the
   * disconnect, publishes in the next drain, and that has to be read.
   */
  private static final int DRAINS_TO_WAIT = 4;

  private static final int MOST_SENDERS = 4_096;

  private final StampStore store;
  private final MirroredUsers users;
  private final LateDisconnects late;
  private final Publisher publisher;
  private final Tombstones tombstones;
  private final SentFrames sent;
  private final LogClock clock;
  private final Figures figures;
  private final long nodeId;
  private final long retentionSeconds;
  private final boolean republishes;

  private final Frame frame = new Frame();
  private final Frame own = new Frame();
  private final StampBatches raised;
  private final Map<Long, Long> lastNumbers = new Senders();
  private boolean missedFrames;
  private boolean saidNewer;

  /** When the earliest frame of another node was made, in the log's time. */
  private long earliestMillis = Long.MAX_VALUE;

  /** Until when, in the log's time, heartbeats may have been in no frame of this node. */
  private long blindToMillis = Long.MIN_VALUE;

  /**
   * A mirror of all other nodes.
   *
   * @param republishes whether a cell is longer than a second: the others may know an earlier stamp
   *     of a user than this node, and take it for older than a tombstone
   */
  Mirror(
      StampStore store,
      MirroredUsers users,
      Publisher publisher,
      Tombstones tombstones,
      LateDisconnects late,
      SentFrames sent,
      LogClock clock,
      Figures figures,
      long nodeId,
      long retentionSeconds,
      boolean republishes) {
    this.store = store;
    this.users = users;
    this.publisher = publisher;
    this.tombstones = tombstones;
    this.late = late;
    this.sent = sent;
    this.clock = clock;
    this.figures = figures;
    this.nodeId = nodeId;
    this.retentionSeconds = retentionSeconds;
    this.republishes = republishes;
    this.raised = new StampBatches(users);
  }

  /** Says that up to a time of the log heartbeats came that are in no frame of this node. */
  void wasBlind(long logMillis) {
    blindToMillis = logMillis + slackMillis();
  }

  /** Whether it was before that. */
  boolean wasBlindBefore(long logMillis) {
    return blindToMillis < logMillis;
  }

  /** The log's second from which on there are frames of others; 0 if there are none. */
  long earliestSecond() {
    return earliestMillis == Long.MAX_VALUE ? 0 : Math.floorDiv(earliestMillis, 1_000L);
  }

  /** Applies a frame, unless it is this node's own or none; then hands on what else is in it. */
  void apply(byte[] bytes, long nowSeconds, Transfer transfer) {
    try {
      frame.read(bytes);
    } catch (BadFrameException e) {
      skip(e);
      return;
    }
    if (frame.nodeId == nodeId) {
      return;
    }
    earliestMillis = Math.min(earliestMillis, frame.logMillis);
    noteNumber();
    publisher.takeDepartures();
    figures.receivedUsers.add(frame.size + frame.disconnects.size());
    applyStamps(nowSeconds);
    applyDisconnects(nowSeconds);
    transfer.read(frame);
  }

  private void skip(BadFrameException e) {
    figures.badFrames.increment();
    if (e.isNewer() && !saidNewer) {
      saidNewer = true;
      System.getLogger("dev.presence")
          .log(
              Level.WARNING,
              "frames of a newer version of this library are skipped; nodes of this version do not"
                  + " see the users of that one: "
                  + e.getMessage());
    }
  }

  /** Counts on when a node's numbers go up by one; smaller ones are repetitions. */
  private void noteNumber() {
    if (frame.number == FrameFactory.UNNUMBERED) {
      return;
    }
    Long last = lastNumbers.get(frame.nodeId);
    missedFrames |= last != null && frame.number > last + 1;
    if (last == null || frame.number > last) {
      lastNumbers.put(frame.nodeId, frame.number);
    }
  }

  /** Whether frames of others are missing; asks once. */
  boolean takeMissedFrames() {
    boolean missed = missedFrames;
    missedFrames = false;
    return missed;
  }

  private void applyStamps(long nowSeconds) {
    for (int i = 0; i < frame.size; i++) {
      long second = clock.toNodeSecond(frame.seconds[i]);
      if (second > nowSeconds + STAMP_SECONDS_AHEAD) {
        // Of a clock that is wrong, or of a user who came back many times in a second.
        second = Math.max(nowSeconds, tombstones.secondOf(frame.userIds[i]) + 1);
      }
      if (second >= Stamp.FIRST
          && nowSeconds - second < retentionSeconds
          && (second > tombstones.latest() || second > tombstones.secondOf(frame.userIds[i]))) {
        raised.raise(frame.userIds[i], Math.min(second, Stamp.LAST), nowSeconds);
      }
    }
    raised.flush(nowSeconds);
    figures.refusedUsers = raised.refused();
  }

  private void applyDisconnects(long nowSeconds) {
    Map<Long, Disconnect> covered = new HashMap<>();
    for (Disconnect disconnect : frame.disconnects) {
      long second = tombstoneSecond(disconnect, nowSeconds);
      if (second >= Stamp.FIRST
          && tombstones.add(disconnect.userId(), second, Tombstones.FOREIGN)) {
        covered.put(disconnect.userId(), disconnect);
      }
    }
    if (covered.isEmpty()) {
      return;
    }
    keepThoseWhoCameBack(covered, nowSeconds);
    for (Disconnect disconnect : covered.values()) {
      long second = tombstoneSecond(disconnect, nowSeconds);
      int certain = (int) Math.max(Stamp.NONE, second - UNCERTAIN_SECONDS);
      users.disconnect(disconnect.userId(), certain, nowSeconds);
      late.add(disconnect.userId(), second, DRAINS_TO_WAIT);
      publishIfAbove(disconnect.userId(), second, nowSeconds);
    }
  }

  /**
   * Publishes a stamp above a tombstone once more, if another node may not have it. That is so if a
   * cell is longer than a second. And a node whose clock runs behind by part of a second knew a
   * heartbeat, lowered its stamp, and gave the disconnect an earlier second than the heartbeat's.
   */
  private void publishIfAbove(long userId, long second, long nowSeconds) {
    long stored = storedSecond(userId);
    if (stored > second
        && stored <= nowSeconds + STAMP_SECONDS_AHEAD
        && (republishes || stored <= second + UNCERTAIN_SECONDS)) {
      publisher.publishAgain(userId, stored);
    }
  }

  /**
   * Not far ahead of when the disconnect was: whoever reads it once more, much later, must not find
   * that it covers heartbeats which have come since.
   */
  private long tombstoneSecond(Disconnect disconnect, long nowSeconds) {
    long second = clock.toNodeSecond(disconnect.second());
    long was = clock.toNodeSecond(Math.floorDiv(disconnect.millis(), 1_000L));
    long latest = Math.min(was, nowSeconds) + TOMBSTONE_SECONDS_AHEAD;
    return Math.min(Math.min(second, latest), Stamp.LAST - 1);
  }

  private long storedSecond(long userId) {
    return Integer.toUnsignedLong(store.stampOf(userId));
  }

  /** Takes out, and revives, the users of whom a heartbeat came to this node after that. */
  private void keepThoseWhoCameBack(Map<Long, Disconnect> covered, long nowSeconds) {
    long earliest = Long.MAX_VALUE;
    for (Disconnect disconnect : covered.values()) {
      earliest = Math.min(earliest, disconnect.millis());
    }
    for (SentFrames.Sent frameSent : sent.since(earliest - slackMillis())) {
      if (frameSent.bytes != null) {
        readOwn(frameSent.bytes);
        for (int i = 0; i < own.size; i++) {
          keepIfLater(own.userIds[i], frameSent.logMillis, covered, nowSeconds);
        }
      }
      for (long userId : frameSent.repeated) {
        keepIfLater(userId, frameSent.logMillis, covered, nowSeconds);
      }
    }
    publisher.forEachWaiting(userId -> keepIfLater(userId, Long.MAX_VALUE, covered, nowSeconds));
    covered
        .values()
        .removeIf(
            disconnect -> {
              boolean isKept = mayHaveMissed(disconnect) && isOfTheSecond(disconnect, nowSeconds);
              if (isKept) {
                revive(disconnect, nowSeconds);
              }
              return isKept;
            });
    publisher.flushRevived(nowSeconds);
  }

  private void keepIfLater(
      long userId, long sentMillis, Map<Long, Disconnect> covered, long nowSeconds) {
    Disconnect disconnect = covered.get(userId);
    if (disconnect != null && sentMillis >= disconnect.millis() - slackMillis()) {
      covered.remove(userId);
      revive(disconnect, nowSeconds);
    }
  }

  /** How far the times of two nodes may be apart that are the same. */
  private long slackMillis() {
    return SLACK_MILLIS + 2 * clock.errorMillis();
  }

  private void revive(Disconnect disconnect, long nowSeconds) {
    long second = tombstoneSecond(disconnect, nowSeconds) + 1;
    publisher.revive(
        disconnect.userId(), Math.max(second, storedSecond(disconnect.userId())), nowSeconds);
  }

  /** Whether a heartbeat may have come to this node after that, of which no frame tells. */
  private boolean mayHaveMissed(Disconnect disconnect) {
    return disconnect.millis() - slackMillis() <= sent.missingMillis()
        || (disconnect.millis() <= blindToMillis && publisher.mayHaveMissed(disconnect.userId()));
  }

  /** Whether the user's stamp is too close to the disconnect to say what came first. */
  private boolean isOfTheSecond(Disconnect disconnect, long nowSeconds) {
    return storedSecond(disconnect.userId())
        >= tombstoneSecond(disconnect, nowSeconds) - UNCERTAIN_SECONDS;
  }

  private void readOwn(byte[] bytes) {
    try {
      own.read(bytes);
    } catch (BadFrameException e) {
      throw new IllegalStateException("a node must be able to read its own frames", e);
    }
  }

  /** The nodes heard of last. */
  private static final class Senders extends LinkedHashMap<Long, Long> {
    private static final long serialVersionUID = 1L;

    Senders() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
      return size() > MOST_SENDERS;
    }
  }
}
