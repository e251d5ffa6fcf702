package dev.presence.internal.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.ActorPair;
import dev.presence.internal.store.Batch;
import dev.presence.internal.store.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What callers leave, the thread of replication finds. */
class OutboxTest {

  private static final long SECOND = 1_800_000_000L;

  private final Outbox outbox = new Outbox(1, 1 << 20);
  private final Outbox.Stripe drained = outbox.spare();

  private record Entry(long userId, long second, boolean isRepeated, int order) {}

  private List<Entry> drain(Outbox from) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < from.stripes(); i++) {
      from.drain(i, drained);
      for (int j = 0; j < drained.size; j++) {
        entries.add(
            new Entry(
                drained.userIds[j],
                Integer.toUnsignedLong(drained.seconds[j]),
                drained.isRepeated(j),
                drained.order(j)));
      }
    }
    return entries;
  }

  private List<Entry> drain() {
    return drain(outbox);
  }

  @Test
  void heartbeat_off_isNotKeptButItsSecondAndUserAre() {
    outbox.heartbeat(7, Stamp.NONE, SECOND);
    outbox.heartbeat(8, Stamp.NONE, SECOND - 20);
    outbox.heartbeats(batch(9), SECOND);
    assertThat(drain()).isEmpty();
    assertThat(outbox.switchOn()).isEqualTo(SECOND - 20);
    assertThat(outbox.switchOn()).isEqualTo(Long.MAX_VALUE);
    for (long userId = 7; userId <= 9; userId++) {
      assertThat(outbox.missedUsers().mayHave(userId)).isTrue();
    }
    assertThat(outbox.missedUsers().mayHave(10)).isFalse();
    outbox.missedUsers().clear();
    assertThat(outbox.missedUsers().mayHave(7)).isFalse();
  }

  @Test
  void switchOff_whatIsThere_isThrownAwayButItsSecondAndUserAreNoted() {
    outbox.switchOn();
    outbox.heartbeat(7, Stamp.NONE, SECOND - 9);
    outbox.switchOff();
    assertThat(drain()).isEmpty();
    assertThat(outbox.missedUsers().mayHave(7)).isTrue();
    assertThat(outbox.switchOn()).isEqualTo(SECOND - 9);
  }

  @Test
  void heartbeat_ofTheSameCell_isRepeated() {
    Outbox ofFive = new Outbox(5, 1 << 10);
    ofFive.switchOn();
    ofFive.heartbeat(1, Stamp.NONE, SECOND);
    ofFive.heartbeat(2, SECOND, SECOND + 4);
    ofFive.heartbeat(3, SECOND + 4, SECOND + 5);
    ofFive.heartbeat(4, SECOND + 2, SECOND);
    ofFive.heartbeat(5, SECOND + 3_600, SECOND);
    assertThat(drain(ofFive))
        .extracting(Entry::isRepeated)
        .containsExactly(false, true, false, true, false);
  }

  @Test
  void heartbeats_ofABatch_areToldApart() {
    outbox.switchOn();
    Batch batch = batch(1, 2);
    batch.stamps[1] = (int) SECOND;
    outbox.heartbeats(batch, SECOND);
    assertThat(drain())
        .containsExactly(new Entry(1, SECOND, false, 0), new Entry(2, SECOND, true, 0));
  }

  private static Batch batch(long... userIds) {
    Batch batch = new Batch();
    batch.load(userIds, 0);
    return batch;
  }

  @Test
  void order_countsDisconnects() {
    outbox.switchOn();
    outbox.heartbeat(1, Stamp.NONE, SECOND);
    outbox.disconnect(1, SECOND * 1_000);
    outbox.heartbeat(1, Stamp.NONE, SECOND);
    assertThat(drain()).extracting(Entry::order).containsExactly(0, 1);
    assertThat(outbox.nextDeparture()).isEqualTo(new Outbox.Departure(1, SECOND * 1_000, 1));
    assertThat(outbox.nextDeparture()).isNull();
  }

  @Test
  void departures_moreThanThereMayBe_areDropped() {
    for (int i = 0; i < 300_000; i++) {
      outbox.disconnect(i, i);
    }
    int kept = 0;
    while (outbox.nextDeparture() != null) {
      kept++;
    }
    assertThat(kept).isEqualTo(1 << 18);
    outbox.disconnect(1, 1);
    assertThat(outbox.nextDeparture()).isNotNull();
  }

  @Test
  void full_saysTheEarliestSecondThatFoundNoPlace() {
    Outbox small = new Outbox(1, 1);
    small.switchOn();
    for (int i = 0; i < 256; i++) {
      small.heartbeat(i, Stamp.NONE, SECOND);
    }
    small.heartbeat(256, Stamp.NONE, SECOND - 3);
    small.heartbeat(257, Stamp.NONE, SECOND - 2);
    assertThat(drainOne(small).size).isEqualTo(256);
    assertThat(drained.earliestLost).isEqualTo(SECOND - 3);
    small.heartbeat(1, Stamp.NONE, SECOND);
    drainOne(small);
    assertThat(drained.size).isEqualTo(1);
    assertThat(drained.earliestLost).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void repeated_moreThanAreWorthIt_areDroppedAndTheOthersAreNot() {
    outbox.switchOn();
    for (int i = 0; i < 5_000; i++) {
      outbox.heartbeat(i, SECOND, SECOND);
      outbox.heartbeat(10_000 + i, Stamp.NONE, SECOND);
    }
    drainOne(outbox);
    assertThat(drained.size).isEqualTo(4_096 + 5_000);
    assertThat(drained.lostRepeated).isTrue();
    assertThat(drained.earliestLost).isEqualTo(Long.MAX_VALUE);
  }

  /** This thread's heartbeats are all in one place. */
  private Outbox.Stripe drainOne(Outbox from) {
    for (int i = 0; i < from.stripes(); i++) {
      from.drain(i, drained);
      if (drained.size > 0) {
        break;
      }
    }
    return drained;
  }

  @Test
  void heartbeatsBesideDrains_areAllFound() throws Exception {
    outbox.switchOn();
    AtomicLong next = new AtomicLong();
    Set<Long> found = ConcurrentHashMap.newKeySet();
    ActorPair.race(
        5,
        () -> {},
        () -> {
          for (int i = 0; i < 20; i++) {
            outbox.heartbeat(next.getAndIncrement(), Stamp.NONE, SECOND);
          }
          outbox.heartbeats(batch(next.getAndIncrement(), next.getAndIncrement()), SECOND);
        },
        () -> drain().forEach(entry -> found.add(entry.userId())),
        () -> {
          drain().forEach(entry -> found.add(entry.userId()));
          return found.size() == next.get() ? "all found" : "some lost";
        },
        "all found");
  }

  /** Whoever switches the outbox on reads the stamps afterwards. */
  @Test
  void heartbeatBesideSwitchingOn_isKeptOrSeenInTheStore() throws Exception {
    AtomicLong stamp = new AtomicLong();
    AtomicLong missed = new AtomicLong();
    AtomicLong scanned = new AtomicLong();
    ActorPair.race(
        1,
        () -> {
          outbox.switchOff();
          outbox.switchOn(); // forgets what was missed
          outbox.switchOff();
          stamp.set(0);
        },
        () -> {
          stamp.set(SECOND - 25);
          outbox.heartbeat(7, Stamp.NONE, SECOND - 25);
        },
        () -> {
          missed.set(outbox.switchOn());
          scanned.set(stamp.get());
        },
        () -> {
          boolean isKept = !drain().isEmpty();
          boolean isScanned = missed.get() <= SECOND - 25 && scanned.get() == SECOND - 25;
          return isKept ? "kept" : isScanned ? "scanned" : "lost";
        },
        "kept",
        "scanned");
  }

  @Test
  void heartbeatBesideADisconnect_thatBeganAfterItHasNoLowerOrder() throws Exception {
    outbox.switchOn();
    AtomicInteger stamp = new AtomicInteger();
    AtomicInteger readByHeartbeat = new AtomicInteger();
    ActorPair.race(
        5,
        () -> {
          drain();
          while (outbox.nextDeparture() != null) {
            stamp.set(0);
          }
          stamp.set(0);
        },
        () -> {
          outbox.disconnect(7, SECOND * 1_000);
          stamp.set(1); // lowered
        },
        () -> {
          readByHeartbeat.set(stamp.get());
          outbox.heartbeat(7, Stamp.NONE, SECOND);
        },
        () -> {
          int disconnect = outbox.nextDeparture().order();
          int heartbeat = drain().get(0).order();
          boolean beganAfter = readByHeartbeat.get() == 1;
          return beganAfter && heartbeat < disconnect ? "wrong" : "right";
        },
        "right");
  }
}
