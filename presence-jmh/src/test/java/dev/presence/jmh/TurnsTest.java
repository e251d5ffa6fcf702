package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private static final Offset<Double> EXACTLY = Offset.offset(1e-12);

  @Test
  void ratio_valuesThatDrift_isWithoutTheDrift() {
    Turns turns = new Turns(List.of(new double[] {100, 2 * 110, 120, 2 * 130, 140, 2 * 150, 160}));

    assertThat(turns.ratio()).isEqualTo(2, EXACTLY);
    assertThat(turns.lowest()).isEqualTo(2, EXACTLY);
    assertThat(turns.highest()).isEqualTo(2, EXACTLY);
    assertThat(turns.without()).isEqualTo(130);
    assertThat(turns.with()).isEqualTo(260);
  }

  @Test
  void ratio_severalJvms_isTheMedianOfAllTurns() {
    Turns turns =
        new Turns(
            List.of(new double[] {1, 2, 1}, new double[] {10, 30, 10}, new double[] {5, 5, 5}));

    assertThat(turns.ratio()).isEqualTo(2, EXACTLY);
    assertThat(turns.lowest()).isEqualTo(1, EXACTLY);
    assertThat(turns.highest()).isEqualTo(3, EXACTLY);
  }

  @Test
  void interval_manyReports_holdsTheMedianInMostOfThem() {
    SplittableRandom random = new SplittableRandom(Users.SEED);
    long holds =
        IntStream.range(0, 2_000)
            .mapToObj(report -> new Turns(List.of(values(random))))
            .filter(turns -> turns.lowest() <= 1 && turns.highest() >= 1)
            .count();

    assertThat(holds).isBetween(1_880L, 1_960L); // 94 to 98 of 100
  }

  /** Twenty pairs, of which the ratio is as often above one as below. */
  private static double[] values(SplittableRandom random) {
    return IntStream.range(0, 41)
        .mapToDouble(i -> i % 2 == 0 ? 1 : 0.5 + random.nextDouble())
        .toArray();
  }
}
