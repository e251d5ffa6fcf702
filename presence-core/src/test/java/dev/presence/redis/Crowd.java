package dev.presence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.Await;
import dev.presence.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;

/** Users who beat without end, each at one of several nodes. So they are online at every node. */
final class Crowd {

  private static final int USERS_A_NODE = 100;

  private final List<Presence> nodes;
  private final List<long[]> users = new ArrayList<>();
  private final long[] everybody;

  /** The users of these nodes, who are known to all of them when this returns. */
  Crowd(Presence... nodes) {
    this.nodes = List.of(nodes);
    for (int i = 0; i < nodes.length; i++) {
      long first = (long) i * USERS_A_NODE;
      users.add(LongStream.range(first, first + USERS_A_NODE).toArray());
    }
    everybody = LongStream.range(0, (long) nodes.length * USERS_A_NODE).toArray();
    Await.until("all know all", () -> beat() && missing().isEmpty());
  }

  long[] everybody() {
    return everybody;
  }

  private boolean beat() {
    for (int i = 0; i < nodes.size(); i++) {
      nodes.get(i).recordHeartbeats(users.get(i));
    }
    return true;
  }

  /** Who is not online where, in words. */
  private List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (Presence node : nodes) {
      boolean[] online = node.statusOf(everybody);
      for (int i = 0; i < online.length; i++) {
        if (!online[i]) {
          missing.add("user " + everybody[i] + " at " + node.name());
        }
      }
    }
    return missing;
  }

  /** Waits for something, while users beat; meanwhile no answer may be wrong. */
  void isOnlineUntil(String what, BooleanSupplier condition) {
    Await.until(
        what,
        () -> {
          boolean isMet = condition.getAsBoolean();
          boolean unused = beat();
          assertThat(missing()).as("while waiting: " + what).isEmpty();
          return isMet;
        });
  }
}
