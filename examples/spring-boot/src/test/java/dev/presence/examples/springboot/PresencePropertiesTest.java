package dev.presence.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.Presence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The settings as Spring binds them, without a web server. */
class PresencePropertiesTest {

  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withUserConfiguration(Bound.class, PresenceConfiguration.class);

  @EnableConfigurationProperties(PresenceProperties.class)
  static class Bound {}

  @Test
  void settings_none_areTheLibrarysDefaults() {
    application.run(
        context ->
            assertThat(context.getBean(Presence.class).stats().maxUsers()).isEqualTo(1_000_000));
  }

  @Test
  void settings_given_reachTheStore() {
    application
        .withPropertyValues("presence.window=1m", "presence.max-users=10")
        .run(
            context -> {
              assertThat(context.getBean(PresenceProperties.class).window()).hasMinutes(1);
              assertThat(context.getBean(Presence.class).stats().maxUsers()).isEqualTo(10);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "presence.window=999ms, window",
    "presence.max-users=0, maxUsers",
    "presence.max-users=10000000001, maxUsers",
  })
  void setting_outOfRange_stopsTheStartAndIsNamed(String setting, String name) {
    application
        .withPropertyValues(setting)
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("on field '" + name + "'"));
  }
}
