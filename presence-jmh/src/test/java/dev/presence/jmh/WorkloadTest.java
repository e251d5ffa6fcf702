package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.LongToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadTest {

  private static final int USERS = 1050;

  private final BenchmarkClock clock = new BenchmarkClock();

  @ParameterizedTest
  @EnumSource
  void clock_untouched_standsStill(ClockType type) {
    BenchmarkClock clock = new BenchmarkClock(type);

    assertThat(clock.millis()).isEqualTo(clock.instant().toEpochMilli());
    assertThat(clock.second()).isEqualTo(clock.instant().getEpochSecond());
  }

  @ParameterizedTest
  @EnumSource
  void clock_advanced_movesByThatMuch(ClockType type) {
    BenchmarkClock clock = new BenchmarkClock(type);
    int before = clock.second();

    clock.advanceSeconds(7);

    assertThat(clock.second()).isEqualTo(before + 7);
  }

  @Test
  void shuffled_always_holdsEveryUserOnce() {
    assertThat(Users.shuffled(USERS))
        .containsExactlyInAnyOrder(LongStream.range(0, USERS).map(Users::id).toArray());
  }

  @Test
  void ordered_always_holdsEveryUserOnceInOrderOfPlaces() {
    LongToIntFunction places = id -> (int) (id & 0xFF);

    long[] ids = Users.ordered(USERS, places);

    assertThat(ids).containsExactlyInAnyOrder(LongStream.range(0, USERS).map(Users::id).toArray());
    assertThat(Arrays.stream(ids).mapToInt(places).boxed()).isSorted();
  }

  /** A table that had grown would have twice as many bins, and its iterator another order. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 767, 768, 769, 12_288, 12_289, 100_000})
  void tableOrder_mapSizedInAdvance_isTheOrderOfItsIterator(int users) {
    Map<Long, Integer> map = new ConcurrentHashMap<>(users);
    LongStream.range(0, users).forEach(number -> map.put(Users.id(number), 0));

    assertThat(map.keySet()).hasSize(users);
    assertThat(map.keySet().stream().mapToInt(TableOrder.of(users)::applyAsInt).boxed()).isSorted();
  }

  @Test
  void about_aFifthOnline_asksForUnknownUsersOtherwise() {
    Set<Long> known = LongStream.range(0, USERS).mapToObj(Users::id).collect(Collectors.toSet());

    long[] asked = Questions.about(Ids.UNIFORM, USERS, 20, new long[100_000]);

    assertThat(Arrays.stream(asked).filter(known::contains).count()).isBetween(19_000L, 21_000L);
  }

  @Test
  void about_zipf_asksAboutAFewUsersMostOfTheTime() {
    Map<Long, Long> counts =
        Arrays.stream(Questions.about(Ids.ZIPF, 1_000_000, 100, new long[200_000]))
            .boxed()
            .collect(Collectors.groupingBy(id -> id, Collectors.counting()));

    // The shares are 1 / r^0.99 over the sum of all of them, which is 15.39 for a million.
    assertThat(counts.get(Users.id(0))).isBetween(12_500L, 13_500L);
    assertThat(counts.get(Users.id(Users.scattered(1, 1_000_000)))).isBetween(6_200L, 6_900L);
    assertThat(counts.get(Users.id(Users.scattered(9, 1_000_000)))).isBetween(1_200L, 1_450L);
  }

  @Test
  void zipf_fewUsers_drawsAllOfThemAndNoOther() {
    IntSupplier numbers = Ids.ZIPF.among(5, new SplittableRandom(1));

    assertThat(IntStream.generate(numbers).limit(1000).distinct().sorted())
        .containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void scattered_always_meetsEveryNumberOnce() {
    assertThat(IntStream.range(0, USERS).map(i -> Users.scattered(i, USERS)).sorted())
        .containsExactly(IntStream.range(0, USERS).boxed().toArray(Integer[]::new));
  }

  @Test
  void about_manyUsers_staysTheSameLength() {
    assertThat(Questions.about(Ids.UNIFORM, 100_000_000, 100, 20)).hasSize((1 << 24) + 20);
  }

  @Test
  void about_allOnline_asksForKnownUsersOnly() {
    Set<Long> known = LongStream.range(0, USERS).mapToObj(Users::id).collect(Collectors.toSet());

    assertThat(
            Arrays.stream(Questions.about(Ids.UNIFORM, USERS, 100, new long[10_000]))
                .allMatch(known::contains))
        .isTrue();
  }

  @Test
  void questions_endOfSequence_startAgain() {
    long[] asked = LongStream.range(0, 8 + 3).toArray();
    Questions questions = new Questions(asked, 3, 0, 1);

    assertThat(questions.next()).containsExactly(0, 1, 2);
    assertThat(questions.next()).containsExactly(3, 4, 5);
    assertThat(questions.next()).containsExactly(6, 7, 8);
    assertThat(questions.next()).containsExactly(1, 2, 3);
  }

  @Test
  void questions_secondOfTwoThreads_startHalfway() {
    long[] asked = LongStream.range(0, 8 + 3).toArray();

    assertThat(new Questions(asked, 3, 1, 2).next()).containsExactly(4, 5, 6);
  }

  @Test
  void questions_lengthOfNoPowerOfTwo_throw() {
    assertThatThrownBy(() -> new Questions(new long[10], 3, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("length must be a power of two: length=7");
  }

  @Test
  void rounds_batches_leaveNobodyOutBeforeTheClockMoves() {
    long[] users = Users.shuffled(USERS);
    Rounds rounds = Rounds.advancing(clock, users, 0, 1);
    int before = clock.second();
    Set<Long> seen = new HashSet<>();

    for (int i = 0; i < 11; i++) {
      Arrays.stream(rounds.next(new long[100])).forEach(seen::add);
    }

    assertThat(seen).hasSize(USERS);
    assertThat(clock.second()).isEqualTo(before);
    assertThat(rounds.next(new long[100])).containsExactly(Arrays.copyOf(users, 100));
    assertThat(clock.second()).isEqualTo(before + 1);
  }

  @Test
  void rounds_singleUsers_leaveNobodyOutBeforeTheClockMoves() {
    long[] users = Users.shuffled(USERS);
    Rounds rounds = Rounds.advancing(clock, users, 0, 1);
    int before = clock.second();

    assertThat(LongStream.generate(rounds::nextUser).limit(USERS)).containsExactly(box(users));
    assertThat(clock.second()).isEqualTo(before);
    assertThat(rounds.nextUser()).isEqualTo(users[0]);
    assertThat(clock.second()).isEqualTo(before + 1);
  }

  @Test
  void rounds_secondOfTwoThreads_hasItsOwnUsersAndLeavesTheClockAlone() {
    long[] users = Users.shuffled(USERS);
    Rounds rounds = Rounds.advancing(clock, users, 1, 2);
    int before = clock.second();

    assertThat(LongStream.generate(rounds::nextUser).limit(USERS / 2))
        .containsExactly(box(Arrays.copyOfRange(users, USERS / 2, USERS)));
    assertThat(rounds.nextUser()).isEqualTo(users[USERS / 2]);
    assertThat(clock.second()).isEqualTo(before);
  }

  @Test
  void rounds_fewerUsersThanABatch_throw() {
    assertThatThrownBy(() -> Rounds.advancing(clock, new long[150], 0, 2).next(new long[100]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("users must be >= batch for each thread: users=75 batch=100");
  }

  private static Long[] box(long[] values) {
    return Arrays.stream(values).boxed().toArray(Long[]::new);
  }
}
