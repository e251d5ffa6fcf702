package dev.presence.internal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.PresenceBuilder;
import dev.presence.internal.lockfree.LockFreeStore;
import dev.presence.internal.store.OlderThan;
import dev.presence.internal.store.StampStore;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizingTest {

  static Stream<Arguments> ids() {
    return Stream.of(
        ids("sequential", i -> i),
        ids("negative", i -> -1 - i),
        ids("multiples of 1024", i -> i << 10),
        ids("multiples of 2^43", i -> i << 43),
        ids("around the largest", i -> Long.MAX_VALUE - 500_000 + i),
        ids("random", i -> mix(i)));
  }

  private static Arguments ids(String name, LongUnaryOperator id) {
    return Arguments.argumentSet(name, id);
  }

  @ParameterizedTest
  @MethodSource("ids")
  void aMillionUsers_anyIds_fitInAtMost24BytesEach(LongUnaryOperator id) {
    long maxUsers = 1_000_000;
    StampStore store = new LockFreeStore(UserMap.open("test", maxUsers));
    try {
      for (long i = 0; i < maxUsers; i++) {
        assertThat(store.raise(id.applyAsLong(i), 1)).isTrue();
      }
      assertThat(store.users().tracked()).isEqualTo(maxUsers);
      assertThat(store.raise(id.applyAsLong(maxUsers), 1)).isFalse();
      assertThat(store.raise(id.applyAsLong(0), 2)).isTrue();
      assertThat((double) store.offHeapBytes() / maxUsers).isLessThanOrEqualTo(24);
    } finally {
      store.close();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 63, 64, 65, 1_000, 10_921, 10_922, 10_923, 20_000, 100_001})
  void smallSizes_exactlyMaxUsersFit(long maxUsers) {
    StampStore store = new LockFreeStore(UserMap.open("test", maxUsers));
    try {
      for (long i = 0; i < maxUsers; i++) {
        assertThat(store.raise(mix(i), 1)).isTrue();
      }
      assertThat(store.raise(mix(maxUsers), 1)).isFalse();
    } finally {
      store.close();
    }
  }

  @Test
  void idsChosenAgainstTheHash_oneSegmentFull_areRefusedAndTheStoreStaysUsable() {
    StampStore store = new LockFreeStore(UserMap.open("test", 20_000));
    try {
      long refused = 0;
      long accepted = 0;
      for (long id = 0; refused == 0; id++) {
        if (isInFirstSegment(id, 2)) {
          if (store.raise(id, 1)) {
            accepted++;
          } else {
            refused++;
          }
        }
      }
      assertThat(accepted).isEqualTo(store.largestSegment()).isLessThan(20_000);
      assertThat(store.users().tracked()).isEqualTo(accepted);
      OlderThan task = new OlderThan(store.largestSegment(), 10, 100);
      assertThat(store.sweep(0, task)).isEqualTo((int) accepted);
      assertThat(store.raise(0, 1)).isTrue();
      assertThat(store.stampOf(0)).isEqualTo(1);
      assertThat(store.users().tracked()).isEqualTo(1);
    } finally {
      store.close();
    }
  }

  @Test
  void largestSegment_isTheCheapest() {
    assertThat(Sizing.forUsers(10_922)).isEqualTo(new Sizing(1, 10_922));
    Sizing sizing = Sizing.forUsers(100_000_000);
    assertThat(sizing.entriesPerSegment()).isBetween(10_900L, 10_922L);
    assertThat((long) sizing.segments() * sizing.entriesPerSegment()).isGreaterThan(106_000_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1_000_000_000, 2_147_483_648L, PresenceBuilder.LARGEST_MAX_USERS})
  void moreUsersThanAnIntCounts_segmentsAreTheSame(long maxUsers) {
    Sizing sizing = Sizing.forUsers(maxUsers);
    double mean = (double) maxUsers / sizing.segments();

    assertThat(sizing.segments()).isBetween(90_000, 1_000_000);
    assertThat(sizing.entriesPerSegment()).isBetween(10_900L, 10_922L);
    assertThat(sizing.entriesPerSegment() - mean).isGreaterThanOrEqualTo(7 * Math.sqrt(mean));
    assertThat(sizing.sample().entriesPerSegment()).isEqualTo(sizing.entriesPerSegment());
  }

  /** Chooses a segment as Chronicle Map does if their number is a power of two. */
  private static boolean isInFirstSegment(long userId, int segments) {
    return (UserHash.of(userId) & (segments - 1)) == 0;
  }

  /** Scatters neighbouring longs over all longs; different ones stay different. */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
