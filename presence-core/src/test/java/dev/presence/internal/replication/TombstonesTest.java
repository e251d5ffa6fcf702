package dev.presence.internal.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The table against a plain map. */
class TombstonesTest {

  private static final int MOST = 1 << 10;

  private final Tombstones tombstones = new Tombstones(MOST);

  @Test
  void randomCalls_likeAPlainMap() {
    long seed = new Random().nextLong();
    System.out.println("TombstonesTest: seed=" + seed);
    Random random = new Random(seed);
    Map<Long, long[]> model = new HashMap<>(); // second and order
    for (int i = 0; i < 200_000; i++) {
      long userId = random.nextInt(700) * 0x1_0000_0001L;
      long second = 1_000L + i / 1_000 + random.nextInt(5);
      int order = random.nextBoolean() ? Tombstones.FOREIGN : i;
      if (random.nextInt(1_000) == 0) {
        tombstones.forgetBefore(second - 3);
        model.values().removeIf(value -> value[0] < second - 3);
      } else if (random.nextInt(2_000) == 0) {
        tombstones.move(-1, second);
        model.values().forEach(value -> value[0] = Math.min(value[0] - 1, second));
      } else {
        long[] old = model.get(userId);
        boolean isNews =
            old == null || old[0] < second || (old[0] == second && order != Tombstones.FOREIGN);
        assertThat(tombstones.add(userId, second, order)).isEqualTo(isNews);
        if (isNews) {
          long kept = old != null && order == Tombstones.FOREIGN ? old[1] : order;
          model.put(userId, new long[] {second, kept});
        }
      }
      assertSame(model, userId);
    }
    model.keySet().forEach(userId -> assertSame(model, userId));
  }

  private void assertSame(Map<Long, long[]> model, long userId) {
    assertThat(tombstones.size()).isEqualTo(model.size());
    long[] expected = model.get(userId);
    assertThat(tombstones.secondOf(userId)).isEqualTo(expected == null ? 0 : expected[0]);
    if (expected != null) {
      assertThat(tombstones.orderOf(userId)).isEqualTo((int) expected[1]);
      assertThat(tombstones.latest()).isGreaterThanOrEqualTo(expected[0]);
    }
  }

  @Test
  void full_keepsTheLatest() {
    for (int i = 0; i < 10 * MOST; i++) {
      assertThat(tombstones.add(i, 1_000 + i, Tombstones.FOREIGN)).isTrue();
      assertThat(tombstones.size()).isLessThanOrEqualTo(MOST);
    }
    for (int i = 10 * MOST - MOST / 2; i < 10 * MOST; i++) {
      assertThat(tombstones.secondOf(i)).isEqualTo(1_000 + i);
    }
    assertThat(tombstones.latest()).isEqualTo(1_000 + 10 * MOST - 1);
  }

  @Test
  void full_ofOneSecond_isBoundedAndKeepsTheLast() {
    for (int i = 0; i < 10 * MOST; i++) {
      tombstones.add(i, 1_000, Tombstones.FOREIGN);
      assertThat(tombstones.size()).isLessThanOrEqualTo(MOST);
      assertThat(tombstones.secondOf(i)).isEqualTo(1_000);
    }
  }

  @Test
  void move_beyondTheLatestSecond_staysThere() {
    tombstones.add(1, 1_000, 5);
    tombstones.add(2, 2_000, 6);
    tombstones.move(500, 2_100);
    assertThat(tombstones.secondOf(1)).isEqualTo(1_500);
    assertThat(tombstones.secondOf(2)).isEqualTo(2_100);
    assertThat(tombstones.latest()).isEqualTo(2_100);
    assertThat(tombstones.orderOf(2)).isEqualTo(6);
  }

  @Test
  void add_ofAnotherNodeAfterOneOfThisNode_keepsTheOrder() {
    tombstones.add(1, 1_000, 5);
    assertThat(tombstones.add(1, 1_001, Tombstones.FOREIGN)).isTrue();
    assertThat(tombstones.orderOf(1)).isEqualTo(5);
  }
}
