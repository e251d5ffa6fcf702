package dev.presence.internal.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LongSortTest {

  private static final long SEED = 7;

  private final LongSort sort = new LongSort();

  /** Ids of so many bits, around zero or above it, with some twice; few and many. */
  @ParameterizedTest
  @CsvSource({
    "0, 20, false",
    "1, 20, false",
    "511, 20, true",
    "512, 1, false",
    "512, 20, true",
    "10_000, 8, false",
    "10_000, 20, false",
    "10_000, 33, true",
    "10_000, 64, true",
    "100_000, 64, true",
    "100_000, 24, false"
  })
  void sort_anyIds_isAsTheJdkSorts(String count, int bits, boolean signed) {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < 3; round++) {
      long[] ids = new long[Integer.parseInt(count.replace("_", "")) + 100];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = random.nextLong() >>> (Long.SIZE - bits);
        if (signed && random.nextBoolean()) {
          ids[i] = ~ids[i];
        }
      }
      long[] sorted = ids.clone();
      Arrays.sort(sorted, 0, ids.length - 100); // the last ones stay where they are

      sort.sort(ids, ids.length - 100);

      assertThat(ids).as("seed=%d round=%d", SEED, round).isEqualTo(sorted);
    }
  }
}
