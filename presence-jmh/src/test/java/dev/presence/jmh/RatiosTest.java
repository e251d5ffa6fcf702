package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RatiosTest {

  @Test
  void of_valuesThatDrift_comparesNeighbours() {
    Ratios ratios = Ratios.of(new double[] {10, 22, 12, 26, 14});

    assertThat(ratios.ratio()).isEqualTo(2);
    assertThat(ratios.without()).isEqualTo(12);
    assertThat(ratios.with()).isEqualTo(24);
  }

  @Test
  void nanosPerUnit_aCallOfManyUnits_countsThem() {
    int[] calls = {0};

    double nanos =
        Ratios.nanosPerUnit(
            1,
            () -> {
              calls[0]++;
              return 1_000_000_000;
            });

    assertThat(calls[0]).isGreaterThanOrEqualTo(2); // one of them unmeasured
    assertThat(nanos).isPositive().isLessThan(1_000);
  }
}
