package dev.presence;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes down what it is told, and checks that for each user online and offline alternate,
 * beginning with online.
 */
final class RecordingListener implements PresenceListener {

  private final List<String> events = new ArrayList<>();
  private final Set<Long> online = new TreeSet<>();

  @Override
  public synchronized void onOnline(long userId, long epochSecond) {
    events.add("online " + userId + " " + epochSecond);
    if (!online.add(userId)) {
      events.add("twice online " + userId);
    }
  }

  @Override
  public synchronized void onOffline(long userId, long lastSeenEpochSecond) {
    events.add("offline " + userId + " " + lastSeenEpochSecond);
    if (!online.remove(userId)) {
      events.add("twice offline " + userId);
    }
  }

  @Override
  public synchronized void onResync() {
    events.add("resync");
    online.clear();
  }

  /** What has come since the last call of this. */
  synchronized List<String> takeEvents() {
    List<String> taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  /** Who is online after what has come so far. */
  synchronized Set<Long> online() {
    return new TreeSet<>(online);
  }
}
