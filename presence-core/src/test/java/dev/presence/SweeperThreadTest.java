package dev.presence;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;

/**
 * Who makes the sweeper thread, how long it lives, and that nothing stays open if it cannot start.
 */
class SweeperThreadTest {

  private final List<Runnable> asked = new ArrayList<>();
  private final List<Thread> made = new ArrayList<>();

  @Test
  void open_byDefault_startsADaemonThatEndsAfterClose() throws Exception {
    Set<Thread> before = sweepers();
    Thread sweeper;
    try (Presence presence = small().open()) {
      Set<Thread> after = sweepers();
      after.removeAll(before);
      assertThat(after).as("sweepers of %s", presence).hasSize(1);
      sweeper = after.iterator().next();
      assertThat(sweeper.isDaemon()).isTrue();
      assertThat(sweeper.isAlive()).isTrue();
    }
    assertEnds(sweeper);
  }

  @Test
  void open_withAName_namesItsThreads() {
    try (Presence presence = small().name("friends of 7").open()) {
      presence.sweep();
      assertThat(Thread.getAllStackTraces().keySet())
          .extracting(Thread::getName)
          .contains("friends of 7-sweeper", "friends of 7-lane");
    }
  }

  @Test
  void threadFactory_ofTheApplication_isAskedOnceAndItsThreadEndsAfterClose() throws Exception {
    try (Presence presence = small().threadFactory(this::make).open()) {
      presence.sweep();
      assertThat(made).hasSize(1);
      assertThat(made.get(0).isAlive()).isTrue();
    }
    assertThat(asked).hasSize(1);
    assertEnds(made.get(0));
  }

  @Test
  void threadFactory_withoutASweepInterval_isNotAsked() {
    PresenceBuilder builder = small().threadFactory(this::make).sweepInterval(Duration.ZERO);
    try (Presence presence = builder.open()) {
      presence.recordHeartbeat(1);
      presence.sweep();
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void open_threadFactoryMakesNone_closesTheStore() throws Exception {
    ThreadFactory none = new NoThreads();

    assertFailsAndClosesTheStore(
        none, new IllegalStateException("threadFactory must make a thread: threadFactory=none"));
  }

  @Test
  void open_threadFactoryThrows_closesTheStore() throws Exception {
    Error failure = new OutOfMemoryError("no more threads");
    ThreadFactory throwing =
        sweeper -> {
          asked.add(sweeper);
          throw failure;
        };

    assertFailsAndClosesTheStore(throwing, failure);
  }

  @Test
  void open_threadCannotStart_closesTheStore() throws Exception {
    Error failure = new OutOfMemoryError("unable to create native thread");
    ThreadFactory unstartable =
        sweeper -> {
          asked.add(sweeper);
          return new Unstartable(failure);
        };

    assertFailsAndClosesTheStore(unstartable, failure);
  }

  /**
   * The test cannot reach the store of a failed open. But the factory has received the sweeper's
   * work, which runs until the store is closed: if that ends, the store is closed.
   */
  private void assertFailsAndClosesTheStore(ThreadFactory factory, Throwable failure)
      throws Exception {
    PresenceBuilder builder = small().threadFactory(factory);

    assertThatThrownBy(builder::open)
        .isExactlyInstanceOf(failure.getClass())
        .hasMessage(failure.getMessage());

    assertThat(asked).hasSize(1);
    Thread thread = new Thread(asked.get(0));
    thread.setDaemon(true);
    thread.start();
    assertEnds(thread);
    try (Presence presence = builder.threadFactory(this::make).open()) {
      presence.recordHeartbeat(1);
      assertThat(presence.isOnline(1)).isTrue();
    }
    assertEnds(made.get(0));
  }

  private static PresenceBuilder small() {
    return Presence.builder().maxUsers(1);
  }

  private Thread make(Runnable sweeper) {
    asked.add(sweeper);
    Thread thread = new Thread(sweeper, "made by the application");
    thread.setDaemon(true);
    made.add(thread);
    return thread;
  }

  private static Set<Thread> sweepers() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(thread -> !thread.getName().equals("presence-sweeper"));
    return threads;
  }

  private static void assertEnds(Thread thread) throws InterruptedException {
    thread.join(MINUTES.toMillis(1));
    assertThat(thread.isAlive()).isFalse();
  }

  private final class NoThreads implements ThreadFactory {
    @Override
    public Thread newThread(Runnable sweeper) {
      asked.add(sweeper);
      return null;
    }

    @Override
    public String toString() {
      return "none";
    }
  }

  private static final class Unstartable extends Thread {
    private final Error failure;

    Unstartable(Error failure) {
      this.failure = failure;
    }

    @Override
    public synchronized void start() {
      throw failure;
    }
  }
}
