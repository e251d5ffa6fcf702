package dev.presence.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.presence.Await;
import dev.presence.LogInMemory;
import dev.presence.ManualClock;
import dev.presence.Presence;
import dev.presence.PresenceFullException;
import dev.presence.PresenceListener;
import dev.presence.PresenceStats;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the meters say, in a time that the test moves. */
class PresenceMetricsTest {

  private static final long START = 1_764_000_000L;
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  private final ManualClock clock = new ManualClock(START);
  private final AtomicLong nanoTime = new AtomicLong(7);
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private Presence presence = open();

  private Presence open() {
    return Presence.builder()
        .name("friends")
        .clock(clock)
        .maxUsers(10)
        .sweepInterval(Duration.ZERO)
        .open();
  }

  @AfterEach
  void close() {
    registry.close();
    if (presence != null) {
      presence.close();
    }
  }

  private void bind() {
    new PresenceMetrics(presence, List.of(), A_MINUTE, nanoTime::get).bindTo(registry);
  }

  /** Lets so much time pass that all figures are read again. */
  private void pass(Duration time) {
    nanoTime.addAndGet(time.toNanos());
  }

  private double gauge(String name) {
    return registry.get(name).tag("name", "friends").gauge().value();
  }

  private double counter(String name) {
    return registry.get(name).tag("name", "friends").functionCounter().count();
  }

  private double seconds(String name) {
    return registry.get(name).timeGauge().value(TimeUnit.SECONDS);
  }

  @Test
  void replication_ofTwoNodes_showsWhatWentAndCame() {
    LogInMemory log = new LogInMemory();
    try (Presence other = Presence.builder().maxUsers(10).replicateThrough(log).open();
        Presence one =
            Presence.builder().name("friends").maxUsers(10).replicateThrough(log).open()) {
      new PresenceMetrics(one, List.of(), A_MINUTE, System::nanoTime).bindTo(registry);
      one.recordHeartbeat(1);
      other.recordHeartbeats(new long[] {2, 3});
      Await.until("each knows the other's", () -> one.isOnline(3) && other.isOnline(1));
      Await.until("the figures are read again", () -> counter("presence.replication.received") > 0);
      assertThat(counter("presence.replication.sent")).isPositive();
      assertThat(counter("presence.replication.refused")).isZero();
      assertThat(counter("presence.replication.reconnections")).isZero();
      assertThat(counter("presence.replication.resyncs")).isZero();
      assertThat(counter("presence.replication.frames.bad")).isZero();
      assertThat(registry.get("presence.replication.lag").timeGauge().value(TimeUnit.SECONDS))
          .isNotNegative();
    }
  }

  @Test
  void meters_sayWhatTheStatisticsSay() {
    bind();
    presence.subscribe(new long[] {1}, new Deaf(), task -> {});
    for (long userId = 0; userId < 10; userId++) {
      presence.recordHeartbeat(userId, START - userId);
    }
    assertThatThrownBy(() -> presence.recordHeartbeat(10))
        .isExactlyInstanceOf(PresenceFullException.class);
    clock.advance(25);
    presence.sweep();
    PresenceStats stats = presence.stats();
    assertThat(gauge("presence.users.tracked"))
        .isEqualTo((double) stats.trackedUsers())
        .isEqualTo(5);
    assertThat(gauge("presence.users.online")).isEqualTo(5);
    assertThat(gauge("presence.users.free")).isEqualTo(5);
    assertThat(counter("presence.users.swept")).isEqualTo((double) stats.sweptUsers()).isEqualTo(5);
    assertThat(counter("presence.sweeps")).isEqualTo((double) stats.sweeps()).isPositive();
    assertThat(counter("presence.sweeps.failed")).isZero();
    assertThat(counter("presence.ticks.late")).isEqualTo((double) stats.lateTicks());
    assertThat(counter("presence.heartbeats.rejected")).isEqualTo(1);
    assertThat(counter("presence.snapshots")).isZero();
    assertThat(counter("presence.snapshots.failed")).isZero();
    assertThat(gauge("presence.subscriptions")).isEqualTo(1);
    assertThat(gauge("presence.subscriptions.queued"))
        .isEqualTo((double) stats.queuedEvents())
        .isEqualTo(1);
    assertThat(seconds("presence.subscriptions.lag")).isGreaterThanOrEqualTo(0).isLessThan(60);
    assertThat(counter("presence.subscriptions.resyncs")).isZero();
    FunctionTimer sweeps = registry.get("presence.sweep.duration").functionTimer();
    assertThat(sweeps.count()).isEqualTo((double) stats.sweeps());
    assertThat(sweeps.totalTime(TimeUnit.NANOSECONDS))
        .isCloseTo((double) stats.sweepNanos(), within(0.5)) // it went through seconds and back
        .isPositive();
    assertThat(seconds("presence.sweep.longest"))
        .isCloseTo(stats.longestSweepNanos() / 1e9, within(0.5e-9));
  }

  @Test
  void figures_askedAtTheSameTime_areReadOnce() {
    bind();
    presence.recordHeartbeat(1);
    assertThat(gauge("presence.users.tracked")).isEqualTo(1);
    presence.recordHeartbeat(2);
    pass(Duration.ofMillis(99));
    assertThat(gauge("presence.users.tracked")).isEqualTo(1);
    assertThat(gauge("presence.users.free")).isEqualTo(9);
    pass(Duration.ofMillis(1));
    assertThat(gauge("presence.users.tracked")).isEqualTo(2);
    assertThat(gauge("presence.users.free")).isEqualTo(8);
  }

  @Test
  void usersOnline_areCountedOnceAnInterval() {
    bind();
    presence.recordHeartbeat(1);
    assertThat(gauge("presence.users.online")).isEqualTo(1);
    presence.recordHeartbeat(2);
    pass(A_MINUTE.minusNanos(1));
    assertThat(gauge("presence.users.online")).isEqualTo(1);
    pass(Duration.ofNanos(1));
    assertThat(gauge("presence.users.online")).isEqualTo(2);
  }

  @Test
  void snapshotAge_isNotANumberUntilThereIsOne(@TempDir Path folder) {
    try (Presence kept =
        Presence.builder()
            .maxUsers(10)
            .persistTo(folder)
            .snapshotInterval(Duration.ofSeconds(1))
            .open()) {
      new PresenceMetrics(kept, List.of(), A_MINUTE, nanoTime::get).bindTo(registry);
      assertThat(seconds("presence.snapshot.age")).isNaN(); // for a second
      Await.until("there is one", () -> kept.stats().snapshots() > 0);
      pass(A_MINUTE);
      assertThat(seconds("presence.snapshot.age")).isGreaterThanOrEqualTo(0).isLessThan(60);
      assertThat(registry.get("presence.snapshots").functionCounter().count()).isPositive();
    }
  }

  @Test
  void closed_gaugesAreNotANumber_andCountersStay() {
    bind();
    presence.recordHeartbeat(1);
    presence.sweep();
    presence.sweep();
    assertThat(counter("presence.sweeps")).isEqualTo(2);
    assertThat(gauge("presence.users.online")).isEqualTo(1);
    presence.close();
    assertEnded();
    pass(A_MINUTE);
    assertEnded();
  }

  private void assertEnded() {
    for (Meter meter : registry.getMeters()) {
      meter.use(
          gauge -> assertThat(gauge.value()).as("%s", gauge.getId()).isNaN(),
          counter -> {},
          timer -> {},
          summary -> {},
          longTaskTimer -> {},
          (TimeGauge gauge) -> assertThat(gauge.value()).as("%s", gauge.getId()).isNaN(),
          counter -> assertThat(counter.count()).as("%s", counter.getId()).isNotNaN(),
          timer -> assertThat(timer.count()).isEqualTo(2),
          other -> {});
    }
    assertThat(counter("presence.sweeps")).isEqualTo(2);
  }

  @Test
  void closedBeforeAnybodyAsked_countersAreZero() {
    bind();
    presence.close();
    assertThat(counter("presence.sweeps")).isZero();
    assertThat(gauge("presence.users.tracked")).isNaN();
  }

  @Test
  void presence_thatTheApplicationDrops_isCollected() {
    bind();
    assertThat(gauge("presence.users.tracked")).isZero();
    assertThat(gauge("presence.users.online")).isZero();
    presence.close();
    WeakReference<Presence> dropped = new WeakReference<>(presence);
    presence = null;
    Await.until(
        "it is collected",
        () -> {
          System.gc();
          return dropped.get() == null;
        });
    assertThat(gauge("presence.users.tracked")).isNaN();
  }

  @Test
  void meters_haveTheTagsADescriptionAndAUnit() {
    new PresenceMetrics(presence, List.of(Tag.of("region", "north"))).bindTo(registry);
    assertThat(registry.getMeters())
        .hasSize(24)
        .extracting(Meter::getId)
        .allSatisfy(
            id -> {
              assertThat(id.getTags())
                  .containsExactly(Tag.of("name", "friends"), Tag.of("region", "north"));
              assertThat(id.getDescription()).matches("[A-Z].*[.]");
              assertThat(id.getBaseUnit()).isNotBlank();
            });
  }

  @Test
  void twoInstances_inOneRegistry_haveMetersOfTheirOwn() {
    presence.recordHeartbeat(1);
    bind();
    try (Presence other = Presence.builder().name("others").maxUsers(10).open()) {
      new PresenceMetrics(other).bindTo(registry);
      assertThat(registry.get("presence.users.tracked").tag("name", "others").gauge().value())
          .isZero();
      assertThat(gauge("presence.users.tracked")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PT-0.001S, onlineInterval must be >= PT0S: onlineInterval=PT-0.001S",
    "PT24H0.001S, onlineInterval must be <= PT24H: onlineInterval=PT24H0.001S"
  })
  void onlineInterval_outsideItsRange_isRefused(Duration interval, String message) {
    assertThatThrownBy(() -> new PresenceMetrics(presence, List.of(), interval))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void closedPresence_isRefused() {
    presence.close();
    assertThatThrownBy(() -> new PresenceMetrics(presence))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("presence is closed");
  }

  private static final class Deaf implements PresenceListener {

    @Override
    public void onOnline(long userId, long epochSecond) {}

    @Override
    public void onOffline(long userId, long lastSeenEpochSecond) {}
  }
}
