package dev.presence.jmh.stores;

import dev.presence.jmh.report.Numbers;
import java.util.Collections;

/** A table with a row per user, which has a column beside the id. */
abstract class MariaDbStore implements PresenceStore {

  /** Rows per statement: MariaDB would turn a list of 1,000 values into a temporary table. */
  static final int ROWS = 500;

  final MariaDbLink link;
  final String table;
  private final String column;

  MariaDbStore(String name, MariaDbLink link, String column, String type) {
    this.link = link;
    this.table = PREFIX + name;
    this.column = column;
    link.execute(
        Numbers.format(
            "CREATE TABLE IF NOT EXISTS %s (user_id BIGINT PRIMARY KEY, %s %s NOT NULL)"
                + " ENGINE=InnoDB",
            table, column, type));
  }

  @Override
  public final void heartbeat(long userId, long epochSecond) {
    write(new long[] {userId}, epochSecond);
  }

  @Override
  public final void heartbeats(long[] userIds, long epochSecond) {
    UserIds.forEachPart(userIds, ROWS, part -> write(part, epochSecond));
  }

  /** Writes up to {@link #ROWS} users. */
  abstract void write(long[] userIds, long epochSecond);

  @Override
  public final boolean isOnline(long userId, long nowSecond) {
    return statusOf(new long[] {userId}, nowSecond)[0];
  }

  /** Reads the column of those users who are in the table. */
  final void read(long[] userIds, MariaDbLink.Row action) {
    UserIds.forEachPart(
        userIds,
        ROWS,
        part ->
            link.forEachRow(
                Numbers.format(
                    "SELECT user_id, %s FROM %s WHERE user_id IN (%s)",
                    column, table, String.join(", ", Collections.nCopies(part.length, "?"))),
                part,
                action));
  }

  @Override
  public final long storedUsers() {
    return link.number("SELECT COUNT(*) FROM " + table);
  }

  @Override
  public final long bytesUsed() {
    link.execute("ANALYZE TABLE " + table);
    return link.number(
        "SELECT data_length + index_length FROM information_schema.tables"
            + (" WHERE table_schema = DATABASE() AND table_name = '" + table + "'"));
  }

  @Override
  public void drop() {
    link.execute("DROP TABLE IF EXISTS " + table);
  }

  @Override
  public final void close() {
    link.close();
  }
}
