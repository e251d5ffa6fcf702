package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recording has of an instance. */
class FlightRecorderTest {

  private static final Logger LOGGER = Logger.getLogger("dev.presence"); // keeps its level
  private static final List<String> EVENTS = List.of("Open", "Sweep", "Snapshot", "Full", "Resync");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Set<String> OF_EVERY_EVENT =
      Set.of("startTime", "duration", "eventThread", "stackTrace", "name");
  private static final long START = 1_764_000_000L;

  private final ManualClock clock = new ManualClock(START);
  private final Recording recording = new Recording();

  @TempDir private Path folder;

  @BeforeEach
  void record() {
    EVENTS.forEach(event -> recording.enable("dev.presence." + event).withoutThreshold());
    recording.start();
  }

  @AfterEach
  void close() {
    recording.close();
    LOGGER.setLevel(null);
  }

  private PresenceBuilder builder(long maxUsers) {
    return Presence.builder()
        .name("recorded")
        .clock(clock)
        .maxUsers(maxUsers)
        .sweepInterval(Duration.ZERO);
  }

  /** The events of a kind, all of which must be of the instance. */
  private List<RecordedEvent> events(String kind) throws Exception {
    Path file = folder.resolve("recording.jfr");
    recording.dump(file);
    List<RecordedEvent> found =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().equals("dev.presence." + kind))
            .toList();
    assertThat(found).allMatch(event -> event.getString("name").equals("recorded"));
    assertThat(found).allMatch(event -> event.getEventType().getLabel() != null);
    return found;
  }

  private RecordedEvent onlyEvent(String kind) throws Exception {
    List<RecordedEvent> found = events(kind);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  void documentedEvents_areThoseThereAre() throws Exception {
    builder(10).open().close();
    Map<String, List<String>> documented = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("JVM.md"))) {
      if (line.startsWith("| `dev.presence.")) {
        List<String> names = CODE.matcher(line).results().map(found -> found.group(1)).toList();
        documented.put(names.get(0), names.subList(1, names.size()));
      }
    }
    Map<String, List<String>> actual = new TreeMap<>();
    for (EventType type : FlightRecorder.getFlightRecorder().getEventTypes()) {
      if (type.getName().startsWith("dev.presence.")) {
        actual.put(
            type.getName(),
            type.getFields().stream()
                .map(ValueDescriptor::getName)
                .filter(field -> !OF_EVERY_EVENT.contains(field))
                .toList());
      }
    }
    assertThat(actual).hasSize(EVENTS.size()).isEqualTo(documented);
  }

  @Test
  void open_saysWhatWasOpened() throws Exception {
    PresenceStats stats;
    try (Presence presence = builder(1_000).open()) {
      stats = presence.stats();
    }
    RecordedEvent open = onlyEvent("Open");
    assertThat(open.getLong("maxUsers")).isEqualTo(1_000);
    assertThat(open.getLong("offHeapBytes")).isEqualTo(stats.offHeapBytes());
    assertThat(open.getLong("trackedUsers")).isZero();
    assertThat(open.getBoolean("lockFree")).isEqualTo(stats.lockFree());
    assertThat(open.getDuration()).isPositive();
    assertThat(open.getEventType().getCategoryNames()).containsExactly("Presence");
  }

  @Test
  void sweep_saysWhatItDid() throws Exception {
    try (Presence presence = builder(1_000).open()) {
      presence.recordHeartbeats(new long[] {1, 2, 3});
      clock.advance(30);
      presence.recordHeartbeat(4);
      presence.sweep();
      RecordedEvent sweep = onlyEvent("Sweep");
      assertThat(sweep.getLong("removedUsers")).isEqualTo(3);
      assertThat(sweep.getDuration("workTime").toNanos())
          .isPositive()
          .isEqualTo(presence.stats().sweepNanos());
      assertThat(sweep.getDuration()).isGreaterThanOrEqualTo(sweep.getDuration("workTime"));
      assertThat(sweep.getBoolean("makesRoom")).isFalse();
      assertThat(sweep.getBoolean("failed")).isFalse();
    }
  }

  @Test
  void sweep_forRoom_saysSo() throws Exception {
    try (Presence presence = builder(2).open()) {
      presence.recordHeartbeats(new long[] {1, 2});
      clock.advance(30);
      presence.recordHeartbeat(3);
    }
    RecordedEvent sweep = onlyEvent("Sweep");
    assertThat(sweep.getLong("removedUsers")).isEqualTo(2);
    assertThat(sweep.getBoolean("makesRoom")).isTrue();
  }

  @Test
  void sweep_ofTheThread_thatFails_saysSo() throws Exception {
    boolean[] fails = {false};
    try (Presence presence =
        builder(10)
            .sweepInterval(Duration.ofMillis(1))
            .clock(
                () -> {
                  if (fails[0]) {
                    throw new IllegalStateException("no time");
                  }
                  return clock.instant();
                })
            .open()) {
      fails[0] = true;
      Await.until("a pass has failed", () -> presence.stats().failedSweeps() > 0);
    }
    assertThat(events("Sweep")).anyMatch(event -> event.getBoolean("failed"));
  }

  /** A full store may refuse thousands of heartbeats a second. */
  @Test
  void full_isToldOnceASecond() throws Exception {
    long startNanos = System.nanoTime();
    try (Presence presence = builder(2).open()) {
      presence.recordHeartbeats(new long[] {1, 2});
      for (int i = 0; i < 1_000; i++) {
        assertThatThrownBy(() -> presence.recordHeartbeat(3))
            .isExactlyInstanceOf(PresenceFullException.class);
      }
    }
    long seconds = Duration.ofNanos(System.nanoTime() - startNanos).toSeconds();
    List<RecordedEvent> full = events("Full");
    assertThat((long) full.size()).isBetween(1L, 1 + seconds);
    assertThat(full.get(0).getLong("maxUsers")).isEqualTo(2);
    assertThat(full.get(0).getLong("trackedUsers")).isEqualTo(2);
    assertThat(full.get(0).getLong("rejectedHeartbeats")).isEqualTo(1);
  }

  @Test
  void snapshot_saysHowMuchWasWritten() throws Exception {
    Path kept = folder.resolve("kept");
    try (Presence presence = builder(10).persistTo(kept).open()) {
      presence.recordHeartbeats(new long[] {1, 2, 3});
    }
    List<RecordedEvent> snapshots = events("Snapshot");
    RecordedEvent last = snapshots.get(snapshots.size() - 1);
    assertThat(last.getLong("users")).isEqualTo(3);
    assertThat(last.getLong("bytes")).isPositive().isIn(sizes(kept));
    assertThat(last.getBoolean("failed")).isFalse();
  }

  private static List<Long> sizes(Path folder) throws Exception {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.toFile().length()).toList();
    }
  }

  @Test
  void snapshot_thatFails_saysSo() throws Exception {
    LOGGER.setLevel(Level.OFF);
    Path kept = folder.resolve("kept");
    try (Presence presence =
        builder(10).persistTo(kept).snapshotInterval(Duration.ofDays(1)).open()) {
      presence.recordHeartbeat(1);
      Files.move(kept, folder.resolve("elsewhere"));
      Files.createFile(kept);
    }
    RecordedEvent snapshot = onlyEvent("Snapshot");
    assertThat(snapshot.getBoolean("failed")).isTrue();
    assertThat(snapshot.getLong("users")).isZero();
    assertThat(snapshot.getLong("bytes")).isZero();
  }

  @Test
  void resync_saysHowMuchWaits() throws Exception {
    try (Presence presence = builder(10).open()) {
      ArrayDeque<Runnable> tasks = new ArrayDeque<>();
      PresenceSubscription slow =
          presence.subscribe(new long[] {1}, new RecordingListener(), tasks::add);
      while (slow.resyncs() == 0) {
        presence.recordHeartbeat(1);
        presence.disconnect(1);
        presence.sweep();
      }
      RecordedEvent resync = onlyEvent("Resync");
      assertThat(resync.getBoolean("ofEverybody")).isFalse();
      assertThat(resync.getInt("queuedEvents"))
          .isEqualTo(slow.queueDepth())
          .isEqualTo(resync.getInt("queueLimit"));
      assertThat(resync.getDuration("lag")).isLessThan(Duration.ofMinutes(1));
    }
  }
}
