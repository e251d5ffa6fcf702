package dev.presence.jmh.stores;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A check that finds nothing is worth something only if it would find what is wrong. */
@Tag("server")
class AnswerCheckTest {

  private static final ReplicationPlan PLAN = new ReplicationPlan(1_000, 2, false, 1, 5, 1, 1, 1);
  private static final int WATCHED = 100;

  private final Servers servers = new Servers();

  @AfterEach
  void close() {
    servers.close();
  }

  @Test
  void check_rightAnswers_findsNoneWrong() throws InterruptedException {
    assertThat(wrongAfter(nodes -> {})).isZero();
  }

  @Test
  void check_usersWhoBeatAreOffline_findsThem() throws InterruptedException {
    assertThat(
            wrongAfter(
                nodes -> {
                  for (int number = WATCHED; number < PLAN.users(); number++) {
                    nodes.node(0).disconnect(PLAN.id(number));
                  }
                }))
        .isPositive();
  }

  @Test
  void check_strangersAreOnline_findsThem() throws InterruptedException {
    assertThat(
            wrongAfter(
                nodes -> {
                  int strangers = PLAN.users() + ReplicationPlan.OTHER_USERS;
                  for (int number = 0; number < PLAN.users(); number++) {
                    nodes.node(1).recordHeartbeat(PLAN.id(strangers + number));
                  }
                }))
        .isPositive();
  }

  @Test
  void check_whoIsGoneIsOffline_findsThem() throws InterruptedException {
    assertThat(
            wrongAfter(
                nodes -> {
                  for (int number = 0; number < WATCHED; number++) {
                    nodes.node(0).disconnect(PLAN.id(number));
                  }
                }))
        .isPositive();
  }

  private interface Damage {
    void to(Nodes nodes);
  }

  /** The first users stop to beat; then the damage is done, and everybody asked about. */
  private long wrongAfter(Damage damage) throws InterruptedException {
    AnswerCheck check;
    try (Nodes nodes = Nodes.open(servers.address(StoreType.REDIS_SORTED_SET), PLAN);
        PacedBeats load = PacedBeats.start(nodes, PLAN, WATCHED)) {
      load.awaitOnline();
      load.stopFirst(WATCHED);
      check = AnswerCheck.start(nodes, PLAN, load, WATCHED);
      try (check) {
        damage.to(nodes);
        long from = check.answers();
        assertThat(Polling.until(() -> check.answers() > from + 10_000)).isTrue();
      }
    }
    return check.wrong();
  }
}
