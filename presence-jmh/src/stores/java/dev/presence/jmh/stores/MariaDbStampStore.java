package dev.presence.jmh.stores;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * A table of user id and last heartbeat. A batch is one statement per {@value #ROWS} rows: MariaDB
 * would turn a list of 1,000 values into a temporary table. An event of the database deletes
 * expired users and reads the whole table for it: an index on the stamp would help, but every
 * heartbeat would have to update it.
 */
final class MariaDbStampStore implements PresenceStore {

  private static final int ROWS = 500;
  private static final int EVENT_SECONDS = 10;

  private final MariaDbLink link;
  private final StoreSettings settings;
  private final Write write;
  private final String table;

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
      return start
          + table
          + " (user_id, last_heartbeat) VALUES "
          + String.join(", ", Collections.nCopies(rows, "(?, ?)"))
          + end;
    }
  }

  MariaDbStampStore(String name, MariaDbLink link, StoreSettings settings, Write write) {
    this.link = link;
    this.settings = settings;
    this.write = write;
    this.table = PREFIX + name;
    link.execute(
        "CREATE TABLE IF NOT EXISTS "
            + table
            + " (user_id BIGINT PRIMARY KEY, last_heartbeat INT UNSIGNED NOT NULL) ENGINE=InnoDB");
    link.execute(
        "CREATE OR REPLACE EVENT "
            + table
            + "_expiry ON SCHEDULE EVERY "
            + Math.min(EVENT_SECONDS, settings.expirySeconds())
            + " SECOND DO DELETE FROM "
            + table
            + " WHERE last_heartbeat + "
            + settings.expirySeconds()
            + " <= UNIX_TIMESTAMP()");
  }

  @Override
  public void heartbeat(long userId, long epochSecond) {
    write(new long[] {userId}, epochSecond);
  }

  @Override
  public void heartbeats(long[] userIds, long epochSecond) {
    UserIds.forEachPart(userIds, ROWS, part -> write(part, epochSecond));
  }

  @Override
  public boolean isOnline(long userId, long nowSecond) {
    return statusOf(new long[] {userId}, nowSecond)[0];
  }

  @Override
  public boolean[] statusOf(long[] userIds, long nowSecond) {
    Map<Long, Long> stamps = new HashMap<>();
    UserIds.forEachPart(userIds, ROWS, part -> read(part, stamps));
    return UserIds.answers(userIds, stamps, settings, nowSecond);
  }

  @Override
  public void disconnect(long userId) {
    link.update("DELETE FROM " + table + " WHERE user_id = ?", userId);
  }

  @Override
  public long storedUsers() {
    return link.number("SELECT COUNT(*) FROM " + table);
  }

  @Override
  public long bytesUsed() {
    return MariaDbTables.bytes(link, table);
  }

  @Override
  public void drop() {
    link.execute("DROP EVENT IF EXISTS " + table + "_expiry");
    link.execute("DROP TABLE IF EXISTS " + table);
  }

  @Override
  public void close() {
    link.close();
  }

  private void write(long[] userIds, long epochSecond) {
    long[] parameters = new long[2 * userIds.length];
    for (int i = 0; i < userIds.length; i++) {
      parameters[2 * i] = userIds[i];
      parameters[2 * i + 1] = epochSecond;
    }
    link.update(write.sql(table, userIds.length), parameters);
  }

  private void read(long[] userIds, Map<Long, Long> stamps) {
    link.forEachRow(
        MariaDbTables.select("last_heartbeat", table, userIds.length),
        userIds,
        row -> stamps.put(row.getLong(1), row.getLong(2)));
  }
}
