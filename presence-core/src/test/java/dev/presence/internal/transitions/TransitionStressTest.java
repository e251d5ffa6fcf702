package dev.presence.internal.transitions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.Await;
import dev.presence.ManualClock;
import dev.presence.internal.chronicle.ChronicleStore;
import dev.presence.internal.chronicle.UserMap;
import dev.presence.internal.jfr.Recorder;
import dev.presence.internal.lockfree.LockFreeStore;
import dev.presence.internal.lockfree.SmallLogs;
import dev.presence.internal.store.EpochClock;
import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.StampStore;
import dev.presence.internal.sweep.Room;
import dev.presence.internal.sweep.Sweeper;
import dev.presence.internal.sweep.SweeperLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Owners record and disconnect their users while the clock moves, users are removed, and
 * subscriptions come and go, some of them slow or throwing, with queues and logs that overflow. No
 * listener may ever be told anything twice; whenever the owners pause, each must know exactly who
 * is online. {@code -Dpresence.transitions.seconds=…} sets the time for each variant, 2 by default;
 * {@code -Dpresence.transitions.seed=…} repeats the choices, but not the order of the threads.
 */
class TransitionStressTest {

  private static final long SECONDS = Long.getLong("presence.transitions.seconds", 2);
  private static final long PHASE_NANOS = SECONDS < 10 ? 100_000_000 : 500_000_000;
  private static final int MOST_SUBSCRIPTIONS = 8;

  private static final Logger LOGGER = Logger.getLogger("dev.presence"); // keeps its level

  private final ManualClock clock = new ManualClock(1_764_000_000L);
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final List<CheckingListener> listeners = new ArrayList<>();
  private final List<CheckingListener> closed = new ArrayList<>();
  private SplittableRandom random;
  private StampStore store;
  private Sweeper sweeper;
  private Transitions transitions;
  private int users;
  private long goneAgeSeconds;
  private boolean movesClockBack;

  @BeforeEach
  void silenceListenersThatThrow() {
    LOGGER.setLevel(Level.OFF);
  }

  @AfterEach
  void logAgain() {
    LOGGER.setLevel(null);
  }

  @ParameterizedTest
  @CsvSource({
    // store, owners, users of each, maxUsers, window, grace, retention, queue, log, driven by, back
    "fast, 2, 8, 64, 5, 0, 5, 65536, 0, thread, false", // everything happens to few users
    "fast, 3, 40, 90, 3, 2, 8, 1, 64, thread, false", // full; queues and logs overflow
    "fast, 2, 9000, 30000, 2, 0, 4, 1, 0, thread, false", // several segments
    "fast, 2, 50, 200, 4, 1, 9, 65536, 0, sweep, true", // the caller sweeps; the clock goes back
    "locked, 2, 20, 100, 3, 0, 3, 1, 0, thread, true"
  })
  void ownersBesideListeners_everyListenerKnowsWhoIsOnline(
      String kind,
      int owners,
      int usersOfEach,
      long maxUsers,
      long windowSeconds,
      long graceSeconds,
      long retentionSeconds,
      int queueLimit,
      int logCapacity,
      String drivenBy,
      boolean movesClockBack)
      throws Exception {
    long seed = Long.getLong("presence.transitions.seed", System.nanoTime());
    random = new SplittableRandom(seed);
    users = owners * usersOfEach;
    goneAgeSeconds = windowSeconds + graceSeconds;
    this.movesClockBack = movesClockBack;
    open(kind, maxUsers, logCapacity);
    boolean hasThread = "thread".equals(drivenBy);
    EpochClock epochClock = new EpochClock(clock);
    sweeper = new Sweeper(store, epochClock, windowSeconds, retentionSeconds, Recorder.none());
    Room room = new Room(store, sweeper, windowSeconds, retentionSeconds);
    transitions =
        new Transitions(
            "stress",
            store,
            epochClock,
            windowSeconds,
            graceSeconds,
            0,
            hasThread,
            Recorder.none(),
            queueLimit);
    Runnable loop =
        hasThread ? new SweeperLoop(sweeper, store::isClosed, epochClock, 1_000_000) : this::sweep;
    Future<?> sweeping = executor.submit(loop);
    List<StressedUsers> all = new ArrayList<>();
    for (int i = 0; i < owners; i++) {
      all.add(
          new StressedUsers(
              store,
              room,
              transitions,
              clock,
              random.split(),
              i * usersOfEach,
              usersOfEach,
              retentionSeconds));
    }
    try {
      CheckingListener witness = subscribe(CheckingListener.Kind.PLAIN, null, executor);
      long startNanos = System.nanoTime();
      while (System.nanoTime() - startNanos < SECONDS * 1_000_000_000L) {
        phase(all);
        awaitAgreement(seed);
      }
      System.out.printf(
          "TransitionStressTest: -Dpresence.transitions.seed=%d transitions=%d (%d a second)"
              + " checked=%d subscriptions=%d resyncs=%d calls=%d refusals=%d removed=%d%n",
          seed,
          witness.events.get(),
          (long) (witness.events.get() * 1e9 / (System.nanoTime() - startNanos)),
          everybody().stream().mapToLong(listener -> listener.events.get()).sum(),
          everybody().size(),
          everybody().stream().mapToLong(listener -> listener.subscription.resyncs()).sum(),
          all.stream().mapToLong(owner -> owner.calls).sum(),
          all.stream().mapToLong(owner -> owner.refusals).sum(),
          sweeper.removed());
      assertThat(witness.events.get()).isPositive();
      assertThat(sweeper.failed()).isZero();
    } finally {
      transitions.close();
      store.close();
      sweeping.get();
      executor.shutdownNow();
    }
  }

  private void open(String kind, long maxUsers, int logCapacity) {
    UserMap map = UserMap.open("stress", maxUsers);
    if ("locked".equals(kind)) {
      store = new ChronicleStore(map);
    } else {
      store = logCapacity == 0 ? new LockFreeStore(map) : SmallLogs.open(map, logCapacity);
    }
  }

  /** Sweeps again and again, as a presence does where the caller sweeps. */
  private void sweep() {
    while (!store.isClosed()) {
      try {
        store.onOwnThread(
            () -> {
              transitions.dispatch();
              return null;
            });
        sweeper.pass(new EpochClock(clock).nowSeconds());
        transitions.deliver();
      } catch (IllegalStateException e) {
        assertThat(store.isClosed()).isTrue();
      }
    }
  }

  /** The owners run for a while; meanwhile subscriptions come and go. */
  private void phase(List<StressedUsers> owners) throws Exception {
    long deadlineNanos = System.nanoTime() + PHASE_NANOS;
    List<Future<?>> running = new ArrayList<>();
    for (StressedUsers owner : owners) {
      running.add(executor.submit(() -> owner.runUntil(deadlineNanos)));
    }
    while (System.nanoTime() - deadlineNanos < 0) {
      clock.advance(movesClockBack && random.nextInt(8) == 0 ? -2 : random.nextInt(3));
      if (listeners.size() < MOST_SUBSCRIPTIONS && random.nextInt(3) > 0) {
        subscribeAnybody();
      } else if (listeners.size() > 1) {
        CheckingListener leaving = listeners.remove(1 + random.nextInt(listeners.size() - 1));
        leaving.subscription.close();
        closed.add(leaving);
      }
      LockSupport.parkNanos(random.nextInt(10_000_000));
    }
    for (Future<?> owner : running) {
      owner.get();
    }
  }

  private void subscribeAnybody() {
    CheckingListener.Kind[] kinds = CheckingListener.Kind.values();
    long[] userIds =
        random.nextBoolean() ? null : random.longs(1 + random.nextInt(300), 0, users).toArray();
    Executor runs = random.nextBoolean() ? Runnable::run : executor;
    subscribe(kinds[random.nextInt(kinds.length)], userIds, runs);
  }

  private CheckingListener subscribe(
      CheckingListener.Kind kind, long[] userIds, Executor listenersExecutor) {
    CheckingListener listener = new CheckingListener(kind, users, userIds, !movesClockBack);
    listener.subscription = transitions.subscribe(userIds, listener, listenersExecutor);
    listeners.add(listener);
    return listener;
  }

  private List<CheckingListener> everybody() {
    List<CheckingListener> everybody = new ArrayList<>(listeners);
    everybody.addAll(closed);
    return everybody;
  }

  /** Nobody calls and the clock stands: soon every listener knows who is online. */
  private void awaitAgreement(long seed) {
    long nowSeconds = clock.nowSeconds();
    boolean[] online = new boolean[users];
    for (int userId = 0; userId < users; userId++) {
      online[userId] = Stamp.isYounger(store.stampOf(userId), nowSeconds, goneAgeSeconds);
    }
    for (CheckingListener listener : listeners) {
      Await.until(
          "listener " + listeners.indexOf(listener) + " knows who is online, seed=" + seed,
          () -> listener.mismatch() != null || listener.knows(online));
    }
    for (CheckingListener listener : everybody()) {
      assertThat(listener.mismatch()).as("seed=%d", seed).isNull();
    }
  }
}
