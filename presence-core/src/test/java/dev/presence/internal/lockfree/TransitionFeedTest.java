package dev.presence.internal.lockfree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.internal.concurrent.Ticket;
import dev.presence.internal.store.Stamp;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a feed tells between a move of the horizon and the scan that follows. {@link
 * TransitionFeedModelTest} mixes all of this; here it has names.
 */
class TransitionFeedTest {

  private static final int MAX_USERS = 100;

  /** User 7 is announced with the stamp 100, and the horizon has moved over it, from 50 to 150. */
  private static FeedFixture passed(String kind) {
    FeedFixture fixture = FeedFixture.open(kind, MAX_USERS);
    fixture.store.raise(7, 100);
    fixture.start(50);
    fixture.feed.moveTo(150);
    return fixture;
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast", "locked"})
  void heartbeat_beforeTheScan_wasNeverGone(String kind) {
    try (FeedFixture fixture = passed(kind)) {
      fixture.store.raise(7, 200);
      fixture.expire();
      assertThat(fixture.takeEvents()).isEmpty();
      assertThat(fixture.announced()).isEqualTo(Map.of(7L, 200));
      fixture.feed.moveTo(200); // the block's earliest stamp is still found
      fixture.expire();
      assertThat(fixture.takeEvents()).containsExactly("offline 7 200");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast", "locked"})
  void batch_beforeTheScan_wasNeverGone_andNewUsersCome(String kind) {
    try (FeedFixture fixture = passed(kind)) {
      fixture.raiseBatch(200, 7, 8, 7, 8);
      fixture.expire();
      assertThat(fixture.takeEvents()).containsExactly("online 8 200");
      assertThat(fixture.announced()).isEqualTo(Map.of(7L, 200, 8L, 200));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast", "locked"})
  void lateStamp_beforeTheScan_atOrBelowTheHorizon_goesWithIt(String kind) {
    try (FeedFixture fixture = passed(kind)) {
      fixture.store.raise(7, 150);
      assertThat(fixture.takeEvents()).isEmpty();
      fixture.expire();
      assertThat(fixture.takeEvents()).containsExactly("offline 7 150");
      fixture.store.raise(7, 151);
      assertThat(fixture.takeEvents()).containsExactly("online 7 151");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast", "locked"})
  void disconnect_beforeTheScan_isToldOnce_withTheStampBefore(String kind) {
    try (FeedFixture fixture = passed(kind)) {
      fixture.store.lower(7, 170);
      assertThat(fixture.takeEvents()).containsExactly("offline 7 100");
      fixture.expire();
      assertThat(fixture.takeEvents()).isEmpty();
      fixture.store.raise(7, 160);
      fixture.store.forget(7);
      fixture.store.forget(7);
      assertThat(fixture.takeEvents()).containsExactly("online 7 160", "offline 7 160");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast", "locked"})
  void disconnect_toAStampAboveTheHorizon_lowersToTheHorizon(String kind) {
    try (FeedFixture fixture = FeedFixture.open(kind, MAX_USERS)) {
      fixture.store.raise(7, 100);
      fixture.start(50);
      fixture.store.lower(7, 80);
      assertThat(fixture.store.stampOf(7)).isEqualTo(50);
      assertThat(fixture.takeEvents()).containsExactly("offline 7 100");
      fixture.reconcile();
      assertThat(fixture.takeEvents()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast", "locked"})
  void regularSweep_beforeTheScan_sparesTheAnnounced(String kind) {
    try (FeedFixture fixture = passed(kind)) {
      fixture.store.raise(8, 60);
      assertThat(fixture.sweep(120, true)).isEqualTo(1);
      assertThat(fixture.store.stampOf(7)).isEqualTo(100);
      assertThat(fixture.takeEvents()).isEmpty();
      fixture.expire();
      assertThat(fixture.sweep(120, true)).isEqualTo(1);
      assertThat(fixture.takeEvents()).containsExactly("offline 7 100");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast", "locked"})
  void sweepForRoom_beforeTheScan_tells_andTheEntryIsAnothers(String kind) {
    try (FeedFixture fixture = passed(kind)) {
      assertThat(fixture.sweep(120, false)).isEqualTo(1);
      fixture.store.raise(8, 200); // takes the entry of 7
      fixture.expire();
      assertThat(fixture.takeEvents()).containsExactly("offline 7 100", "online 8 200");
      assertThat(fixture.announced(7)).isEmpty();
      assertThat(fixture.announced(8)).isEqualTo(Map.of(8L, 200));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast", "locked"})
  void replacedStamp_isFoundByTheNextScan(String kind) {
    try (FeedFixture fixture = FeedFixture.open(kind, MAX_USERS)) {
      fixture.store.raise(7, 1_000);
      fixture.start(50);
      fixture.store.replace(7, 999, 100);
      assertThat(fixture.announced()).isEqualTo(Map.of(7L, 1_000));
      fixture.store.replace(7, 1_000, 100);
      fixture.feed.moveTo(100);
      fixture.expire();
      assertThat(fixture.takeEvents()).containsExactly("offline 7 100");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast", "locked"})
  void horizonBack_reconcileTellsWhoIsOnlineAgain(String kind) {
    try (FeedFixture fixture = passed(kind)) {
      fixture.expire();
      fixture.feed.moveTo(99);
      fixture.reconcile();
      fixture.reconcile();
      assertThat(fixture.takeEvents()).containsExactly("offline 7 100", "online 7 100");
      fixture.feed.moveTo(100);
      fixture.expire();
      assertThat(fixture.takeEvents()).containsExactly("offline 7 100");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast", "locked"})
  void stoppedAndStartedAgain_nothingIsLeftOfTheTimeBetween(String kind) {
    try (FeedFixture fixture = passed(kind)) {
      fixture.store.raise(8, 300);
      fixture.feed.stop();
      assertThat(fixture.feed.horizon()).isEqualTo(Stamp.NONE);
      fixture.store.forget(8);
      fixture.store.raise(9, 300);
      fixture.sweep(200, true);
      fixture.store.raise(10, 140); // takes the entry of 7 or 8
      fixture.start(150);
      assertThat(fixture.announced()).isEqualTo(Map.of(9L, 300));
      assertThat(fixture.takeEvents()).isEmpty();
      fixture.store.raise(10, 160);
      fixture.store.raise(8, 160);
      assertThat(fixture.takeEvents()).containsExactly("online 10 160", "online 8 160");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast", "locked"})
  void copyOfAUser_comesAfterWhatHasHappenedBefore(String kind) {
    try (FeedFixture fixture = passed(kind)) {
      fixture.store.lower(7, 1);
      fixture.store.raise(7, 200);
      assertThat(fixture.announced(7)).isEqualTo(Map.of(7L, 200));
      assertThat(fixture.found.size()).isEqualTo(2); // handed out with the copy
      assertThat(fixture.takeEvents()).containsExactly("offline 7 100", "online 7 200");
      fixture.store.raise(8, 200);
      assertThat(fixture.announced()).containsOnlyKeys(7L, 8L);
      assertThat(fixture.found.size()).isEqualTo(1);
    }
  }

  @Test
  void logThatOverflows_saysSo_andForgetsNobody() {
    try (FeedFixture fixture = FeedFixture.withLogs(4, MAX_USERS)) {
      fixture.start(50);
      for (int userId = 0; userId < 5; userId++) {
        fixture.store.raise(userId, 100);
      }
      fixture.store.forget(0);
      assertThat(fixture.wakes).hasValue(1); // at a quarter
      assertThat(fixture.takeEvents())
          .containsExactly(
              "online 0 100", "online 1 100", "online 2 100", "online 3 100", "incomplete");
      assertThat(fixture.announced()).containsOnlyKeys(1L, 2L, 3L, 4L);
      fixture.store.forget(4);
      assertThat(fixture.takeEvents()).containsExactly("offline 4 100");
      fixture.feed.moveTo(100);
      fixture.expire();
      assertThat(fixture.takeEvents())
          .containsExactlyInAnyOrder("offline 1 100", "offline 2 100", "offline 3 100");
    }
  }

  /** As an Error would that ends the call after it has raised the stamp. */
  @Test
  void heartbeatThatEndedHalfWay_isFoundByReconcile() {
    try (FeedFixture fixture = FeedFixture.open("fast", MAX_USERS)) {
      fixture.store.raise(7, 40);
      fixture.start(50);
      StampCell.raiseAbove(Stamp.NONE, addressOf(fixture, 7), 100);
      assertThat(fixture.takeEvents()).isEmpty();
      fixture.reconcile();
      assertThat(fixture.takeEvents()).containsExactly("online 7 100");
    }
  }

  @Test
  void disconnectThatEndedHalfWay_isToldByTheNextSweep_andTheEntryIsAnothers() {
    try (FeedFixture fixture = FeedFixture.open("fast", MAX_USERS)) {
      fixture.store.raise(7, 100);
      fixture.start(50);
      StampCell.lower(addressOf(fixture, 7), Stamp.NONE, -1);
      assertThat(fixture.sweep(1, true)).isEqualTo(1);
      fixture.store.raise(8, 100); // takes the entry of 7
      assertThat(fixture.takeEvents()).containsExactly("offline 7 0", "online 8 100");
    }
  }

  /** The call has read the horizon before it moved, and finds the user announced afterwards. */
  @Test
  void heartbeat_whileTheScanLooksAtItsBlock_wasNeverGone() {
    long[] address = new long[1];
    BlockScan scan =
        new BlockScan() {
          @Override
          void read(long firstEntry, int entries, int horizon) {
            super.read(firstEntry, entries, horizon);
            if (horizon == 150) {
              StampCell.raiseAbove(50, address[0], 200);
            }
          }
        };
    try (FeedFixture fixture = FeedFixture.withScan(scan, MAX_USERS, MAX_USERS)) {
      fixture.store.raise(7, 100);
      address[0] = addressOf(fixture, 7);
      fixture.start(50);
      fixture.feed.moveTo(150);
      fixture.expire();
      assertThat(fixture.takeEvents()).isEmpty();
      assertThat(fixture.announced()).isEqualTo(Map.of(7L, 200));
      fixture.feed.moveTo(200); // the block's earliest stamp is still found
      fixture.expire();
      assertThat(fixture.takeEvents()).containsExactly("offline 7 200");
    }
  }

  /** The batch has found the user, and waits for the lock meanwhile. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void batch_whileTheUserIsRemoved_bringsTheUserAndNobodyElse(boolean isEntryReused)
      throws Exception {
    try (FeedFixture fixture = passed("fast")) {
      fixture.expire();
      Thread batch = new Thread(() -> fixture.raiseBatch(200, 7));
      synchronized (((LockFreeStore) fixture.store).lockOf(7)) {
        batch.start();
        while (batch.getState() != Thread.State.BLOCKED) {
          Thread.onSpinWait();
        }
        assertThat(fixture.sweep(101, true)).isEqualTo(1);
        if (isEntryReused) {
          fixture.store.raise(8, 160);
        }
      }
      batch.join();
      assertThat(fixture.announced())
          .isEqualTo(isEntryReused ? Map.of(7L, 200, 8L, 160) : Map.of(7L, 200));
      assertThat(fixture.store.stampOf(7)).isEqualTo(200);
      assertThat(fixture.store.users().tracked()).isEqualTo(isEntryReused ? 2 : 1);
    }
  }

  @Test
  void start_whileACallIsInside_waitsForIt() throws Exception {
    try (FeedFixture fixture = FeedFixture.open("fast", MAX_USERS)) {
      LockFreeStore store = (LockFreeStore) fixture.store;
      store.raise(7, 100);
      Ticket inside = store.gate().enter(); // a disconnect that has not lowered the stamp yet
      Thread starting = new Thread(() -> fixture.start(50));
      starting.start();
      while (starting.isAlive() && starting.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      assertThat(starting.isAlive()).isTrue();
      StampCell.lower(store.find(7), Stamp.NONE, -1);
      inside.state = inside.outside;
      starting.join();
      assertThat(fixture.announced()).isEmpty();
    }
  }

  private static long addressOf(FeedFixture fixture, long userId) {
    return ((LockFreeStore) fixture.store).find(userId);
  }
}
