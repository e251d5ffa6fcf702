package dev.presence.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.PresenceStats;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The text that Prometheus reads. */
class StatsMetricsTest {

  private static final Pattern FAMILY =
      Pattern.compile("# HELP (\\w+) [A-Z].*\\.\n# TYPE \\1 (gauge|counter)\n\\1 (-?\\d+)\n");

  @Test
  void scrape_hasEveryFigureOfTheStatistics() throws Exception {
    try (ServerFixture fixture = new ServerFixture(1_000)) {
      fixture.post("{\"user_ids\":[1,2,3]}");

      var response = fixture.get("/metrics");

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().allValues("Content-Type"))
          .containsExactly("text/plain; version=0.0.4; charset=utf-8");
      assertThat(response.body())
          .contains("\npresence_tracked_users 3\n")
          .contains("\npresence_max_users 1000\n")
          .contains("\npresence_rejected_heartbeats_total 0\n")
          // No snapshot has been written, and no time says so.
          .doesNotContain("timestamp");
    }
  }

  @Test
  void scrape_ofDistinctFigures_namesEachOnce() {
    PresenceStats stats =
        new PresenceStats(
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, true);

    String text = new StatsMetrics(() -> stats).scrape();

    List<MatchResult> families = FAMILY.matcher(text).results().toList();
    assertThat(String.join("", families.stream().map(MatchResult::group).toList())).isEqualTo(text);
    assertThat(families).extracting(family -> family.group(1)).containsExactlyElementsOf(names());
    assertThat(families)
        .extracting(family -> family.group(3))
        .containsExactly(
            "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
            "17", "18", "19", "20", "21", "1");
    Set<String> counters = new HashSet<>();
    families.stream()
        .filter(family -> family.group(2).equals("counter"))
        .forEach(family -> counters.add(family.group(1)));
    assertThat(counters).allMatch(name -> name.endsWith("_total"));
  }

  /** The names of the record, in Prometheus's manner. */
  private static List<String> names() {
    Set<String> gauges =
        Set.of(
            "trackedUsers",
            "maxUsers",
            "offHeapBytes",
            "longestSweepNanos",
            "subscriptions",
            "queuedEvents",
            "longestLagMillis",
            "snapshotAgeMillis",
            "lockFree");
    return Arrays.stream(PresenceStats.class.getRecordComponents())
        .map(RecordComponent::getName)
        .map(
            name ->
                "presence_"
                    + name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT)
                    + (name.startsWith("last")
                        ? "_timestamp_seconds"
                        : gauges.contains(name) ? "" : "_total"))
        .toList();
  }
}
