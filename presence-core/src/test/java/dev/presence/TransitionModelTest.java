package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs random operations on a small presence and on {@link ModelTransitions}, and compares what
 * each subscription is told, user by user and in order, after every sweep, and the answers after
 * every step. {@code -Dpresence.transitions.operations=…} sets the number of steps, {@code
 * -Dpresence.transitions.seed=…} repeats a failure.
 */
class TransitionModelTest {

  private static final int OPERATIONS =
      Integer.getInteger("presence.transitions.operations", 10_000);

  private static final int MOST_SUBSCRIPTIONS = 5;
  private static final long[] USERS =
      LongStream.concat(
              LongStream.of(0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, -(1L << 32)),
              LongStream.range(1, 20))
          .toArray();

  private final List<Subscriber> subscribers = new ArrayList<>();
  private Random random;
  private ManualClock clock;
  private Presence presence;
  private ModelTransitions model;
  private long transitions;
  private String context = "";

  /** A subscription, and what the model says that it is told. */
  private static final class Subscriber implements PresenceListener {
    private final Map<Long, List<String>> events = new TreeMap<>();
    private PresenceSubscription subscription;
    private ModelTransitions.Told told;

    @Override
    public void onOnline(long userId, long epochSecond) {
      add(userId, "online " + epochSecond);
    }

    @Override
    public void onOffline(long userId, long lastSeenEpochSecond) {
      add(userId, "offline " + lastSeenEpochSecond);
    }

    @Override
    public void onResync() {
      throw new AssertionError("nothing has overflowed");
    }

    private void add(long userId, String event) {
      events.computeIfAbsent(userId, id -> new ArrayList<>()).add(event);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "30, 0, 30, 40, 1764000000", // a disconnect forgets the user
    "30, 0, 120, 40, 1764000000", // a disconnect lowers the stamp
    "30, 5, 35, 40, 1764000000",
    "30, 5, 3600, 20, 1764000000", // more users than room: those offline the longest are displaced
    "10, 5, 15, 12, 1764000000", // full more often than not
    "1, 0, 4294967295, 24, 1764000000",
    "30, 5, 60, 20, 40", // the first seconds that there are
    "10, 0, 20, 12, 4294967200", // and the last
  })
  void randomOperations_everySubscriptionIsToldWhatTheModelSays(
      long windowSeconds, long graceSeconds, long retentionSeconds, int maxUsers, long start) {
    long seed = Long.getLong("presence.transitions.seed", System.nanoTime());
    random = new Random(seed);
    clock = new ManualClock(start);
    model = new ModelTransitions(clock, windowSeconds, graceSeconds, retentionSeconds, maxUsers);
    try (Presence opened =
        Presence.builder()
            .onlineWindow(Duration.ofSeconds(windowSeconds))
            .gracePeriod(Duration.ofSeconds(graceSeconds))
            .retention(Duration.ofSeconds(retentionSeconds))
            .maxUsers(maxUsers)
            .clock(clock)
            .sweepInterval(Duration.ZERO)
            .open()) {
      presence = opened;
      for (int step = 0; step < operations(); step++) {
        String operation = operate();
        context =
            String.format(
                "step %d, %s, now=%d, seed=%d", step, operation, clock.nowSeconds(), seed);
        compareAnswers();
      }
    }
    System.out.printf(
        "%s: -Dpresence.transitions.seed=%d transitions=%d%n",
        getClass().getSimpleName(), seed, transitions);
    assertThat(transitions).isPositive();
  }

  int operations() {
    return OPERATIONS;
  }

  private String operate() {
    int dice = random.nextInt(100);
    if (dice < 25) {
      return heartbeats(user());
    } else if (dice < 37) {
      return heartbeats(users(random.nextInt(8)));
    } else if (dice < 50) {
      return lateHeartbeat(user(), clock.nowSeconds() + random.nextInt(-50, 10));
    } else if (dice < 64) {
      return disconnect(user());
    } else if (dice < 78) {
      return sweep();
    } else if (dice < 91) {
      return moveClock(random.nextInt(5));
    } else if (dice < 93) {
      return moveClock(random.nextInt(80));
    } else if (dice < 95) {
      return moveClock(-random.nextInt(40));
    } else {
      return random.nextBoolean() ? subscribe() : closeOne();
    }
  }

  private String heartbeats(long... userIds) {
    PresenceFullException full =
        catchThrowableOfType(
            PresenceFullException.class,
            () -> {
              if (userIds.length == 1) {
                presence.recordHeartbeat(userIds[0]);
              } else {
                presence.recordHeartbeats(userIds);
              }
            });
    check("refused", full == null ? 0 : full.refused(), model.recordHeartbeats(userIds));
    return "heartbeats of " + userIds.length;
  }

  private String lateHeartbeat(long userId, long epochSecond) {
    long stamp = Math.min(Math.max(epochSecond, 1), 4_294_967_295L);
    PresenceFullException full =
        catchThrowableOfType(
            PresenceFullException.class, () -> presence.recordHeartbeat(userId, stamp));
    check("refused", full == null ? 0 : full.refused(), model.recordHeartbeat(userId, stamp));
    return "late heartbeat of " + userId;
  }

  private String disconnect(long userId) {
    presence.disconnect(userId);
    model.disconnect(userId);
    return "disconnect of " + userId;
  }

  private String moveClock(int seconds) {
    clock.advance(seconds);
    return "clock moves by " + seconds;
  }

  private String subscribe() {
    if (subscribers.size() < MOST_SUBSCRIPTIONS) {
      Subscriber subscriber = new Subscriber();
      if (random.nextInt(3) == 0) {
        subscriber.subscription = presence.subscribe(subscriber, Runnable::run);
        subscriber.told = model.subscribe(null);
      } else {
        long[] userIds = users(random.nextInt(12));
        subscriber.subscription = presence.subscribe(userIds, subscriber, Runnable::run);
        subscriber.told = model.subscribe(setOf(userIds));
      }
      subscribers.add(subscriber);
    }
    return "subscribe";
  }

  private String closeOne() {
    if (!subscribers.isEmpty()) {
      Subscriber subscriber = subscribers.remove(random.nextInt(subscribers.size()));
      subscriber.subscription.close();
      subscriber.told.close();
      check("nothing waits", subscriber.subscription.queueDepth(), 0);
    }
    return "close a subscription";
  }

  private String sweep() {
    check("removed", presence.sweep(), model.sweep());
    for (Subscriber subscriber : subscribers) {
      Map<Long, List<String>> events = new TreeMap<>(subscriber.events);
      subscriber.events.clear();
      check("events", events, subscriber.told.takeEvents());
      check("failures", subscriber.subscription.failures(), 0L);
      transitions += events.values().stream().mapToInt(List::size).sum();
    }
    return "sweep";
  }

  private void compareAnswers() {
    boolean[] online = presence.statusOf(USERS);
    long[] lastSeen = presence.lastSeenOf(USERS);
    Set<Long> expected = model.online();
    for (int i = 0; i < USERS.length; i++) {
      check("lastSeenOf", lastSeen[i], model.lastSeen(USERS[i]));
      check("statusOf", online[i], expected.contains(USERS[i]));
    }
    check("trackedUsers", presence.stats().trackedUsers(), model.trackedUsers());
  }

  private void check(String what, Object actual, Object expected) {
    if (!actual.equals(expected)) {
      assertThat(actual).as("%s after %s", what, context).isEqualTo(expected);
    }
  }

  private long user() {
    return USERS[random.nextInt(USERS.length)];
  }

  private long[] users(int count) {
    return LongStream.generate(this::user).limit(count).toArray();
  }

  private static Set<Long> setOf(long[] userIds) {
    Set<Long> users = new TreeSet<>();
    LongStream.of(userIds).forEach(users::add);
    return users;
  }
}
