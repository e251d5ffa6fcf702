package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How much a call allocates while listeners are told who comes and goes. */
class ListenedAllocationTest extends AllocatedBytes {

  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final RecordingListener listener = new RecordingListener();

  @Override
  PresenceBuilder builder() {
    return super.builder().sweepInterval(Duration.ofSeconds(10));
  }

  @BeforeEach
  void subscribe() {
    presence().subscribe(listener, executor);
    Await.until("half are online", () -> listener.online().size() == USERS / 2);
  }

  @AfterEach
  void shutDown() {
    executor.shutdownNow();
  }

  @Test
  void calls_allocateNothing() {
    assertThat(singleCalls()).allSatisfy(call -> assertThat(bytesPerCall(call)).isZero());
    assertThat(batches()).allSatisfy(call -> assertThat(bytesPerCall(call)).isZero());
  }

  @Test
  void usersWhoComeAndGo_allocateNothing() {
    List<Runnable> calls =
        List.of(
            () -> {
              presence().disconnect(users[0]);
              presence().recordHeartbeat(users[0]);
            },
            () -> {
              presence().disconnect(users[0]);
              presence().recordHeartbeats(users);
            });
    assertThat(calls).allSatisfy(call -> assertThat(bytesPerCall(call)).isZero());
    assertThat(listener.takeEvents())
        .anyMatch(event -> event.startsWith("offline " + users[0]))
        .noneMatch(event -> event.startsWith("twice"));
  }
}
