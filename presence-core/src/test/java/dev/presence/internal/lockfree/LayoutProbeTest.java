package dev.presence.internal.lockfree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.internal.chronicle.ChronicleStore;
import dev.presence.internal.chronicle.UserMap;
import dev.presence.internal.store.OlderThan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The probe passes for every size of map, touches only a sample, and can fail. */
class LayoutProbeTest {

  @ParameterizedTest
  @ValueSource(
      longs = {
        1,
        2,
        31,
        32,
        33,
        10_922,
        10_923,
        20_000,
        40_000,
        80_000,
        700_000,
        800_000,
        1_000_000,
        1_400_000,
        10_000_000
      })
  void passes_mapOfAnySize_isTrue(long maxUsers) {
    UserMap map = UserMap.open("test", maxUsers);
    try {
      assertThat(passes(map)).isTrue();
      assertThat(map.users().tracked()).isZero();
    } finally {
      map.close();
    }
  }

  /** The map may hold the very users that the probe inserts into the sample. */
  @Test
  void passes_mapWithUsers_keepsThem() {
    UserMap map = UserMap.open("test", 100_000);
    LockFreeStore store = new LockFreeStore(map);
    try {
      for (int i = 0; i < 100; i++) {
        store.raise(i * 0x9E37_79B9_7F4A_7C15L, 5 + i);
      }

      assertThat(passes(map)).isTrue();

      for (int i = 0; i < 100; i++) {
        assertThat(store.stampOf(i * 0x9E37_79B9_7F4A_7C15L)).isEqualTo(5 + i);
      }
      assertThat(store.users().tracked()).isEqualTo(100);
    } finally {
      store.close();
    }
  }

  @Test
  void passes_sampleOfAnotherShape_isFalse() {
    UserMap map = UserMap.open("test", 100_000);
    UserMap other = UserMap.open("test", 1_000);
    try {
      assertThat(LayoutProbe.passes(map, other)).isFalse();
    } finally {
      map.close();
      other.close();
    }
  }

  /** A removal changes the version of its segment, and the probe accepts only versions of zero. */
  @Test
  void passes_versionsThatAreNotZero_isFalse() {
    UserMap map = UserMap.open("test", 100);
    LockFreeStore store = new LockFreeStore(map);
    try {
      store.raise(1, 5);
      store.sweep(0, new OlderThan(100, 1, 100));
      assertThat(passes(map)).isFalse();
    } finally {
      store.close();
    }
  }

  /** The probe removes its own users and must then find the sample empty. */
  @Test
  void passes_sampleThatIsNotEmpty_isFalse() {
    UserMap map = UserMap.open("test", 100);
    try {
      boolean passes =
          map.withSample(
              sample -> {
                new ChronicleStore(sample).raise(7, 5);
                return LayoutProbe.passes(map, sample);
              });
      assertThat(passes).isFalse();
    } finally {
      map.close();
    }
  }

  private static boolean passes(UserMap map) {
    return map.withSample(sample -> LayoutProbe.passes(map, sample));
  }
}
