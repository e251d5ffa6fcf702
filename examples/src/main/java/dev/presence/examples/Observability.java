package dev.presence.examples;

import dev.presence.Presence;
import dev.presence.PresenceFullException;
import dev.presence.micrometer.PresenceMetrics;
import io.micrometer.common.util.internal.logging.InternalLoggerFactory;
import io.micrometer.common.util.internal.logging.JdkLoggerFactory;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * What the library does, as an operator sees it: meters of Micrometer in Prometheus's text, and
 * events of JDK Flight Recorder.
 *
 * <p>An application binds the meters to the registry that it has, and starts a recording from
 * outside, by {@code jcmd <pid> JFR.start}. While no recording runs, no event is made.
 */
public final class Observability {

  private static final List<String> EVENTS = List.of("Open", "Sweep", "Full");

  private Observability() {}

  /**
   * Fills a small store, lets its users go, and prints what was seen of it.
   *
   * @param args none
   * @throws IOException if the recording cannot be written
   */
  public static void main(String[] args) throws IOException {
    // This program brings no SLF4J provider, and would be told so.
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    Path file = Files.createTempFile("presence", ".jfr");
    try (Recording recording = new Recording()) {
      EVENTS.forEach(event -> recording.enable("dev.presence." + event).withoutThreshold());
      recording.start();
      useAStore();
      recording.stop();
      recording.dump(file);
      System.out.println("events of the recording");
      RecordingFile.readAllEvents(file).stream()
          .sorted(Comparator.comparing(RecordedEvent::getEndTime))
          .forEach(event -> System.out.println("  " + sentence(event)));
    } finally {
      Files.delete(file);
    }
  }

  private static void useAStore() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2025-11-24T16:00:00Z"));
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (Presence presence =
        Presence.builder()
            .name("chat")
            .maxUsers(3)
            .sweepInterval(Duration.ZERO) // this program sweeps, so that it always prints the same
            .clock(now::get)
            .open()) {
      new PresenceMetrics(presence).bindTo(registry);
      presence.recordHeartbeats(new long[] {7, 42, 99});
      try {
        presence.recordHeartbeat(100);
      } catch (PresenceFullException e) {
        System.out.println(e.getMessage());
      }
      now.updateAndGet(instant -> instant.plusSeconds(60));
      long removed = presence.sweep();
      System.out.println("swept: " + removed);
      presence.recordHeartbeat(100);

      System.out.println("meters");
      registry
          .scrape()
          .lines()
          .filter(line -> line.startsWith("presence_users") || line.contains("rejected_heartbeats"))
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> System.out.println("  " + line));
    } finally {
      registry.close();
    }
  }

  private static String sentence(RecordedEvent event) {
    String name = event.getString("name");
    return switch (event.getEventType().getLabel()) {
      case "Presence Opened" -> name + " was opened for " + event.getLong("maxUsers") + " users";
      case "Presence Full" ->
          name + " was full, heartbeats refused: " + event.getLong("rejectedHeartbeats");
      case "Sweep" ->
          "a sweep of "
              + name
              + (event.getBoolean("makesRoom") ? " for a new user" : "")
              + " removed "
              + event.getLong("removedUsers");
      default -> event.toString();
    };
  }
}
