package dev.presence.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.presence.Presence;
import dev.presence.micrometer.PresenceMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The dashboard asks for what there is, and shows all of it. */
class DashboardTest {

  private static final Path DASHBOARD = Path.of("src/main/grafana/presence.json");
  private static final Pattern NAME = Pattern.compile("\\bpresence_\\w+");

  /** A dashboard shows the time of sweeps; of their number, and of snapshots, nobody asks. */
  private static final Set<String> NOT_SHOWN =
      Set.of(
          "presence_sweep_duration_seconds_count",
          "presence_sweeps_total",
          "presence_snapshots_total");

  @Test
  void queries_nameTheMetersOfAStore_andNoOther() throws Exception {
    Set<String> asked = new TreeSet<>();
    JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
    for (JsonNode expression : dashboard.findValues("expr")) {
      asked.addAll(names(expression.asText()));
    }
    assertThat(dashboard.at("/templating/list/1/definition").asText())
        .contains("presence_users_tracked_users");

    Set<String> scraped = new TreeSet<>();
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (Presence presence = Presence.builder().maxUsers(10).open()) {
      new PresenceMetrics(presence).bindTo(registry);
      registry
          .scrape()
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> scraped.addAll(names(line)));
    }
    scraped.removeAll(NOT_SHOWN);
    assertThat(asked).isEqualTo(scraped);
  }

  @Test
  void panels_haveTitlesIdsAndPlacesOfTheirOwn() throws Exception {
    JsonNode panels = new ObjectMapper().readTree(DASHBOARD.toFile()).get("panels");
    assertThat(panels).isNotEmpty();
    assertThat(panels.findValuesAsText("title")).doesNotHaveDuplicates();
    Set<String> places = new TreeSet<>();
    for (JsonNode panel : panels) {
      JsonNode place = panel.get("gridPos");
      assertThat(place.get("x").asInt() + place.get("w").asInt()).isLessThanOrEqualTo(24);
      assertThat(places.add(place.get("x") + "," + place.get("y"))).isTrue();
      assertThat(panel.get("description").asText()).isNotBlank();
    }
  }

  private static Set<String> names(String text) {
    return NAME.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }
}
