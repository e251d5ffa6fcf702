package dev.presence.internal.transitions;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Who asked for which user. Of the dispatcher. */
final class UserIndex {

  private static final Subscription[] NOBODY = {};

  private final Map<Long, Subscription[]> subscriptions = new HashMap<>();

  /** Those who asked for a user; not to be changed. */
  Subscription[] of(long userId) {
    return subscriptions.getOrDefault(userId, NOBODY);
  }

  boolean isEmpty() {
    return subscriptions.isEmpty();
  }

  void add(long userId, Subscription subscription) {
    Subscription[] before = of(userId);
    Subscription[] after = Arrays.copyOf(before, before.length + 1);
    after[before.length] = subscription;
    subscriptions.put(userId, after);
  }

  void remove(long userId, Subscription subscription) {
    Subscription[] after =
        Arrays.stream(of(userId)).filter(s -> s != subscription).toArray(Subscription[]::new);
    if (after.length == 0) {
      subscriptions.remove(userId);
    } else {
      subscriptions.put(userId, after);
    }
  }
}
