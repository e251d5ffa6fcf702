package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Presences that share their users, as an application sees them. */
class ReplicatedPresenceTest {

  private static final long USER = 7;

  private final LogInMemory log = new LogInMemory();
  private final List<Presence> opened = new ArrayList<>();

  private PresenceBuilder builder() {
    return Presence.builder()
        .maxUsers(1_000)
        .replicateThrough(log)
        .exchangeInterval(Duration.ofMillis(10));
  }

  private Presence open() {
    return opened(builder().open());
  }

  private Presence opened(Presence presence) {
    opened.add(presence);
    return presence;
  }

  @AfterEach
  void close() {
    opened.forEach(Presence::close);
  }

  private static void awaitOnline(Presence presence, long userId) {
    Await.until("user " + userId + " is online", () -> presence.isOnline(userId));
  }

  @Test
  void listener_isToldOfUsersOfOthers() {
    Presence a = open();
    Presence b = open();
    RecordingListener listener = new RecordingListener();
    b.subscribe(listener, Runnable::run);

    a.recordHeartbeat(USER);
    Await.until("the listener hears of it", () -> listener.online().contains(USER));
    a.disconnect(USER);
    Await.until("the listener hears of that", () -> listener.online().isEmpty());

    assertThat(listener.takeEvents())
        .hasSize(2)
        .satisfiesExactly(
            event -> assertThat(event).startsWith("online 7 "),
            event -> assertThat(event).startsWith("offline 7 "));
  }

  @Test
  void snapshot_holdsUsersOfOthers(@TempDir Path folder) {
    Presence a = open();
    Presence b = builder().persistTo(folder).open();
    a.recordHeartbeat(USER);
    awaitOnline(b, USER);
    long seen = b.lastSeen(USER);
    b.close();
    try (Presence alone = Presence.builder().maxUsers(1_000).persistTo(folder).open()) {
      assertThat(alone.lastSeen(USER)).isEqualTo(seen);
    }
  }

  @Test
  void virtualThreads_replicateWhatTheyRecord() throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with JDK 21");
    Presence a = open();
    Presence b = open();
    ExecutorService virtual =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    try {
      for (long userId = 0; userId < 500; userId++) {
        long id = userId;
        Future<?> unused = virtual.submit(() -> a.recordHeartbeat(id));
      }
      Await.until("the other knows all", () -> b.onlineCount() == 500);
    } finally {
      virtual.shutdown();
    }
  }

  @Test
  void open_returnsWithTheUsersOfOthers() {
    Presence a = open();
    a.recordHeartbeat(USER);
    Await.until("it is published", () -> a.stats().replication().sentUsers() > 0);
    Await.until("it is in the log", () -> !log.shared().frames().isEmpty());
    assertThat(open().isOnline(USER)).isTrue();
  }

  @Test
  void stats_tellWhatReplicationDoes() {
    Presence a = open();
    Presence b = open();
    assertThat(a.stats().replication().linked()).isTrue();
    assertThat(a.stats().replication().caughtUp()).isTrue();
    a.recordHeartbeat(USER);
    awaitOnline(b, USER);
    ReplicationStats of = a.stats().replication();
    assertThat(of.sentUsers()).isPositive();
    assertThat(of.sentBytes()).isPositive();
    assertThat(of.lagMillis()).isBetween(0L, 30_000L);
    assertThat(Math.abs(of.clockOffsetMillis())).isLessThan(1_000);
    assertThat(of.badFrames()).isZero();
    assertThat(of.reconnections()).isZero();
    assertThat(b.stats().replication().receivedUsers()).isPositive();
    assertThat(b.stats().replication().receivedBytes()).isPositive();
  }

  @Test
  void stats_withoutReplication_areNone() {
    Presence alone = opened(Presence.builder().maxUsers(1).open());
    assertThat(alone.stats().replication())
        .isEqualTo(new ReplicationStats(false, false, Presence.NEVER, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void fullStore_refusesUsersOfOthersAndNobodyElse() {
    Presence large = open();
    Presence small = opened(builder().maxUsers(1).open());
    small.recordHeartbeat(USER);
    large.recordHeartbeats(LongStream.range(100_000, 100_500).toArray());
    Await.until("some are refused", () -> small.stats().replication().refusedUsers() == 500);
    small.recordHeartbeat(USER);
    assertThat(small.isOnline(USER)).isTrue();
    awaitOnline(large, USER);
    assertThat(small.stats().replication().linked()).isTrue();
  }

  @Test
  void framesThatAreNone_areCountedAndSkipped() {
    Presence a = open();
    Presence b = open();
    log.shared().append(new byte[] {1, 2, 3});
    log.shared().append(new byte[0]);
    a.recordHeartbeat(USER);
    awaitOnline(b, USER);
    Await.until("both are counted", () -> b.stats().replication().badFrames() == 2);
  }

  @Test
  void manualClock_ofEachPresence_isItsOwn() {
    ManualClock clock = new ManualClock(1_000_000);
    Presence manual = opened(builder().clock(clock).open());
    Presence system = open();
    manual.recordHeartbeat(USER);
    awaitOnline(system, USER);
    system.recordHeartbeat(8);
    awaitOnline(manual, 8);
    assertThat(manual.lastSeen(8)).isBetween(999_998L, 1_000_002L);
    clock.advance(31);
    assertThat(manual.isOnline(USER)).isFalse();
  }
}
