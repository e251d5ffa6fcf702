package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CrowdTest {

  private static final long BILLIONS = 3_000_000_007L;

  @Test
  void inTenths_moreUsersThanAnIntHolds_growEvenlyToAllOfThem() {
    long[] ends =
        IntStream.rangeClosed(0, 10).mapToLong(i -> Crowd.inTenths(i, BILLIONS)).toArray();

    assertThat(ends[0]).isZero();
    assertThat(ends[10]).isEqualTo(BILLIONS);
    for (int i = 0; i < 10; i++) {
      assertThat(ends[i + 1] - ends[i]).isBetween(BILLIONS / 10, BILLIONS / 10 + 1);
    }
  }

  @Test
  void fill_usersThatNoBatchDivides_recordsEachAndNobodyElse() {
    try (Crowd crowd = new Crowd(3_217, 3)) {
      IntStream.range(0, Crowd.TENTHS).forEach(crowd::fill);

      assertThat(crowd.presence().onlineCount()).isEqualTo(3_217);
      assertThat(LongStream.range(0, 3_217).mapToObj(Users::id))
          .allMatch(crowd.presence()::isOnline);
      assertThat(crowd.presence().isOnline(Users.id(3_217))).isFalse();
    }
  }

  @Test
  void workers_wrongExpectation_countEveryAnswer() {
    try (Crowd crowd = new Crowd(1_000, 1)) {
      IntStream.range(0, Crowd.TENTHS).forEach(crowd::fill);

      assertThat(crowd.statusOf(crowd.known(), true, 0, 1).step()).isZero();
      assertThat(crowd.statusOf(crowd.known(), false, 0, 1).step()).isEqualTo(Crowd.BATCH);
      assertThat(crowd.isOnline(crowd.strangers(), false, 0, 1).step()).isZero();
      assertThat(crowd.isOnline(crowd.strangers(), true, 0, 1).step()).isEqualTo(Crowd.BATCH);
    }
  }

  @Test
  void expireFirstTenth_afterHeartbeatsOfOthers_letsOnlyTheFirstGo() {
    try (Crowd crowd = new Crowd(2_000, 1)) {
      IntStream.range(0, Crowd.TENTHS).forEach(crowd::fill);
      assertThat(crowd.heartbeats(crowd.others(), 0, 1).step()).isZero();
      assertThat(crowd.presence().sweep()).isZero();

      crowd.expireFirstTenth();

      assertThat(crowd.presence().sweep()).isEqualTo(200);
      assertThat(crowd.presence().onlineCount()).isEqualTo(1_800);
      assertThat(crowd.statusOf(crowd.firstTenth(), false, 0, 1).step()).isZero();
      assertThat(crowd.statusOf(crowd.others(), true, 0, 1).step()).isZero();
    }
  }

  @Test
  void new_lessThanABatchForEachThreadAndTenth_throws() {
    assertThatThrownBy(() -> new Crowd(1_999, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("users must be >= 1000 for each thread: users=1999 threads=2");
  }

  @Test
  void run_severalThreads_countsTheStepsAndTheWrongAnswersOfAll() {
    Crew.Work work = Crew.run(3, 0, thread -> () -> thread);

    assertThat(work.steps()).isGreaterThanOrEqualTo(3);
    assertThat(work.wrong()).isGreaterThanOrEqualTo(3);
    assertThat(work.threads()).isEqualTo(3);
    assertThat(new Crew.Work(4, 0, 2_000, 2).nanosPerStep()).isEqualTo(1_000);
    assertThat(new Crew.Work(4, 0, 2_000, 2).stepsPerSecond()).isEqualTo(2_000_000);
  }

  @Test
  void run_threadThatThrows_throws() {
    assertThatThrownBy(
            () ->
                Crew.run(
                    2,
                    thread -> {
                      throw new IllegalStateException("thread " + thread);
                    }))
        .hasRootCauseMessage("thread 0");
  }
}
