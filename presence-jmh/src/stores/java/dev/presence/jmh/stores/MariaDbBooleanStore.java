package dev.presence.jmh.stores;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * The design's first table: a boolean per user, which a client sets when it connects and clears
 * when it disconnects. It shows why that is not enough: nobody expires, and a client that crashes
 * stays online forever.
 */
final class MariaDbBooleanStore implements PresenceStore {

  private static final int ROWS = 500;

  private final MariaDbLink link;
  private final String table;

  MariaDbBooleanStore(String name, MariaDbLink link) {
    this.link = link;
    this.table = PREFIX + name;
    link.execute(
        "CREATE TABLE IF NOT EXISTS "
            + table
            + " (user_id BIGINT PRIMARY KEY, is_online BOOLEAN NOT NULL) ENGINE=InnoDB");
  }

  @Override
  public void heartbeat(long userId, long epochSecond) {
    connect(new long[] {userId});
  }

  @Override
  public void heartbeats(long[] userIds, long epochSecond) {
    UserIds.forEachPart(userIds, ROWS, this::connect);
  }

  @Override
  public boolean isOnline(long userId, long nowSecond) {
    return statusOf(new long[] {userId}, nowSecond)[0];
  }

  @Override
  public boolean[] statusOf(long[] userIds, long nowSecond) {
    Set<Long> connected = new HashSet<>();
    UserIds.forEachPart(userIds, ROWS, part -> read(part, connected));
    boolean[] online = new boolean[userIds.length];
    for (int i = 0; i < online.length; i++) {
      online[i] = connected.contains(userIds[i]);
    }
    return online;
  }

  @Override
  public void disconnect(long userId) {
    link.update("UPDATE " + table + " SET is_online = FALSE WHERE user_id = ?", userId);
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
    link.execute("DROP TABLE IF EXISTS " + table);
  }

  @Override
  public void close() {
    link.close();
  }

  private void connect(long[] userIds) {
    link.update(
        "INSERT INTO "
            + table
            + " (user_id, is_online) VALUES "
            + String.join(", ", Collections.nCopies(userIds.length, "(?, TRUE)"))
            + " ON DUPLICATE KEY UPDATE is_online = TRUE",
        userIds);
  }

  private void read(long[] userIds, Set<Long> connected) {
    link.forEachRow(
        MariaDbTables.select("is_online", table, userIds.length),
        userIds,
        row -> {
          if (row.getBoolean(2)) {
            connected.add(row.getLong(1));
          }
        });
  }
}
