package dev.presence.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CallGateTest {

  private final CallGate gate = new CallGate();

  @Test
  void enter_open_letsManyInAtOnce() {
    int first = gate.enter();
    int second = gate.enter();
    gate.exit(second);
    gate.exit(first);
    assertThat(gate.close()).isTrue();
  }

  @Test
  void enter_closed_throwsAndLeavesNobodyInside() {
    assertThat(gate.close()).isTrue();
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(gate::enter)
          .isExactlyInstanceOf(IllegalStateException.class)
          .hasMessage("presence is closed");
    }
    assertThat(gate.isClosed()).isTrue();
  }

  @Test
  void close_second_returnsFalse() {
    assertThat(gate.close()).isTrue();
    assertThat(gate.close()).isFalse();
  }

  @Test
  void close_someoneInside_waitsUntilTheyLeave() throws Exception {
    int ticket = gate.enter();
    CompletableFuture<Boolean> closing = CompletableFuture.supplyAsync(gate::close);
    while (!gate.isClosed()) {
      Thread.onSpinWait();
    }
    assertThat(closing).isNotDone();
    gate.exit(ticket);
    assertThat(closing.get(60, TimeUnit.SECONDS)).isTrue();
  }

  /** Fails if a call can be inside after close has returned. */
  @Test
  void close_besideCallers_nobodyIsInsideAfterwards() throws Exception {
    for (int round = 0; round < 2_000; round++) {
      CallGate raced = new CallGate();
      AtomicBoolean released = new AtomicBoolean();
      CompletableFuture<Boolean> caller =
          CompletableFuture.supplyAsync(
              () -> {
                boolean insideAfterRelease = false;
                try {
                  while (true) {
                    int ticket = raced.enter();
                    insideAfterRelease |= released.get();
                    raced.exit(ticket);
                  }
                } catch (IllegalStateException closed) {
                  return insideAfterRelease;
                }
              });
      raced.close();
      released.set(true);
      assertThat(caller.get(60, TimeUnit.SECONDS)).isFalse();
    }
  }

  @Test
  void awaitLeavers_nobodyInside_returns() {
    gate.awaitLeavers();
    gate.awaitLeavers();
    gate.exit(gate.enter());
    gate.awaitLeavers();
  }

  @Test
  void awaitLeavers_someoneInside_waitsForThemAndNotForNewcomers() throws Exception {
    for (int round = 0; round < 4; round++) { // each phase is current in turn
      int inside = gate.enter();
      CompletableFuture<Void> waiting = CompletableFuture.runAsync(gate::awaitLeavers);
      int newcomer;
      do { // until one is counted in the other phase, which the wait has made current
        newcomer = gate.enter();
        if (newcomer == inside) {
          gate.exit(newcomer);
        }
      } while (newcomer == inside);
      assertThat(waiting).isNotDone();
      gate.exit(inside);
      waiting.get(60, TimeUnit.SECONDS);
      gate.exit(newcomer);
    }
  }

  /** Half a call has read the phase when two phases pass; it is waited for all the same. */
  @Test
  void awaitLeavers_latecomerOfAnEarlierPhase_waitsForThem() throws Exception {
    for (int phases = 0; phases < 4; phases++) {
      int counter = gate.counter();
      for (int i = 0; i < phases; i++) {
        gate.awaitLeavers();
      }
      int inside = gate.enter(counter);
      Thread waiting = new Thread(gate::awaitLeavers);
      waiting.start();
      while (waiting.isAlive() && waiting.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      assertThat(waiting.isAlive()).isTrue();
      gate.exit(inside);
      waiting.join();
    }
  }

  /**
   * A writer takes a thing out of sight, waits for the leavers and breaks the thing. Fails if a
   * call can still hold it then; it does so at once if awaitLeavers does nothing.
   */
  @Test
  void awaitLeavers_besideCallers_nobodyHoldsWhatWasOutOfSightBefore() throws Exception {
    AtomicReference<AtomicBoolean> shared = new AtomicReference<>(new AtomicBoolean());
    List<CompletableFuture<Boolean>> callers = new ArrayList<>();
    ExecutorService executor = Executors.newFixedThreadPool(3);
    for (int caller = 0; caller < 3; caller++) {
      callers.add(
          CompletableFuture.supplyAsync(
              () -> {
                boolean heldBroken = false;
                try {
                  while (true) {
                    int ticket = gate.enter();
                    AtomicBoolean broken = shared.get();
                    Thread.onSpinWait();
                    heldBroken |= broken.get();
                    gate.exit(ticket);
                  }
                } catch (IllegalStateException closed) {
                  return heldBroken;
                }
              },
              executor));
    }
    for (int round = 0; round < 20_000; round++) {
      AtomicBoolean hidden = shared.getAndSet(new AtomicBoolean());
      gate.awaitLeavers();
      hidden.set(true);
    }
    gate.close();
    for (CompletableFuture<Boolean> caller : callers) {
      assertThat(caller.get(60, TimeUnit.SECONDS)).isFalse();
    }
    executor.shutdown();
  }
}
