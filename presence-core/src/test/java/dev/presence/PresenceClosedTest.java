package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PresenceClosedTest {

  private static final long[] IDS = {1, 2};

  private final Presence presence =
      Presence.builder().maxUsers(100).sweepInterval(Duration.ZERO).open();

  /** Every method but {@code close} and {@code toString}. */
  static Stream<Arguments> calls() {
    return Stream.of(
        call("name", Presence::name),
        call("recordHeartbeat", p -> p.recordHeartbeat(1)),
        call("recordHeartbeat with stamp", p -> p.recordHeartbeat(1, 4_294_967_295L)),
        call("recordHeartbeat with expired stamp", p -> p.recordHeartbeat(1, 1)),
        call("recordHeartbeats", p -> p.recordHeartbeats(IDS)),
        call("recordHeartbeats of nobody", p -> p.recordHeartbeats(new long[0])),
        call("disconnect", p -> p.disconnect(1)),
        call("isOnline", p -> p.isOnline(1)),
        call("statusOf", p -> p.statusOf(IDS)),
        call("statusOf nobody", p -> p.statusOf(new long[0])),
        call("statusOf with window", p -> p.statusOf(IDS, Duration.ofSeconds(1))),
        call("statusOf into", p -> p.statusOf(IDS, new boolean[2])),
        call("lastSeen", p -> p.lastSeen(1)),
        call("lastSeenOf", p -> p.lastSeenOf(IDS)),
        call("lastSeenOf into", p -> p.lastSeenOf(IDS, new long[2])),
        call("tiers", Presence::tiers),
        call("tierOf", p -> p.tierOf(1)),
        call("tiersOf", p -> p.tiersOf(IDS, new byte[2])),
        call("onlineCount", Presence::onlineCount),
        call("forEachOnline", p -> p.forEachOnline(id -> {})),
        call("subscribe", p -> p.subscribe(new RecordingListener(), Runnable::run)),
        call("subscribe to some", p -> p.subscribe(IDS, new RecordingListener(), Runnable::run)),
        call("transitions", p -> p.transitions(Runnable::run)),
        call("transitions of some", p -> p.transitions(IDS, Runnable::run)),
        call("sweep", Presence::sweep),
        call("exportTo", p -> p.exportTo(Path.of("nowhere"), (done, total) -> {})),
        call("importFrom", p -> p.importFrom(Path.of("nowhere"), (done, total) -> {})),
        call("stats", Presence::stats));
  }

  /** Every method checks that the presence is open before it checks its arguments. */
  static Stream<Arguments> badCalls() {
    return Stream.of(
        call("recordHeartbeat at 0", p -> p.recordHeartbeat(1, 0)),
        call("recordHeartbeats of null", p -> p.recordHeartbeats(null)),
        call("statusOf null", p -> p.statusOf(null)),
        call("statusOf null with window", p -> p.statusOf(null, Duration.ofSeconds(1))),
        call("statusOf with no window", p -> p.statusOf(IDS, (Duration) null)),
        call("statusOf with a bad window", p -> p.statusOf(IDS, Duration.ZERO)),
        call("statusOf into null", p -> p.statusOf(IDS, (boolean[]) null)),
        call("statusOf into too little", p -> p.statusOf(IDS, new boolean[1])),
        call("lastSeenOf null", p -> p.lastSeenOf(null)),
        call("lastSeenOf into null", p -> p.lastSeenOf(IDS, null)),
        call("lastSeenOf into too little", p -> p.lastSeenOf(IDS, new long[1])),
        call("lastSeenOf into the same", p -> p.lastSeenOf(IDS, IDS)),
        call("tiersOf null", p -> p.tiersOf(null, new byte[2])),
        call("tiersOf into null", p -> p.tiersOf(IDS, null)),
        call("tiersOf into too little", p -> p.tiersOf(IDS, new byte[1])),
        call("forEachOnline with null", p -> p.forEachOnline(null)),
        call("subscribe null", p -> p.subscribe(null, null)),
        call("subscribe to null", p -> p.subscribe(null, null, null)),
        call("transitions to null", p -> p.transitions(null)),
        call("transitions of null", p -> p.transitions(null, null)),
        call("exportTo null", p -> p.exportTo(null, null)),
        call("importFrom null", p -> p.importFrom(null, null)));
  }

  @ParameterizedTest
  @MethodSource("badCalls")
  void callWithBadArguments_afterClose_throwsIllegalState(Consumer<Presence> call) {
    presence.close();
    assertThatThrownBy(() -> call.accept(presence))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("presence is closed");
  }

  private static Arguments call(String name, Consumer<Presence> call) {
    return Arguments.argumentSet(name, call);
  }

  @Test
  void calls_coverEveryMethodOfPresence() {
    long methods =
        Stream.of(Presence.class.getMethods())
            .filter(method -> Modifier.isAbstract(method.getModifiers()))
            .filter(method -> !method.getName().equals("close"))
            .count();
    long variants = 3; // an expired stamp, and two empty batches
    assertThat(calls()).hasSize((int) (methods + variants));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void call_afterClose_throwsIllegalState(Consumer<Presence> call) {
    presence.close();
    assertThatThrownBy(() -> call.accept(presence))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("presence is closed");
  }

  @Test
  void close_again_doesNothing() {
    presence.close();
    presence.close();
  }

  @Test
  void close_fromTheActionOfForEachOnline_endsTheIteration() {
    try (Presence many = Presence.builder().maxUsers(50_000).sweepInterval(Duration.ZERO).open()) {
      for (long id = 0; id < 50_000; id++) {
        many.recordHeartbeat(id);
      }
      List<Long> seen = new ArrayList<>();
      Runnable close = many::close;
      assertThatThrownBy(
              () ->
                  many.forEachOnline(
                      id -> {
                        seen.add(id);
                        close.run();
                      }))
          .hasMessage("presence is closed");
      assertThat(seen).isNotEmpty().hasSizeLessThan(50_000).doesNotHaveDuplicates();
    }
  }
}
