package dev.presence.internal.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AgeClassesTest {

  private final AgeClasses ages = new AgeClasses();

  @Test
  void oldest_nobodyCounted_isZero() {
    assertThat(ages.oldest(1)).isZero();
  }

  /** A class never begins above the user's age, and at most an eighth below it. */
  @Test
  void oldest_oneUser_isTheAgeWithinAnEighth() {
    for (long ageSeconds :
        new long[] {1, 7, 8, 9, 15, 16, 17, 30, 31, 1_000, 604_800, 4_294_967_294L}) {
      AgeClasses one = new AgeClasses();
      one.add(ageSeconds);
      assertThat(one.oldest(1))
          .as("age=%d", ageSeconds)
          .isBetween(ageSeconds - ageSeconds / 8, ageSeconds);
    }
  }

  @Test
  void oldest_ofMany_takesAsManyClassesAsItNeeds() {
    LongStream.range(0, 100).forEach(i -> ages.add(100));
    LongStream.range(0, 10).forEach(i -> ages.add(1_000));
    ages.add(100_000);

    assertThat(ages.oldest(1)).isEqualTo(98_304);
    assertThat(ages.oldest(2)).isEqualTo(960);
    assertThat(ages.oldest(11)).isEqualTo(960);
    assertThat(ages.oldest(12)).isEqualTo(96);
    assertThat(ages.oldest(1_000)).as("more users than there are").isEqualTo(96);
  }
}
