package dev.presence.internal.concurrent;

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

  private static void leave(Ticket ticket) {
    ticket.state = ticket.outside;
  }

  @Test
  void enter_open_letsManyInAtOnce() {
    Ticket first = gate.enter();
    Ticket second = gate.enter();
    leave(second);
    leave(first);
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
    gate.awaitLeavers(); // returns, because nobody is inside
  }

  @Test
  void close_second_returnsFalse() {
    assertThat(gate.close()).isTrue();
    assertThat(gate.close()).isFalse();
  }

  @Test
  void awaitLeavers_closed_waitsUntilNobodyIsInside() throws Exception {
    Ticket ticket = gate.enter();
    gate.close();
    Thread closing = awaiting();
    assertThat(closing.isAlive()).isTrue();
    leave(ticket);
    closing.join();
  }

  /** Fails if a call is still inside after awaitLeavers has returned. */
  @Test
  void close_whileCallersComeAndGo_nobodyIsInsideAfterwards() throws Exception {
    for (int round = 0; round < 2_000; round++) {
      CallGate raced = new CallGate();
      AtomicBoolean released = new AtomicBoolean();
      CompletableFuture<Boolean> caller =
          CompletableFuture.supplyAsync(
              () -> {
                boolean insideAfterRelease = false;
                try {
                  while (true) {
                    Ticket ticket = raced.enter();
                    insideAfterRelease |= released.get();
                    leave(ticket);
                  }
                } catch (IllegalStateException closed) {
                  return insideAfterRelease;
                }
              });
      raced.close();
      raced.awaitLeavers();
      released.set(true);
      assertThat(caller.get(60, TimeUnit.SECONDS)).isFalse();
    }
  }

  @Test
  void awaitLeavers_nobodyInside_returns() {
    gate.awaitLeavers();
    gate.awaitLeavers();
    leave(gate.enter());
    gate.awaitLeavers();
  }

  @Test
  void awaitLeavers_callInside_waitsForItAndNotForNewcomers() throws Exception {
    for (int round = 0; round < 4; round++) {
      Ticket inside = gate.enter();
      Thread waiting = awaiting();
      Ticket newcomer = gate.enter();
      assertThat(waiting.isAlive()).isTrue();
      leave(inside);
      waiting.join();
      leave(newcomer);
    }
  }

  /** A ticket given back and taken again belongs to another call. */
  @Test
  void awaitLeavers_ticketTakenAgain_doesNotWaitForTheNewCall() throws Exception {
    Ticket inside = gate.enter();
    Thread waiting = awaiting();
    leave(inside);
    Ticket again = gate.enter();
    assertThat(again).isSameAs(inside);
    waiting.join();
    leave(again);
  }

  @Test
  void enter_moreCallsThanTickets_awaitLeaversWaitsForAll() throws Exception {
    List<Ticket> inside = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      inside.add(gate.enter());
    }
    assertThat(inside).doesNotHaveDuplicates();
    gate.close();
    inside.subList(1, inside.size()).forEach(CallGateTest::leave);
    Thread waiting = awaiting();
    assertThat(waiting.isAlive()).isTrue();
    leave(inside.get(0));
    waiting.join();
  }

  @Test
  void awaitLeavers_interruptedCaller_waitsAndKeepsTheFlag() throws Exception {
    Ticket inside = gate.enter();
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    Thread waiting =
        start(
            () -> {
              Thread.currentThread().interrupt();
              gate.awaitLeavers();
              flag.complete(Thread.currentThread().isInterrupted());
            });
    assertThat(waiting.isAlive()).isTrue();
    leave(inside);
    assertThat(flag.get(60, TimeUnit.SECONDS)).isTrue();
  }

  private Thread awaiting() {
    return start(gate::awaitLeavers);
  }

  /** Starts a thread and returns once it has parked or ended. */
  private static Thread start(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
    while (thread.isAlive() && thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    return thread;
  }

  /**
   * A writer hides an object, waits for the leavers and breaks the object. Fails if a call still
   * holds the object then; fails at once if awaitLeavers does nothing.
   */
  @Test
  void awaitLeavers_whileCallersComeAndGo_nobodyHoldsWhatWasHiddenBefore() throws Exception {
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
                    Ticket ticket = gate.enter();
                    AtomicBoolean broken = shared.get();
                    Thread.onSpinWait();
                    heldBroken |= broken.get();
                    leave(ticket);
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
    gate.awaitLeavers();
    for (CompletableFuture<Boolean> caller : callers) {
      assertThat(caller.get(60, TimeUnit.SECONDS)).isFalse();
    }
    executor.shutdown();
  }
}
