package dev.presence.internal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import net.openhft.chronicle.core.OS;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserMapTest {

  private static final int COLLECTIONS = 20;

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

  @Test
  void close_readersAreReachable_addressesStayMapped() {
    UserMap map = UserMap.open("test", 100);
    Object readers = new Object();
    map.close(() -> {}, readers, Long.MAX_VALUE);
    try {
      RetiredMaps.collect();
      assertThat(map.chronicle().isOpen()).isTrue();
    } finally {
      Reference.reachabilityFence(readers);
    }
  }

  @Test
  void close_readersAreUnreachable_closesTheMapWithTheNextCollection() {
    UserMap map = UserMap.open("test", 100);
    map.close(() -> {}, new Object(), Long.MAX_VALUE);
    for (int i = 0; i < COLLECTIONS && map.chronicle().isOpen(); i++) {
      RetiredMaps.collect();
    }
    assertThat(map.chronicle().isOpen()).isFalse();
    assertThat(map.users()).isNotNull(); // all the while somebody holds the map itself
  }

  @Test
  void close_withoutReaders_closesTheMapAtOnce() {
    UserMap map = UserMap.open("test", 100);
    map.close();
    assertThat(map.chronicle().isOpen()).isFalse();
  }

  @Test
  void collect_nothingWaits_findsNothing() {
    while (RetiredMaps.collect()) {} // what other tests have left
    assertThat(RetiredMaps.collect()).isFalse();
  }
}
