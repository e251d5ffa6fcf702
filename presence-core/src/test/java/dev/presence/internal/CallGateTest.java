package dev.presence.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

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
}
