package dev.presence.internal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import net.openhft.chronicle.core.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserMapTest {

  /** {@code HugePages} drops the pages of a big map's segments, which must lose nothing. */
  @ParameterizedTest
  @ValueSource(longs = {1, 100_000, 1_000_000})
  void open_newMap_hasNothingButZerosInItsSegments(long maxUsers) {
    UserMap map = UserMap.open("test", maxUsers);
    try {
      MapLayout layout = map.layout();
      for (int segment = 0; segment < layout.segments(); segment++) {
        long start = layout.segment(segment);
        for (long offset = 0; offset < layout.entriesOffset(); offset += Integer.BYTES) {
          assertThat(OS.memory().readInt(start + offset)).isZero();
        }
      }
    } finally {
      map.close();
    }
  }
}
