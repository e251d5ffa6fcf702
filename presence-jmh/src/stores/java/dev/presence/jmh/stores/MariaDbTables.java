package dev.presence.jmh.stores;

import java.util.Collections;

/** SQL that the tables have in common. */
final class MariaDbTables {

  private MariaDbTables() {}

  /** Selects the ids of some rows and another column. */
  static String select(String column, String table, int rows) {
    return "SELECT user_id, "
        + column
        + " FROM "
        + table
        + " WHERE user_id IN ("
        + String.join(", ", Collections.nCopies(rows, "?"))
        + ")";
  }

  /** Counts the bytes of a table and its indexes. */
  static long bytes(MariaDbLink link, String table) {
    link.execute("ANALYZE TABLE " + table);
    return link.number(
        "SELECT data_length + index_length FROM information_schema.tables"
            + " WHERE table_schema = DATABASE() AND table_name = '"
            + table
            + "'");
  }
}
