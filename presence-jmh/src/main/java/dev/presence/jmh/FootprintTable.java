package dev.presence.jmh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of {@link FootprintReport}, as a file of comma-separated values. */
record FootprintTable(List<Row> rows) {

  private static final String HEAD = "store,users,offHeapPerUser,heapPerUser,residentPerUser";

  /** Bytes for each user; the resident ones stay a text, as they may be unknown. */
  record Row(Store store, int users, double offHeap, double heap, String resident) {

    /** Where the users are; an off-heap store's own objects are too few to count. */
    double bytesPerUser() {
      return offHeap + heap;
    }

    private String toLine() {
      return store + "," + users + "," + offHeap + "," + heap + "," + resident;
    }

    private static Row of(String[] fields) {
      return new Row(
          Store.valueOf(fields[0]),
          Integer.parseInt(fields[1]),
          Double.parseDouble(fields[2]),
          Double.parseDouble(fields[3]),
          fields[4]);
    }
  }

  /** Measures each store in a JVM of its own; about a minute for all with ten million users. */
  static FootprintTable measure(List<Store> stores, int users)
      throws IOException, InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    FootprintReport.print(stores, List.of(users), out);
    return new FootprintTable(
        bytes
            .toString(StandardCharsets.UTF_8)
            .lines()
            .skip(1)
            .limit(stores.size()) // what follows is computed from these
            .map(line -> Row.of(line.replace(",", "").split(" +", -1)))
            .toList());
  }

  static FootprintTable read(Path folder) throws IOException {
    return new FootprintTable(
        Files.readAllLines(folder.resolve(ReportFiles.FOOTPRINT)).stream()
            .skip(1)
            .map(line -> Row.of(line.split(",", -1)))
            .toList());
  }

  void write(Path folder) throws IOException {
    List<String> lines = new ArrayList<>(List.of(HEAD));
    rows.stream().map(Row::toLine).forEach(lines::add);
    Files.write(folder.resolve(ReportFiles.FOOTPRINT), lines);
  }

  Optional<Row> of(Store store) {
    return rows.stream().filter(row -> row.store() == store).findFirst();
  }
}
