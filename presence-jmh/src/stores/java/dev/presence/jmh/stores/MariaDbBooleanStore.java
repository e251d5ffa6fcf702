package dev.presence.jmh.stores;

import dev.presence.jmh.report.Numbers;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * The design's first table: a boolean per user, which a client sets when it connects and clears
 * when it disconnects. It shows why that is not enough: nobody expires, and a client that crashes
 * stays online forever.
 */
final class MariaDbBooleanStore extends MariaDbStore {

  MariaDbBooleanStore(String name, MariaDbLink link) {
    super(name, link, "is_online", "BOOLEAN");
  }

  @Override
  void write(long[] userIds, long epochSecond) {
    link.update(
        Numbers.format(
            "INSERT INTO %s (user_id, is_online) VALUES %s ON DUPLICATE KEY UPDATE is_online = TRUE",
            table, String.join(", ", Collections.nCopies(userIds.length, "(?, TRUE)"))),
        userIds);
  }

  @Override
  public boolean[] statusOf(long[] userIds, long nowSecond) {
    Map<Long, Boolean> connected = new HashMap<>();
    read(userIds, row -> connected.put(row.getLong(1), row.getBoolean(2)));
    boolean[] online = new boolean[userIds.length];
    for (int i = 0; i < online.length; i++) {
      online[i] = connected.getOrDefault(userIds[i], false);
    }
    return online;
  }

  @Override
  public void disconnect(long userId) {
    link.update("UPDATE " + table + " SET is_online = FALSE WHERE user_id = ?", userId);
  }
}
