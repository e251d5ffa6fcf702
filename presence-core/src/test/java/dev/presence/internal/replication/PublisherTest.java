package dev.presence.internal.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.internal.store.Batch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the simulation cannot see, because its nodes have no threads. */
class PublisherTest {

  private static final long USER = 7;
  private static final long MILLIS = 1_800_000_000_000L;

  private final List<String> lowered = new ArrayList<>();
  private final MirroredUsers users =
      new MirroredUsers() {
        @Override
        public int raise(Batch batch, int stamp, long nowSeconds) {
          return 0;
        }

        @Override
        public void disconnect(long userId, int limit, long nowSeconds) {
          lowered.add(userId + " up to " + Integer.toUnsignedLong(limit));
        }
      };
  private final Outbox outbox = new Outbox(1, 1_024);
  private final LogClock clock = new LogClock();
  private final Publisher publisher =
      new Publisher(
          null, // no late heartbeats here
          users,
          outbox,
          new Tombstones(1_024),
          new LateDisconnects(users),
          new SentFrames(1_024),
          new FrameFactory(1, clock),
          clock,
          new Figures(),
          30);

  /** A frame that was being applied at that moment may have raised the stamp again. */
  @Test
  void disconnect_lowersOnceMoreTwoDrainsLater() {
    outbox.switchOn();
    outbox.disconnect(USER, MILLIS);
    publisher.drain(MILLIS + 200, false, frame -> {});
    assertThat(lowered).isEmpty();
    publisher.drain(MILLIS + 400, false, frame -> {});
    assertThat(lowered).containsExactly("7 up to 1800000000");
    publisher.drain(MILLIS + 600, false, frame -> {});
    assertThat(lowered).hasSize(1);
  }

  /** The scan has to find first who came back while the outbox was off. */
  @Test
  void disconnectWhileTheLogIsAway_lowersOnceMoreWhenTheStoreHasBeenScanned() {
    outbox.disconnect(USER, MILLIS);
    publisher.takeDeparturesAlone(MILLIS - 30_000);
    outbox.switchOn();
    for (int i = 1; i <= 3; i++) {
      publisher.drain(MILLIS + 200L * i, true, frame -> {});
    }
    assertThat(lowered).isEmpty();
    publisher.drain(MILLIS + 800, false, frame -> {});
    publisher.drain(MILLIS + 1_000, false, frame -> {});
    assertThat(lowered).containsExactly("7 up to 1800000000");
  }
}
