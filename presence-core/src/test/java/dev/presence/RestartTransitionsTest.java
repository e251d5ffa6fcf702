package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who comes and goes after a restart from a snapshot. */
class RestartTransitionsTest {

  private static final long START = 1_764_000_000L;

  private final ManualClock clock = new ManualClock(START);
  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final RecordingListener listener = new RecordingListener();

  @TempDir Path folder;

  @AfterEach
  void shutDown() {
    executor.shutdownNow();
  }

  private PresenceBuilder builder() {
    return Presence.builder()
        .onlineWindow(Duration.ofSeconds(30))
        .retention(Duration.ofHours(1))
        .persistTo(folder.resolve("stamps"))
        .clock(clock);
  }

  /** Two users who were last seen 10 seconds before the end; then the process is away. */
  private void closeWithTwoUsers(long awaySeconds) {
    try (Presence presence = builder().open()) {
      presence.recordHeartbeats(new long[] {1, 2});
      clock.advance(10);
    }
    clock.advance(awaySeconds);
  }

  @Test
  void away_forLongerThanTheGuard_nobodyIsGoneForAWhile() {
    closeWithTwoUsers(100);
    try (Presence presence = builder().pauseGuard(Duration.ofSeconds(60)).open()) {
      presence.subscribe(listener, executor);
      Await.until("both are online", () -> listener.online().equals(Set.of(1L, 2L)));
      assertThat(presence.statusOf(new long[] {1, 2})).containsExactly(false, false);
      assertThat(presence.stats().offlineHolds()).isEqualTo(1);
      presence.recordHeartbeat(1);
      presence.disconnect(2);
      Await.until("2 has signed out", () -> listener.online().equals(Set.of(1L)));
      assertThat(listener.takeEvents()).hasSize(3);
    }
  }

  @Test
  void away_guardEnds_whoeverIsMissingHasGone() {
    closeWithTwoUsers(100);
    try (Presence presence = builder().pauseGuard(Duration.ofSeconds(2)).open()) {
      presence.subscribe(listener, executor);
      Await.until("both are online", () -> listener.online().equals(Set.of(1L, 2L)));
      presence.recordHeartbeat(1);
      Await.until("2 has gone", () -> listener.online().equals(Set.of(1L)));
      assertThat(listener.takeEvents()).endsWith("offline 2 " + START).hasSize(3);
    }
  }

  @Test
  void away_notForLong_nothingIsHeld() {
    closeWithTwoUsers(15);
    try (Presence presence = builder().pauseGuard(Duration.ofSeconds(15)).open()) {
      presence.subscribe(listener, executor);
      Await.until("both are online", () -> listener.online().equals(Set.of(1L, 2L)));
      assertThat(presence.stats().offlineHolds()).isZero();
      clock.advance(5);
      Await.until("both have gone", () -> listener.online().isEmpty());
    }
  }

  @Test
  void signOut_whileTimeIsHeld_beforeAnybodyListens_isNotOnlineAgain() {
    closeWithTwoUsers(100);
    try (Presence presence = builder().pauseGuard(Duration.ofSeconds(60)).open()) {
      presence.disconnect(2);
      presence.subscribe(listener, executor);
      Await.until("1 is online", () -> listener.online().equals(Set.of(1L)));
      assertThat(listener.takeEvents()).containsExactly("online 1 " + START);
    }
  }
}
