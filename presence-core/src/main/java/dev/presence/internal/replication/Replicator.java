package dev.presence.internal.replication;

import dev.presence.internal.store.EpochClock;
import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.StampStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Exchanges frames with the other nodes. Holds the link to the log, and brings both sides up to
 * date when it is back after it was lost. For one thread, which calls {@link #exchange()} again and
 * again; no other one is needed, so a simulation can run many of these.
 */
final class Replicator {

  /** How long a round trip may take. After that the link counts as lost. */
  private static final long TIMEOUT_NANOS = 1_000_000_000L;

  /** How long the first connection may take, which loads the classes of the client, too. */
  private static final long FIRST_TIMEOUT_NANOS = 5_000_000_000L;

  /** What the log acknowledged within this time may be lost all the same, by a fail-over. */
  private static final long UNSAFE_MILLIS = 10_000;

  private static final long MOST_HORIZON_SECONDS = 60;
  private static final long LONGEST_TOMBSTONE_SECONDS = 600;
  private static final int MOST_TOMBSTONES = 1 << 18;
  private static final long MOST_SENT_BYTES = 16L << 20;
  private static final int FRAMES_A_ROUND_TRIP = 16;

  /** Parts of a scan that are published with one drain: half a million users, in some 4 MB. */
  private static final int SCANS_A_DRAIN = 64;

  private static final long HOUSEKEEPING_NANOS = 5_000_000_000L;
  private static final long BETWEEN_REQUESTS_NANOS = 10_000_000_000L;

  /** A clock that jumps by more has been set. */
  private static final long JUMP_SECONDS = 2;

  private final ReplicationSettings settings;
  private final StampStore store;
  private final EpochClock epochClock;
  private final LongSupplier nanoTime;
  private final Outbox outbox;
  private final long retentionSeconds;
  private final long horizonSeconds;
  private final long tombstoneSeconds;

  private final Figures figures = new Figures();
  private final LogClock clock = new LogClock();
  private final Tombstones tombstones = new Tombstones(MOST_TOMBSTONES);
  private final SentFrames sent = new SentFrames(MOST_SENT_BYTES);
  private final FrameFactory frames;
  private final Publisher publisher;
  private final Mirror mirror;
  private final Transfer transfer;
  private final Backoff backoff;
  private final ClockWatch clockWatch;
  private final LinkLog linkLog;

  /** Null while there is no link. */
  private LogSession session;

  private final Deque<byte[]> queue = new ArrayDeque<>();

  /** Reads what the others have missed of this node; null if nothing. */
  private StoreScan scan;

  /** Up to when, by the node's clock, all heartbeats of this node are in the log. */
  private long publishedMillis;

  /** When, by the log's clock, this node last knew all that was in the log. */
  private long completeSecond;

  /** Since when this node has missed frames; {@code Long.MAX_VALUE} if it has not. */
  private long missedFromSecond = Long.MAX_VALUE;

  /** What the last scan began with, as long as a fail-over may have lost it. */
  private long scanFromSecond = Long.MAX_VALUE;

  /** Until when; 0 while the scan goes on. */
  private long scanSafeNanos;

  private long nextAttemptNanos;
  private long nextHousekeepingNanos;
  private long nextRequestNanos;
  private boolean wasLinked;
  private boolean hasToReread;

  Replicator(
      ReplicationSettings settings,
      Outbox outbox,
      StampStore store,
      MirroredUsers users,
      EpochClock epochClock,
      LongSupplier nanoTime,
      long windowSeconds,
      long retentionSeconds,
      RandomGenerator random) {
    this.settings = settings;
    this.outbox = outbox;
    this.store = store;
    this.epochClock = epochClock;
    this.nanoTime = nanoTime;
    this.retentionSeconds = retentionSeconds;
    this.horizonSeconds = Math.min(windowSeconds, MOST_HORIZON_SECONDS) + JUMP_SECONDS;
    this.tombstoneSeconds = Math.min(windowSeconds, LONGEST_TOMBSTONE_SECONDS) + JUMP_SECONDS;
    this.backoff = new Backoff(random);
    this.linkLog = new LinkLog(settings.log());
    long nodeId = random.nextLong();
    LateDisconnects late = new LateDisconnects(users);
    frames = new FrameFactory(nodeId, clock);
    publisher =
        new Publisher(
            store, users, outbox, tombstones, late, sent, frames, clock, figures, windowSeconds);
    mirror =
        new Mirror(
            store,
            users,
            publisher,
            tombstones,
            late,
            sent,
            clock,
            figures,
            nodeId,
            retentionSeconds,
            settings.publishInterval().toSeconds() > 1);
    transfer =
        new Transfer(
            frames,
            figures,
            nodeId,
            new Responder(store, frames, clock, figures, nodeId, settings.exchangeInterval()),
            settings.exchangeInterval());
    long nanos = nanoTime.getAsLong();
    publishedMillis = epochClock.nowMillis();
    clockWatch = new ClockWatch(publishedMillis, nanos);
    nextAttemptNanos = nanos;
    nextHousekeepingNanos = nanos;
    nextRequestNanos = nanos;
  }

  Figures figures() {
    return figures;
  }

  /** Whether this node knows all users of the others, as far as they can be had. */
  boolean hasJoined() {
    return figures.caughtUp && !transfer.isAsking();
  }

  /** Connects if there is no link and it is time to; then exchanges what there is. */
  void exchange() {
    try {
      boolean wasClockSet = clockWatch.wasSet(epochClock.nowMillis(), nanoTime.getAsLong());
      if (wasClockSet) {
        publisher.forgetDisconnects();
      }
      if (session == null && !connect()) {
        takeDeparturesAlone();
      }
      if (session != null) {
        exchangeAll(wasClockSet);
      }
    } catch (LogException e) {
      lost(e);
    } catch (Throwable e) {
      unlink(); // frames that were read may not have been applied: they are read again
      throw e;
    }
    keepHouse();
  }

  private void takeDeparturesAlone() {
    publisher.takeDeparturesAlone(epochClock.nowMillis() - 1_000 * tombstoneSeconds);
  }

  private boolean connect() throws LogException {
    if (nanoTime.getAsLong() - nextAttemptNanos < 0) {
      return false;
    }
    session = settings.log().connect(wasLinked ? TIMEOUT_NANOS : FIRST_TIMEOUT_NANOS);
    LogReply reply = roundTrip(List.of()); // the log's clock, before anything is written
    long missedSecond = Math.min(outbox.switchOn(), publisher.takeEarliestLost());
    takeDeparturesAlone();
    long nowMillis = epochClock.nowMillis();
    mirror.wasBlind(clock.toLogMillis(nowMillis));
    scanFrom(Math.min(missedSecond, Math.floorDiv(publishedMillis, 1_000L) - JUMP_SECONDS));
    sent.all().forEach(queue::addLast);
    apply(reply); // now that whoever sends a heartbeat beside this leaves it in the outbox
    askForMissed(nowMillis);
    linked();
    return true;
  }

  private void linked() {
    if (wasLinked) {
      figures.reconnections.increment();
    }
    linkLog.back();
    wasLinked = true;
    figures.linked = true;
    backoff.reset();
  }

  private void unlink() {
    closeSession();
    figures.linked = false;
    figures.caughtUp = false;
    outbox.switchOff();
    queue.clear();
    scan = null;
    transfer.unlinked();
  }

  private void lost(LogException e) {
    unlink();
    nextAttemptNanos = nanoTime.getAsLong() + backoff.nextNanos();
    linkLog.lost(e.getMessage());
  }

  private void closeSession() {
    if (session != null) {
      session.close();
      session = null;
    }
  }

  /** Publishes the stamps from a second of the node on. */
  private void scanFrom(long second) {
    long nowSeconds = epochClock.nowSeconds();
    boolean isSafe = scanSafeNanos != 0 && nanoTime.getAsLong() - scanSafeNanos >= 0;
    long from = isSafe ? second : Math.min(second, scanFromSecond);
    scanFromSecond = Math.max(Math.max(Stamp.FIRST, from), nowSeconds - retentionSeconds + 1);
    scanSafeNanos = 0;
    scan = new StoreScan(store, scanFromSecond, nowSeconds + JUMP_SECONDS);
  }

  /** Asks the others for stamps that are not in the log any more. */
  private void askForMissed(long nowMillis) {
    long logSecond = Math.floorDiv(clock.toLogMillis(nowMillis), 1_000L);
    if (!wasLinked) {
      askToJoin(logSecond);
    } else if (nowMillis - publishedMillis > 1_000 * horizonSeconds - UNSAFE_MILLIS) {
      long published = Math.floorDiv(clock.toLogMillis(publishedMillis), 1_000L);
      transfer.ask(published - JUMP_SECONDS, logSecond);
    }
  }

  /** Asks for what is older than the log, which may have lost what it had. */
  private void askToJoin(long logSecond) {
    long wholeSecond = logSecond - horizonSeconds + JUMP_SECONDS;
    long earliestSecond = mirror.earliestSecond();
    boolean isShort = earliestSecond > wholeSecond;
    if (isShort || retentionSeconds > horizonSeconds) {
      // A stamp may be later than the frame that has told of its cell.
      long cellSeconds = JUMP_SECONDS + settings.publishInterval().toSeconds();
      transfer.ask(
          logSecond - retentionSeconds, isShort ? earliestSecond + cellSeconds : wholeSecond);
    }
  }

  private void exchangeAll(boolean wasClockSet) throws LogException {
    long nanos = nanoTime.getAsLong();
    if (wasClockSet) {
      exchange(List.of()); // so that frames carry the log's time, and not what it was before
    }
    long drainMillis = epochClock.nowMillis();
    if (scan == null) {
      askForMissed(drainMillis); // the process may have stood still
    }
    drain(nanos, drainMillis);
    boolean caughtUp;
    do {
      List<byte[]> some = new ArrayList<>();
      while (some.size() < FRAMES_A_ROUND_TRIP && !queue.isEmpty()) {
        some.add(queue.pollFirst());
      }
      caughtUp = exchange(some);
    } while (!queue.isEmpty()
        || (!caughtUp && nanoTime.getAsLong() - nanos < settings.exchangeInterval().toNanos()));
    figures.caughtUp = caughtUp;
    if (mirror.takeMissedFrames()) {
      missedFromSecond = Math.min(missedFromSecond, completeSecond);
    }
    if (caughtUp) {
      figures.completeNanos = nanoTime.getAsLong() | 1;
      completeSecond = Math.floorDiv(clock.toLogMillis(drainMillis), 1_000L);
    }
    published(drainMillis);
    reread();
  }

  private void drain(long nanos, long drainMillis) {
    long nowSeconds = Math.floorDiv(drainMillis, 1_000L);
    publisher.drain(drainMillis, scan != null, queue::addLast);
    if (publisher.takeHasLost()) {
      sent.missing(clock.toLogMillis(drainMillis));
      publisher.reviveLate(nowSeconds);
    }
    if (scan == null) {
      long lostSecond = publisher.takeEarliestLost();
      if (lostSecond != Long.MAX_VALUE) {
        scanFrom(Math.min(lostSecond, Math.floorDiv(publishedMillis, 1_000L) - JUMP_SECONDS));
      }
    }
    if (missedFromSecond != Long.MAX_VALUE && nanos - nextRequestNanos >= 0) {
      nextRequestNanos = nanos + BETWEEN_REQUESTS_NANOS;
      long logSecond = Math.floorDiv(clock.toLogMillis(drainMillis), 1_000L);
      transfer.ask(missedFromSecond - JUMP_SECONDS, logSecond);
      missedFromSecond = Long.MAX_VALUE;
    }
    transfer.drain(nanos, drainMillis, figures.caughtUp, queue::addLast);
    for (int i = 0; i < SCANS_A_DRAIN && scan != null && !scan.isDone(); i++) {
      int count = scan.next();
      if (count > 0) {
        publisher.defend(scan.userIds, scan.seconds, count, nowSeconds);
        figures.sentUsers.add(count);
        queue.addLast(frames.stamps(drainMillis, scan.userIds, scan.seconds, count));
      }
    }
  }

  private void published(long drainMillis) {
    if (scan != null && scan.isDone()) {
      scan = null;
      scanSafeNanos = (nanoTime.getAsLong() + 1_000_000 * UNSAFE_MILLIS) | 1;
    }
    if (scan == null) {
      publishedMillis = drainMillis;
      sent.forgetBefore(clock.toLogMillis(drainMillis) - UNSAFE_MILLIS);
    }
  }

  /** One round trip; returns whether there was no more to read. */
  private boolean exchange(List<byte[]> some) throws LogException {
    LogReply reply = roundTrip(some);
    apply(reply);
    return reply.caughtUp();
  }

  private void apply(LogReply reply) {
    long nowSeconds = epochClock.nowSeconds();
    for (byte[] frame : reply.frames()) {
      mirror.apply(frame, nowSeconds, transfer);
    }
  }

  private LogReply roundTrip(List<byte[]> some) throws LogException {
    long beforeMillis = epochClock.nowMillis();
    LogReply reply = session.exchange(some, 1_000 * horizonSeconds, TIMEOUT_NANOS);
    long afterMillis = epochClock.nowMillis();
    some.forEach(frame -> figures.sentBytes.add(frame.length));
    figures.receivedBytes.add(reply.bytes());
    figures.badFrames.add(reply.skipped());
    long jump = clock.measured(beforeMillis, afterMillis, reply.logMillis());
    figures.clockOffsetMillis = clock.offsetMillis();
    if (wasLinked && jump != 0) {
      moveClock(jump);
    }
    return reply;
  }

  /** What is kept in the node's seconds goes with its clock, but for the stamps in the store. */
  private void moveClock(long jump) {
    publisher.takeDepartures();
    publisher.forgetLate();
    tombstones.move(-jump, epochClock.nowSeconds());
    publishedMillis -= 1_000 * jump;
    hasToReread |= Math.abs(jump) >= JUMP_SECONDS;
  }

  /**
   * After this node's clock was set, the stamps of the others in its store are wrong by as much.
   * The log still has the latest ones.
   */
  private void reread() throws LogException {
    if (hasToReread) {
      hasToReread = false;
      closeSession();
      session = settings.log().connect(TIMEOUT_NANOS);
    }
  }

  private void keepHouse() {
    long nanos = nanoTime.getAsLong();
    if (nanos - nextHousekeepingNanos >= 0) {
      nextHousekeepingNanos = nanos + HOUSEKEEPING_NANOS;
      tombstones.forgetBefore(epochClock.nowSeconds() - tombstoneSeconds);
      long nowMillis = clock.toLogMillis(epochClock.nowMillis());
      if (session != null && mirror.wasBlindBefore(nowMillis - 1_000 * tombstoneSeconds)) {
        outbox.missedUsers().clear(); // disconnects of that time come no more
      }
    }
  }

  /** Publishes what is left, if there is a link, and lets go of it. */
  void close() {
    try {
      for (int i = 0; i < 2 && session != null; i++) {
        exchange(); // the second one publishes whom disconnects in the first one did not cover
      }
    } finally {
      closeSession();
      figures.linked = false;
      figures.caughtUp = false;
    }
  }
}
