package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.internal.replication.Exchanges;
import dev.presence.internal.snapshot.LogRecorder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A rolling upgrade: old and new versions of the library share a log for a while. */
class ReplicationVersionTest {

  @Test
  void framesOfANewerVersion_areSkippedAndSaidOnce() {
    LogInMemory log = new LogInMemory();
    try (LogRecorder recorder = new LogRecorder();
        Presence a = open(log);
        Presence b = open(log)) {
      log.shared().append(Exchanges.frameOfVersion(2));
      log.shared().append(Exchanges.frameOfVersion(3));
      log.shared().append(Exchanges.frameWithSection(99));
      log.shared().append(Exchanges.frameWithSection(100));
      a.recordHeartbeat(7);
      Await.until("the others go on", () -> b.isOnline(7));
      Await.until("all four are counted", () -> b.stats().replication().badFrames() == 4);
      Await.until("by both", () -> a.stats().replication().badFrames() == 4);
      String warning =
          "WARNING frames of a newer version of this library are skipped; nodes of this version"
              + " do not see the users of that one: the version is unknown: version=2";
      assertThat(recorder.lines()).containsExactly(warning, warning); // once a node
    }
  }

  private static Presence open(LogInMemory log) {
    return Presence.builder()
        .maxUsers(100)
        .replicateThrough(log)
        .exchangeInterval(Duration.ofMillis(10))
        .open();
  }
}
