package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presence.internal.replication.MemoryLog;
import dev.presence.internal.snapshot.LogRecorder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A log that is away, hangs or comes back; clocks that fail; and closing beside all that. */
@Timeout(60)
class ReplicationLinkTest {

  private static final long USER = 7;
  private static final Duration SHORT = Duration.ofMillis(10);

  private final LogRecorder recorder = new LogRecorder();
  private final LogInMemory log = new LogInMemory();

  private static PresenceBuilder builder(ReplicationLog log) {
    return Presence.builder().maxUsers(100).replicateThrough(log).exchangeInterval(SHORT);
  }

  @AfterEach
  void stopRecording() {
    recorder.close();
  }

  /** The thread of replication of the presence with a name. */
  private static Thread threadOf(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(one -> one.getName().equals(name + "-replication"))
        .findFirst()
        .orElseThrow();
  }

  private static void assertWorks(Presence presence) {
    presence.recordHeartbeat(USER);
    assertThat(presence.isOnline(USER)).isTrue();
    presence.disconnect(USER);
    assertThat(presence.isOnline(USER)).isFalse();
  }

  @Test
  void open_whileTheLogIsAway_worksAloneAndSaysSoOnce() {
    log.shared().setReachable(false);
    try (Presence presence = builder(log).joinTimeout(Duration.ofMillis(200)).open()) {
      assertWorks(presence);
      assertThat(presence.stats().replication().linked()).isFalse();
      assertThat(presence.stats().replication().lagMillis()).isEqualTo(Presence.NEVER);
    }
    assertThat(recorder.lines())
        .containsExactlyInAnyOrder(
            "WARNING replication is interrupted, this node goes on alone: log=memory"
                + " reason=the log is out of reach",
            "WARNING replication has not caught up yet, the users of other nodes are missing:"
                + " log=memory joinTimeout=PT0.2S");
  }

  @Test
  void link_lostAndBackTwice_isSaidOnceEach() {
    try (Presence presence = builder(log).open();
        Presence other = builder(log).open()) {
      for (int i = 1; i <= 2; i++) {
        long times = i;
        log.shared().setReachable(false);
        Await.until("it is lost", () -> !presence.stats().replication().linked());
        Await.until("it is lost", () -> !other.stats().replication().linked());
        presence.recordHeartbeat(100 + i);
        log.shared().setReachable(true);
        Await.until("it is back", () -> presence.stats().replication().reconnections() == times);
        Await.until("it is back", () -> other.stats().replication().reconnections() == times);
        Await.until("the user comes", () -> other.isOnline(100 + times));
      }
    }
    String lost =
        "WARNING replication is interrupted, this node goes on alone: log=memory"
            + " reason=the log is out of reach";
    String back = "INFO replication goes on: log=memory";
    assertThat(recorder.lines())
        .containsExactlyInAnyOrder(lost, lost, lost, lost, back, back, back, back);
  }

  /** A log whose exchanges hang until the latch opens. */
  private static LogInMemory hanging(CountDownLatch entered, CountDownLatch latch) {
    return new LogInMemory(
        new MemoryLog.Trouble() {
          @Override
          public MemoryLog.Failure failure() {
            entered.countDown();
            try {
              latch.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return MemoryLog.Failure.NONE;
          }
        });
  }

  @Test
  void logThatHangs_holdsUpNeitherOpenNorCallsNorClose() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch latch = new CountDownLatch(1);
    Presence presence = builder(hanging(entered, latch)).joinTimeout(Duration.ofMillis(100)).open();
    entered.await();
    assertWorks(presence);
    Thread.currentThread().interrupt();
    long startNanos = System.nanoTime();
    presence.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(System.nanoTime() - startNanos).isLessThan(20_000_000_000L);
    presence.close();
    latch.countDown();
  }

  @Test
  void open_keepsTheInterruptFlag() {
    Thread.currentThread().interrupt();
    try (Presence presence = builder(log).open()) {
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
      assertWorks(presence);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void close_publishesWhatIsLeft() {
    try (Presence other = builder(log).open()) {
      Presence presence = builder(log).exchangeInterval(Duration.ofSeconds(10)).open();
      presence.recordHeartbeat(USER);
      presence.close();
      presence.close();
      Await.until("the user comes", () -> other.isOnline(USER));
    }
  }

  @Test
  void close_ofOneThatNeverHadALink_publishesNothingAndLeavesNoThread() {
    log.shared().setReachable(false);
    Presence presence = builder(log).name("alone").joinTimeout(SHORT).open();
    Thread thread = threadOf("alone");
    assertWorks(presence);
    presence.recordHeartbeat(USER);
    presence.close();
    Await.until("the thread ends", () -> !thread.isAlive());
    log.shared().setReachable(true);
    presence.close();
    assertThat(log.shared().frames()).isEmpty();
    assertThatThrownBy(() -> presence.isOnline(USER)).isInstanceOf(IllegalStateException.class);
    assertThat(recorder.lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("WARNING replication"));
  }

  @Test
  void close_fromTheClockOnTheThreadOfReplication_works() {
    AtomicReference<Presence> presence = new AtomicReference<>();
    CountDownLatch closed = new CountDownLatch(1);
    InstantSource clock =
        () -> {
          if (presence.get() != null
              && closed.getCount() > 0
              && Thread.currentThread().getName().endsWith("-replication")) {
            closed.countDown();
            presence.get().close();
          }
          return Instant.now();
        };
    presence.set(builder(log).clock(clock).open());
    Await.until("it is closed", () -> presence.get().toString().endsWith(", closed]"));
    presence.get().close();
  }

  @Test
  void close_besideCallers_endsThem() throws Exception {
    Presence presence = builder(log).open();
    AtomicInteger ended = new AtomicInteger();
    AtomicReference<Throwable> surprise = new AtomicReference<>();
    CountDownLatch running = new CountDownLatch(3);
    Thread[] callers = new Thread[3];
    for (int i = 0; i < callers.length; i++) {
      long userId = i;
      callers[i] =
          new Thread(
              () -> {
                try {
                  while (true) {
                    presence.recordHeartbeat(userId);
                    presence.disconnect(userId);
                    running.countDown();
                  }
                } catch (IllegalStateException e) {
                  ended.incrementAndGet();
                } catch (Throwable e) {
                  surprise.set(e);
                }
              });
      callers[i].start();
    }
    running.await();
    presence.close();
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(surprise.get()).isNull();
    assertThat(ended).hasValue(3);
  }

  @Test
  void clockThatThrows_isSaidOnceAndTheNextExchangeFollows() {
    AtomicBoolean fails = new AtomicBoolean();
    AtomicInteger failures = new AtomicInteger();
    InstantSource clock =
        () -> {
          if (fails.get() && Thread.currentThread().getName().endsWith("-replication")) {
            failures.incrementAndGet();
            throw new IllegalStateException("no time");
          }
          return Instant.now();
        };
    try (Presence presence = builder(log).clock(clock).open();
        Presence other = builder(log).open()) {
      fails.set(true);
      Await.until("it fails twice", () -> failures.get() > 2);
      other.recordHeartbeat(USER);
      presence.recordHeartbeat(8);
      fails.set(false);
      Await.until("the user comes", () -> presence.isOnline(USER));
      Await.until("the user comes", () -> other.isOnline(8));
    }
    assertThat(recorder.lines())
        .filteredOn(line -> line.startsWith("WARNING"))
        .containsExactly("WARNING an exchange of replication failed; it is tried again");
  }

  @Test
  void threadOfReplication_isADaemonAndEndsWithThePresence() {
    Presence presence = builder(log).name("friends").open();
    Thread thread = threadOf("friends");
    assertThat(thread.isDaemon()).isTrue();
    thread.interrupt(); // nobody has a reason to; it goes on
    assertWorks(presence);
    presence.close();
    Await.until("the thread ends", () -> !thread.isAlive());
  }
}
