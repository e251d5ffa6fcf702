package dev.presence.internal.lockfree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One thread records users who are announced; beside each call another moves the horizon over their
 * stamps so far, and scans. Unlike a pair of actors the two run without a pause, so that many calls
 * lose their processor half-way, and further threads see to it that they do. {@code
 * -Dpresence.transitions.seconds=…} sets the time for each variant, 2 by default.
 */
class TransitionRaceTest {

  private static final long SECONDS = Long.getLong("presence.transitions.seconds", 2);
  private static final int STEP = 10;
  private static final int FIRST = 1_000;

  /** The round of which the recording thread is about to make the call. */
  private volatile int begun;

  /** The round in which the scan is through. */
  private volatile int scanned;

  private volatile boolean isOver;

  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void heartbeatBesideEachScan_nobodyIsForgotten(int users) throws Exception {
    ExecutorService executor = Executors.newCachedThreadPool();
    try (FeedFixture fixture = FeedFixture.open("fast", 128)) {
      long[] userIds = new long[users];
      for (int i = 0; i < users; i++) {
        userIds[i] = i;
      }
      fixture.start(FIRST - 5);
      fixture.raiseBatch(FIRST, userIds);
      Future<?> scans = executor.submit(() -> scan(fixture));
      for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
        executor.execute(this::spin);
      }
      int rounds;
      try {
        rounds = record(fixture, userIds);
      } finally {
        isOver = true;
      }
      scans.get();
      System.out.println("TransitionRaceTest: users=" + users + " rounds=" + rounds);
      assertThat(rounds).isPositive();
    } finally {
      executor.shutdownNow();
    }
  }

  private int record(FeedFixture fixture, long[] userIds) {
    long deadlineNanos = System.nanoTime() + SECONDS * 1_000_000_000L;
    int round = 0;
    while (System.nanoTime() - deadlineNanos < 0) {
      round++;
      begun = round;
      for (int i = 0; i < round % 32; i++) {
        Thread.onSpinWait();
      }
      int stamp = FIRST + round * STEP;
      if (userIds.length == 1) {
        fixture.store.raise(userIds[0], stamp);
      } else {
        fixture.raiseBatch(stamp, userIds);
      }
      while (scanned != round) {
        Thread.onSpinWait();
      }
      fixture.found.clear();
      if (fixture.announced().size() != userIds.length) {
        assertThat(fixture.announced()).as("round %d", round).hasSize(userIds.length);
      }
    }
    return round;
  }

  /** The stamps so far are a step below those of the round. */
  private void scan(FeedFixture fixture) {
    int round = 0;
    while (!isOver) {
      if (begun == round) {
        Thread.onSpinWait();
      } else {
        round++;
        fixture.feed.moveTo(FIRST + round * STEP - 5);
        fixture.expire();
        scanned = round;
      }
    }
  }

  private void spin() {
    while (!isOver) {
      Thread.onSpinWait();
    }
  }
}
