package dev.presence.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.Presence;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Prometheus reads. */
class PrometheusTest {

  @Test
  void scrape_hasTheFamiliesAsDocumented() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (Presence presence =
        Presence.builder().name("friends").maxUsers(10).sweepInterval(Duration.ZERO).open()) {
      presence.recordHeartbeats(new long[] {1, 2, 3});
      new PresenceMetrics(presence).bindTo(registry);
      List<String> lines = registry.scrape().lines().toList();
      assertThat(lines)
          .contains(
              "# HELP presence_users_online_users Users who are online.",
              "# TYPE presence_users_online_users gauge",
              "presence_users_online_users{name=\"friends\"} 3.0",
              "presence_users_tracked_users{name=\"friends\"} 3.0",
              "presence_users_free_users{name=\"friends\"} 7.0",
              "presence_sweeps_total{name=\"friends\"} 0.0",
              "presence_sweep_duration_seconds_count{name=\"friends\"} 0",
              "presence_snapshot_age_seconds{name=\"friends\"} NaN",
              "presence_heartbeats_rejected_heartbeats_total{name=\"friends\"} 0.0",
              "presence_subscriptions_queued_events{name=\"friends\"} 0.0",
              "presence_subscriptions_lag_seconds{name=\"friends\"} 0.0",
              "presence_subscriptions_resyncs_total{name=\"friends\"} 0.0");
    } finally {
      registry.close();
    }
  }
}
