package dev.presence.jmh.stores;

import dev.presence.jmh.report.Numbers;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * A table of user id and last heartbeat. An event of the database deletes expired users and reads
 * the whole table for it: an index on the stamp would help, but every heartbeat would have to
 * update it.
 */
final class MariaDbStampStore extends MariaDbStore {

  private static final int EVENT_SECONDS = 10;

  private final StoreSettings settings;
  private final Write write;

  /** The two ways to write a row that may exist already. */
  enum Write {
    /** Deletes the old row, whatever its stamp, and inserts a new one. */
    REPLACE("REPLACE INTO ", ""),

    /** Keeps the later stamp. */
    UPSERT(
        "INSERT INTO ",
        " ON DUPLICATE KEY UPDATE last_heartbeat = GREATEST(last_heartbeat,"
            + " VALUES(last_heartbeat))");

    private final String start;
    private final String end;

    Write(String start, String end) {
      this.start = start;
      this.end = end;
    }

    String sql(String table, int rows) {
      String values = String.join(", ", Collections.nCopies(rows, "(?, ?)"));
      return start + table + " (user_id, last_heartbeat) VALUES " + values + end;
    }
  }

  MariaDbStampStore(String name, MariaDbLink link, StoreSettings settings, Write write) {
    super(name, link, "last_heartbeat", "INT UNSIGNED");
    this.settings = settings;
    this.write = write;
    link.execute(
        Numbers.format(
            "CREATE OR REPLACE EVENT %s_expiry ON SCHEDULE EVERY %d SECOND DO DELETE FROM %1$s"
                + " WHERE last_heartbeat + %d <= UNIX_TIMESTAMP()",
            table, Math.min(EVENT_SECONDS, settings.expirySeconds()), settings.expirySeconds()));
  }

  @Override
  void write(long[] userIds, long epochSecond) {
    long[] parameters = new long[2 * userIds.length];
    for (int i = 0; i < userIds.length; i++) {
      parameters[2 * i] = userIds[i];
      parameters[2 * i + 1] = epochSecond;
    }
    link.update(write.sql(table, userIds.length), parameters);
  }

  @Override
  public boolean[] statusOf(long[] userIds, long nowSecond) {
    Map<Long, Long> stamps = new HashMap<>();
    read(userIds, row -> stamps.put(row.getLong(1), row.getLong(2)));
    return UserIds.answers(userIds, stamps, settings, nowSecond);
  }

  @Override
  public void disconnect(long userId) {
    link.update("DELETE FROM " + table + " WHERE user_id = ?", userId);
  }

  @Override
  public void drop() {
    link.execute("DROP EVENT IF EXISTS " + table + "_expiry");
    super.drop();
  }
}
