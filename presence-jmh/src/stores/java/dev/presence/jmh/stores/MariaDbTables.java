package dev.presence.jmh.stores;

import java.util.Collections;

/** What the tables have in common. */
final class MariaDbTables {

  private MariaDbTables() {}

  /** One column of some rows, beside their ids. */
  static String select(String column, String table, int rows) {
    return "SELECT user_id, "
        + column
        + " FROM "
        + table
        + " WHERE user_id IN ("
        + String.join(", ", Collections.nCopies(rows, "?"))
        + ")";
  }

  /** The pages of a table and its indexes, after counting them anew. */
  static long bytes(MariaDbLink link, String table) {
    link.execute("ANALYZE TABLE " + table);
    return link.number(
        "SELECT data_length + index_length FROM information_schema.tables"
            + " WHERE table_schema = DATABASE() AND table_name = '"
            + table
            + "'");
  }
}
