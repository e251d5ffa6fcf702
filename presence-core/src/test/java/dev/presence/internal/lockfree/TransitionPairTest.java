package dev.presence.internal.lockfree;

import dev.presence.ActorPair;
import dev.presence.internal.store.Stamp;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pairs of calls that race on who is announced. Each test names every possible sequence of events.
 * At the end of each, exactly those are announced whose stamp is later than the horizon. {@code
 * -Dpresence.pair.rounds=…} sets the number of rounds.
 */
class TransitionPairTest {

  private static final long USER = 7;

  /** Others come first in a batch, so that the user's stamp is raised late in it. */
  private static final long[] BATCH = LongStream.rangeClosed(USER - 100, USER).toArray();

  private FeedFixture fixture;
  private int divisor;

  /** A second of this round; the horizon of its start. */
  private int second = 1_000;

  private Map<Long, Integer> copied;

  @AfterEach
  void close() {
    fixture.close();
  }

  private void open(String kind) {
    fixture = FeedFixture.open(kind, 200);
    fixture.start(second);
    divisor = "locked".equals(kind) ? 50 : 5;
  }

  /** A new second, with nobody in the store and nothing to fetch. */
  private void emptyStore() {
    second += 100;
    fixture.feed.moveTo(second);
    fixture.expire();
    fixture.sweep(second, false);
    fixture.takeEvents();
  }

  /** The user, and with a batch the others of it, are announced with this stamp. */
  private void announced(int stamp, String beat) {
    emptyStore();
    if ("batch".equals(beat)) {
      fixture.raiseBatch(stamp, BATCH);
    } else {
      fixture.store.raise(USER, stamp);
    }
    fixture.takeEvents();
  }

  private void beat(String beat) {
    switch (beat) {
      case "batch" -> fixture.raiseBatch(second + 50, BATCH);
      case "late" -> fixture.store.raise(USER, second + 20); // later than 10, before 30
      default -> fixture.store.raise(USER, second + 50);
    }
  }

  /** The user's events, without what is the same in each round, and whether all is consistent. */
  private String outcome() {
    List<String> events =
        fixture.takeEvents().stream().filter(event -> event.contains(" " + USER + " ")).toList();
    StringBuilder words = new StringBuilder();
    for (String event : events) {
      int stamp = Integer.parseInt(event.substring(event.lastIndexOf(' ') + 1));
      words.append(event, 0, event.indexOf(' ')).append(' ').append(stamp - second).append(", ");
    }
    Map<Long, Integer> announced = fixture.announced();
    for (long userId : BATCH) {
      int stamp = fixture.store.stampOf(userId);
      boolean isOnline = stamp > fixture.feed.horizon();
      if (isOnline != announced.containsKey(userId)) {
        return "user " + userId + " has stamp " + (stamp - second) + " announced " + announced;
      }
    }
    return words + (announced.containsKey(USER) ? "in" : "out");
  }

  private void scan(int horizon) {
    fixture.feed.moveTo(horizon);
    fixture.expire();
  }

  @ParameterizedTest
  @CsvSource({"fast, single", "fast, batch", "locked, single", "locked, batch"})
  void scanRacingHeartbeat(String kind, String beat) throws Exception {
    open(kind);
    ActorPair.race(
        divisor,
        () -> announced(second + 110, beat),
        () -> beat(beat),
        () -> scan(second + 30),
        this::outcome,
        "in",
        "offline 10, online 50, in");
  }

  @ParameterizedTest
  @CsvSource({"fast", "locked"})
  void scanRacingLateStamp_atOrBelowTheHorizon(String kind) throws Exception {
    open(kind);
    ActorPair.race(
        divisor,
        () -> announced(second + 110, "late"),
        () -> beat("late"),
        () -> scan(second + 20),
        this::outcome,
        "offline 10, out",
        "offline 20, out");
  }

  @ParameterizedTest
  @CsvSource({"fast", "locked"})
  void scanRacingLateStamp_aboveTheHorizon(String kind) throws Exception {
    open(kind);
    ActorPair.race(
        divisor,
        () -> announced(second + 110, "late"),
        () -> beat("late"),
        () -> scan(second + 19),
        this::outcome,
        "in",
        "offline 10, online 20, in");
  }

  @ParameterizedTest
  @CsvSource({
    "fast, single",
    "fast, batch",
    "fast, late",
    "locked, single",
    "locked, batch",
    "locked, late"
  })
  void scanRacingHeartbeatOfTheNext_afterTheHorizonWentBack(String kind, String beat)
      throws Exception {
    open(kind);
    int stamp = "late".equals(beat) ? 20 : 50;
    ActorPair.race(
        divisor,
        () -> {
          announced(second + 110, beat);
          scan(second + 10);
          fixture.takeEvents();
        },
        () -> beat(beat),
        () -> {
          fixture.feed.moveTo(second);
          fixture.reconcile();
        },
        this::outcome,
        "online 10, in",
        "online " + stamp + ", in");
  }

  @ParameterizedTest
  @CsvSource({
    "fast, single",
    "fast, batch",
    "fast, late",
    "locked, single",
    "locked, batch",
    "locked, late"
  })
  void regularSweepRacingHeartbeat_ofSomebodyWhoHasGone(String kind, String beat) throws Exception {
    open(kind);
    int stamp = "late".equals(beat) ? 20 : 50;
    ActorPair.race(
        divisor,
        () -> {
          announced(second + 110, beat);
          scan(second + 15);
          fixture.takeEvents();
        },
        () -> beat(beat),
        () -> fixture.sweep(second + 15, true),
        this::outcome,
        "online " + stamp + ", in");
  }

  @ParameterizedTest
  @CsvSource({
    "fast, single",
    "fast, batch",
    "fast, late",
    "locked, single",
    "locked, batch",
    "locked, late"
  })
  void regularSweepRacingHeartbeat_ofSomebodyNotScannedYet(String kind, String beat)
      throws Exception {
    open(kind);
    ActorPair.race(
        divisor,
        () -> {
          announced(second + 110, beat);
          fixture.feed.moveTo(second + 15);
        },
        () -> beat(beat),
        () -> fixture.sweep(second + 15, true),
        () -> {
          fixture.expire();
          return outcome();
        },
        "in");
  }

  @ParameterizedTest
  @CsvSource({
    "fast, single",
    "fast, batch",
    "fast, late",
    "locked, single",
    "locked, batch",
    "locked, late"
  })
  void sweepForRoomRacingHeartbeat(String kind, String beat) throws Exception {
    open(kind);
    int stamp = "late".equals(beat) ? 20 : 50;
    ActorPair.race(
        divisor,
        () -> {
          announced(second + 110, beat);
          fixture.feed.moveTo(second + 15);
        },
        () -> beat(beat),
        () -> fixture.sweep(second + 15, false),
        this::outcome,
        "in",
        "offline 10, online " + stamp + ", in");
  }

  @ParameterizedTest
  @CsvSource({
    "fast, single",
    "fast, batch",
    "fast, late",
    "locked, single",
    "locked, batch",
    "locked, late"
  })
  void disconnectRacingHeartbeat(String kind, String beat) throws Exception {
    open(kind);
    int stamp = "late".equals(beat) ? 20 : 50;
    ActorPair.race(
        divisor,
        () -> announced(second + 110, beat),
        () -> beat(beat),
        () -> fixture.store.lower(USER, second + 5), // which is later than the horizon
        this::outcome,
        "offline 10, online " + stamp + ", in",
        "offline " + stamp + ", out");
  }

  @ParameterizedTest
  @CsvSource({"fast, 5", "fast, 0", "locked, 5", "locked, 0"})
  void disconnectRacingScan(String kind, int age) throws Exception {
    open(kind);
    ActorPair.race(
        divisor,
        () -> announced(second + 110, "single"),
        () -> fixture.store.lower(USER, age == 0 ? Stamp.NONE : second + age),
        () -> scan(second + 30),
        this::outcome,
        "offline 10, out");
  }

  @ParameterizedTest
  @CsvSource({
    "fast, single, all", "fast, batch, all", "fast, late, all", "fast, single, one",
    "fast, batch, one", "fast, late, one", "locked, single, all", "locked, batch, one"
  })
  void startOfASubscriptionRacingHeartbeat(String kind, String beat, String who) throws Exception {
    open(kind);
    int stamp = "late".equals(beat) ? 20 : 50;
    ActorPair.race(
        divisor,
        this::emptyStore,
        () -> beat(beat),
        () -> copy(who),
        this::outcomeOfStart,
        "online " + stamp + ", in", // after the start
        "started with " + stamp + ", in");
  }

  @ParameterizedTest
  @CsvSource({"fast, all", "fast, one", "locked, all", "locked, one"})
  void startOfASubscriptionRacingDisconnectAndHeartbeat(String kind, String who) throws Exception {
    open(kind);
    ActorPair.race(
        divisor,
        () -> announced(second + 110, "single"),
        () -> {
          fixture.store.lower(USER, Stamp.NONE);
          fixture.store.raise(USER, second + 50);
        },
        () -> copy(who),
        this::outcomeOfStart,
        "started with 10, offline 10, online 50, in",
        "online 50, in",
        "started with 50, in");
  }

  /** What comes before is for others. */
  private void copy(String who) {
    copied = "one".equals(who) ? fixture.announced(USER) : fixture.announced();
    fixture.found.clear();
  }

  private String outcomeOfStart() {
    String start =
        copied.containsKey(USER) ? "started with " + (copied.get(USER) - second) + ", " : "";
    return start + outcome();
  }

  @ParameterizedTest
  @CsvSource({"fast, single", "fast, batch", "fast, lower", "fast, forget", "locked, lower"})
  void startOfTheFeedRacingACall(String kind, String call) throws Exception {
    open(kind);
    ActorPair.race(
        2 * divisor,
        () -> {
          fixture.feed.stop();
          second += 100;
          fixture.found.clear();
          fixture.raiseBatch(second - 20, BATCH);
          fixture.store.raise(USER, second + 10);
        },
        () -> {
          switch (call) {
            case "lower" -> fixture.store.lower(USER, second - 10);
            case "forget" -> fixture.store.forget(USER);
            default -> beat(call);
          }
        },
        () -> fixture.start(second),
        () -> {
          String outcome = outcome();
          return outcome.substring(outcome.lastIndexOf(' ') + 1);
        },
        "lower".equals(call) || "forget".equals(call) ? "out" : "in");
  }
}
