package dev.presence.internal.lockfree;

import static org.assertj.core.api.Assertions.assertThat;

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
 * Runs random operations on a store and its feed, and compares each transition with a plain model.
 * The horizon moves at any time, and the scan comes later. {@code
 * -Dpresence.transitions.operations=…} sets the number of steps, {@code
 * -Dpresence.transitions.seed=…} repeats a failure.
 */
class TransitionFeedModelTest {

  private static final int OPERATIONS =
      Integer.getInteger("presence.transitions.operations", 10_000);

  private static final int USERS = 90;

  private final Map<Long, Integer> stamps = new TreeMap<>();
  private final TreeSet<Long> announced = new TreeSet<>();
  private final List<String> expected = new ArrayList<>();
  private Random random;
  private FeedFixture fixture;
  private boolean isStarted;
  private boolean mustReconcile;
  private int horizon;
  private int transitions;
  private String operation = "";

  @ParameterizedTest
  @CsvSource({
    "fast, 100, 1", // two blocks of a segment
    "fast, 25000, 1", // several segments
    "locked, 100, 10",
    "locked, 25000, 20"
  })
  void randomOperations_everyTransitionIsTheModels(String kind, int maxUsers, int divisor) {
    long seed = Long.getLong("presence.transitions.seed", System.nanoTime());
    random = new Random(seed);
    try (FeedFixture opened = FeedFixture.open(kind, maxUsers)) {
      fixture = opened;
      for (int step = 0; step < OPERATIONS / divisor; step++) {
        operate();
        compare(step, seed);
      }
    }
    System.out.printf(
        "TransitionFeedModelTest: -Dpresence.transitions.seed=%d transitions=%d%n",
        seed, transitions);
    assertThat(transitions).isPositive();
  }

  private void operate() {
    int dice = random.nextInt(100);
    if (dice < 25) {
      raise(user(), stamp());
    } else if (dice < 35) {
      raiseBatch(LongStream.generate(this::user).limit(random.nextInt(20)).toArray(), stamp());
    } else if (dice < 47) {
      lower(user(), random.nextInt(3) == 0 ? 0 : stamp());
    } else if (dice < 52) {
      replace(user());
    } else if (dice < 60) {
      sweep(random.nextInt(1_000), random.nextBoolean());
    } else if (dice < 75) {
      moveHorizon();
    } else if (dice < 85) {
      scan();
    } else if (dice < 98) {
      operation = "nothing";
    } else {
      startOrStop();
    }
  }

  private void raise(long userId, int stamp) {
    operation = "raise " + userId + " to " + stamp;
    fixture.store.raise(userId, stamp);
    raised(userId, stamp);
  }

  private void raiseBatch(long[] userIds, int stamp) {
    operation = "raise a batch to " + stamp;
    fixture.raiseBatch(stamp, userIds);
    LongStream.of(userIds).forEach(userId -> raised(userId, stamp));
  }

  /**
   * The fast path looks at the bit only if the stored stamp is not above the horizon. Others who
   * are not announced wait for the scan that follows a move back.
   */
  private void raised(long userId, int stamp) {
    int stored = stamps.getOrDefault(userId, 0);
    int raised = Math.max(stored, stamp);
    stamps.put(userId, raised);
    boolean looks = !fixture.store.isLockFree() || stored <= horizon;
    if (isStarted && looks && raised > horizon && announced.add(userId)) {
      expected.add("online " + userId + " " + raised);
    }
  }

  private void lower(long userId, int stamp) {
    operation = "lower " + userId + " to " + stamp;
    boolean isTracked =
        stamp == 0 ? fixture.store.forget(userId) : fixture.store.lower(userId, stamp);
    assertThat(isTracked).isEqualTo(stamps.containsKey(userId));
    if (isTracked) {
      int stored = stamps.get(userId);
      int lowest = isStarted ? Math.min(stamp, horizon) : stamp;
      stamps.put(userId, Math.min(stored, lowest));
      gone(userId, stored);
    }
  }

  private void replace(long userId) {
    int stored = stamps.getOrDefault(userId, 0);
    if (stored > 1) {
      int stamp = 1 + random.nextInt(stored - 1);
      operation = "replace " + userId + " by " + stamp;
      fixture.store.replace(userId, stored, stamp);
      fixture.store.replace(userId, stored, stamp - 1); // no longer the expected one
      stamps.put(userId, stamp);
    }
  }

  private void sweep(int belowStamp, boolean sparesAnnounced) {
    operation = "sweep below " + belowStamp + (sparesAnnounced ? ", not announced" : "");
    int removed = fixture.sweep(belowStamp, sparesAnnounced);
    Map<Long, Integer> leaving = new TreeMap<>(stamps);
    leaving.values().removeIf(stamp -> stamp != 0 && stamp >= belowStamp);
    leaving.keySet().removeIf(userId -> sparesAnnounced && announced.contains(userId));
    assertThat(removed).isEqualTo(leaving.size());
    leaving.forEach(this::gone);
    stamps.keySet().removeAll(leaving.keySet());
  }

  private void gone(long userId, int stored) {
    if (announced.remove(userId)) {
      expected.add("offline " + userId + " " + stored);
    }
  }

  private void moveHorizon() {
    if (isStarted) {
      int next = random.nextInt(4) == 0 ? random.nextInt(1_000) : stamp();
      operation = "move the horizon from " + horizon + " to " + next;
      mustReconcile |= next < horizon;
      horizon = next;
      fixture.feed.moveTo(next);
    }
  }

  private void scan() {
    if (isStarted) {
      operation = mustReconcile ? "reconcile" : "expire";
      if (mustReconcile || random.nextInt(4) == 0) {
        fixture.reconcile();
      } else {
        fixture.expire();
      }
      mustReconcile = false;
      stamps.forEach(
          (userId, stamp) -> {
            if (stamp <= horizon) {
              gone(userId, stamp);
            } else if (announced.add(userId)) {
              expected.add("online " + userId + " " + stamp);
            }
          });
    }
  }

  private void startOrStop() {
    operation = isStarted ? "stop" : "start";
    fixture.found.clear();
    expected.clear();
    announced.clear();
    mustReconcile = false;
    if (isStarted) {
      fixture.feed.stop();
      horizon = 0;
    } else {
      horizon = stamp();
      fixture.start(horizon);
      stamps.forEach(
          (userId, stamp) -> {
            if (stamp > horizon) {
              announced.add(userId);
            }
          });
    }
    isStarted = !isStarted;
  }

  private void compare(int step, long seed) {
    String context =
        String.format("step %d, %s, horizon=%d, seed=%d", step, operation, horizon, seed);
    long userId = user();
    assertThat(fixture.store.stampOf(userId))
        .as("stamp of %d after %s", userId, context)
        .isEqualTo(stamps.getOrDefault(userId, 0));
    assertThat(fixture.feed.horizon()).isEqualTo(horizon);
    if (!isStarted || random.nextInt(3) > 0) {
      return;
    }
    TreeMap<Long, Integer> online = new TreeMap<>();
    announced.forEach(id -> online.put(id, stamps.get(id)));
    if (random.nextBoolean()) {
      assertThat(fixture.announced()).as("announced after %s", context).isEqualTo(online);
    } else {
      online.keySet().retainAll(Set.of(userId));
      assertThat(fixture.announced(userId)).as("announced after %s", context).isEqualTo(online);
    }
    assertThat(byUser(fixture.takeEvents()))
        .as("events after %s", context)
        .isEqualTo(byUser(expected));
    transitions += expected.size();
    expected.clear();
  }

  /** The order counts only for each user by itself. */
  private static Map<String, List<String>> byUser(List<String> events) {
    Map<String, List<String>> users = new TreeMap<>();
    for (String event : events) {
      int from = event.indexOf(' ') + 1;
      String userId = event.substring(from, event.indexOf(' ', from));
      users.computeIfAbsent(userId, id -> new ArrayList<>()).add(event);
    }
    return users;
  }

  private long user() {
    return random.nextInt(USERS) * 0x9E37_79B9L - 40;
  }

  private int stamp() {
    return 400 + random.nextInt(200);
  }
}
