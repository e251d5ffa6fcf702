package dev.presence.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presence.Presence;
import dev.presence.PresenceFullException;
import dev.presence.PresenceTiers;
import dev.presence.internal.jfr.Recorder;
import dev.presence.internal.store.EpochClock;
import dev.presence.internal.store.StampStore;
import dev.presence.internal.sweep.Room;
import dev.presence.internal.sweep.Sweeper;
import dev.presence.internal.transitions.Transitions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The hash is no secret, so an attacker who chooses user ids can put as many as they like into one
 * segment. The damage must end there.
 */
class ChosenIdsTest {

  private static final int MAX_USERS = 100_000;
  private static final long SLOWEST_MEDIAN_NANOS = 20_000;

  private final EpochClock clock = new EpochClock(InstantSource.system());
  private final StampStore store =
      StoreOpener.open("test", MAX_USERS, MemoryLimit.ofThisProcess(), clock);
  private final int attacked = store.segmentOf(1);
  private final Sweeper sweeper = new Sweeper(store, clock, 30, 30, Recorder.none());
  private final Presence presence =
      new LocalPresence(
          "test",
          store,
          clock,
          sweeper,
          new Room(store, sweeper, 30, 30),
          new Transitions("test", store, clock, 30, 0, 0, false, Recorder.none()),
          null,
          null,
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          PresenceTiers.builder().tier("ONLINE", Duration.ofSeconds(30)).build(),
          Recorder.none());

  @AfterEach
  void close() {
    presence.close();
  }

  @Test
  void idsOfOneSegment_moreThanItHolds_areRefusedWithoutAPassOverTheStore() {
    long[] chosen = ids(id -> store.segmentOf(id) == attacked, 12_000);

    assertThatThrownBy(() -> presence.recordHeartbeats(chosen))
        .isExactlyInstanceOf(PresenceFullException.class)
        .hasMessage(
            "no room for a new user: maxUsers=%d trackedUsers=%d refused=%d",
            MAX_USERS, store.largestSegment(), 12_000 - store.largestSegment());
    for (int i = store.largestSegment(); i < 12_000; i++) {
      long refused = chosen[i];
      assertThatThrownBy(() -> presence.recordHeartbeat(refused))
          .isExactlyInstanceOf(PresenceFullException.class);
    }
    assertThat(presence.stats().sweeps()).isZero();
  }

  @Test
  void otherUsers_withOneSegmentFull_findRoomAndAreServedAsUsual() {
    long[] chosen = ids(id -> store.segmentOf(id) == attacked, store.largestSegment());
    presence.recordHeartbeats(chosen);
    long[] others = ids(id -> store.segmentOf(id) != attacked, 80_000);

    presence.recordHeartbeats(others);

    assertThat(presence.statusOf(others)).doesNotContain(false);
    assertThat(presence.stats().rejectedHeartbeats()).isZero();
    long[] nanos = new long[others.length];
    for (int i = 0; i < others.length; i++) {
      long startNanos = System.nanoTime();
      presence.isOnline(others[i]);
      nanos[i] = System.nanoTime() - startNanos;
    }
    Arrays.sort(nanos);
    assertThat(nanos[nanos.length / 2]).isLessThan(SLOWEST_MEDIAN_NANOS);
  }

  @Test
  void userOfAFullSegment_disconnected_givesWayToAnother() {
    long[] chosen = ids(id -> store.segmentOf(id) == attacked, store.largestSegment() + 1);
    assertThatThrownBy(() -> presence.recordHeartbeats(chosen))
        .isExactlyInstanceOf(PresenceFullException.class);

    presence.disconnect(chosen[0]);
    presence.recordHeartbeat(chosen[chosen.length - 1]);

    assertThat(presence.isOnline(chosen[chosen.length - 1])).isTrue();
    assertThat(presence.stats().sweeps()).isZero();
  }

  private static long[] ids(LongPredicate condition, int count) {
    return LongStream.range(0, Long.MAX_VALUE).filter(condition).limit(count).toArray();
  }
}
