package dev.presence.jmh.stores;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All figures, one a line. */
final class StoresTable {

  private static final String HEAD =
      "store,users,task,ids,threads,microseconds,error,usersPerSecond,bytesPerUser,failure";

  private StoresTable() {}

  static List<String> lines(StoresResults results) {
    List<String> lines = new ArrayList<>(List.of(HEAD));
    for (StoreFigure figure : results.figures()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s,%d,%s,%d,%d,%.3f,%.3f,%.0f,%s,",
              figure.store(),
              results.plan().users(figure.store()),
              figure.task(),
              figure.ids(),
              figure.threads(),
              figure.micros(),
              figure.error(),
              figure.usersPerSecond(),
              bytes(results, figure.store())));
    }
    results
        .failures()
        .forEach(
            (store, message) ->
                lines.add(store + ",,,,,,,,,\"" + message.replace("\"", "\"\"") + "\""));
    return lines;
  }

  private static String bytes(StoresResults results, StoreType store) {
    Double bytes = results.bytes().get(store);
    return bytes == null ? "" : String.format(Locale.ROOT, "%.1f", bytes);
  }
}
