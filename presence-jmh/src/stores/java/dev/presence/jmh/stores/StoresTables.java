package dev.presence.jmh.stores;

import dev.presence.jmh.report.Figures;
import dev.presence.jmh.report.MarkdownTable;
import dev.presence.jmh.report.Measure;
import dev.presence.jmh.report.Numbers;
import dev.presence.jmh.report.Score;
import dev.presence.jmh.report.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The report in tables and words. Every figure is measured, computed, or the design's own. */
record StoresTables(StoresResults results) {

  static final String SUMMARY = "stores.md";

  private static final int BATCH = StoresPlan.BATCH;
  private static final int HEARTBEAT_BATCH = StoresPlan.HEARTBEAT_BATCH;

  void write(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    Stream.of(
            head(),
            speed(),
            batches(),
            behaviour(),
            withoutPool(),
            capacity(),
            target(),
            cost(),
            results.run().environment().paragraph())
        .forEach(
            part -> {
              lines.addAll(lines.isEmpty() ? List.of() : List.of(""));
              lines.addAll(part);
            });
    Files.write(folder.resolve(SUMMARY), lines);
  }

  private List<String> head() {
    return List.of(
        Numbers.format(
            "Each store runs with its real server on one machine, where client and server share the"
                + " cores. A real network would add its round trip to every call of a remote store."
                + " Each remote store holds %,d users and presence %,d, all of them online. DynamoDB"
                + " is DynamoDB Local, an emulator: its times are not those of the service, and its"
                + " bytes are those of the item, to which the service's bill adds 100. One thread"
                + " asks unless the table says otherwise.",
            results.run().users(), results.run().localUsers()));
  }

  private List<String> speed() {
    int threads = results.run().threads();
    MarkdownTable table =
        MarkdownTable.ofNumbers(
            "store",
            "batch of 20, µs",
            "20 singles, µs",
            "ratio",
            "heartbeats/s, 1 thread",
            "in batches of " + HEARTBEAT_BATCH,
            threads + " threads",
            "in batches of " + HEARTBEAT_BATCH,
            "bytes per user");
    for (StoreType store : results.run().stores()) {
      String failure = results.run().failures().get(store);
      if (failure != null) {
        table.row(label(store), failure, "", "", "", "", "", "", "");
        continue;
      }
      table.row(
          label(store),
          few(StoresResults.statusOf(BATCH), store),
          few(StoresResults.isOnline(BATCH), store),
          ratio(StoresResults.isOnline(BATCH), StoresResults.statusOf(BATCH), store),
          perSecond(store, 1, 1),
          perSecond(store, HEARTBEAT_BATCH, 1),
          perSecond(store, 1, threads),
          perSecond(store, HEARTBEAT_BATCH, threads),
          Numbers.few(bytes(store)));
    }
    table.row(
        "*the design's own figures*",
        Numbers.few(Design.BATCH_OF_20_MICROS),
        Numbers.few(Design.SINGLES_OF_20_MICROS),
        Numbers.few(Design.SINGLES_OF_20_MICROS / Design.BATCH_OF_20_MICROS),
        "",
        "",
        "",
        "",
        Numbers.few(Design.BYTES_PER_USER));
    return table.lines();
  }

  private List<String> batches() {
    int threads = results.run().threads();
    MarkdownTable table =
        MarkdownTable.ofNumbers(
            "microseconds",
            "batch of 20",
            "batch of 100",
            "batch of 1000",
            "batch of 20, " + threads + " threads");
    for (StoreType store : results.measured()) {
      table.row(
          label(store),
          text(StoresResults.statusOf(20), store),
          text(StoresResults.statusOf(100), store),
          text(StoresResults.statusOf(1000), store),
          text(StoresResults.statusOf(20).inThreads(threads), store));
    }
    table.lines().add("");
    table.lines().add("± is half the width of JMH's 99.9 % confidence interval.");
    return table.lines();
  }

  private List<String> behaviour() {
    MarkdownTable table =
        MarkdownTable.ofTexts("store", "expired users", "a late heartbeat", "what it needs to run");
    for (StoreType store : results.run().stores()) {
      String needs =
          store
              .server()
              .map(kind -> results.run().servers().getOrDefault(kind, kind + ", which did not run"))
              .orElse("nothing: it is a jar in the process");
      table.row(label(store), store.expiry(), store.lateStamp().label(), needs + client(store));
    }
    return table.lines();
  }

  private static String client(StoreType store) {
    return store
        .server()
        .map(
            kind ->
                switch (kind) {
                  case MARIADB -> "; HikariCP, " + MariaDbLink.POOL_SIZE + " connections";
                  case REDIS -> "; Lettuce, 1 connection for all threads";
                  case DYNAMODB -> "; AWS SDK, " + DynamoDbLink.POOL_SIZE + " HTTP connections";
                })
        .orElse("");
  }

  private List<String> withoutPool() {
    MarkdownTable table =
        MarkdownTable.ofNumbers(
            "batch of 20, µs", "connections kept", "a connection per call", "ratio");
    Measure without = StoresResults.statusOfWithoutPool(BATCH);
    Measure with = StoresResults.statusOf(BATCH);
    for (StoreType store : results.measured()) {
      if (results.score(without, store).isPresent()) {
        table.row(label(store), few(with, store), few(without, store), ratio(without, with, store));
      }
    }
    return table.lines();
  }

  private List<String> capacity() {
    MarkdownTable table =
        MarkdownTable.ofNumbers(
            "the design's capacity", "its figure", "measured: presence", "best remote store");
    String presenceBytes = Numbers.few(bytes(StoreType.PRESENCE));
    String remoteBytes =
        results.measured().stream()
            .filter(store -> store.server().isPresent() && bytes(store).orElse(0) > 0)
            .min(Comparator.comparingDouble(store -> bytes(store).orElseThrow()))
            .map(store -> Numbers.few(bytes(store)) + " (" + label(store) + ")")
            .orElse(Numbers.NOT_MEASURED);
    String gigabytes = Numbers.few(Design.GIGABYTES_FOR_A_BILLION);
    table.row("bytes per user", Numbers.few(Design.BYTES_PER_USER), presenceBytes, remoteBytes);
    table.row("GB for a billion users", gigabytes, presenceBytes, remoteBytes);
    table.row(
        "heartbeats per minute, in millions",
        Numbers.few(Design.UPDATES_PER_MINUTE / 1e6),
        mostHeartbeats(false),
        mostHeartbeats(true));
    return table.lines();
  }

  private String mostHeartbeats(boolean remote) {
    return results.measured().stream()
        .filter(store -> store.server().isPresent() == remote)
        .max(Comparator.comparingDouble(this::mostHeartbeatsPerSecond))
        .map(
            store ->
                Numbers.few(mostHeartbeatsPerSecond(store) * 60 / 1e6) + " (" + label(store) + ")")
        .orElse(Numbers.NOT_MEASURED);
  }

  private double mostHeartbeatsPerSecond(StoreType store) {
    return Stream.of(1, HEARTBEAT_BATCH)
        .flatMap(
            users ->
                Stream.of(1, results.run().threads())
                    .map(threads -> results.heartbeatsPerSecond(store, users, threads)))
        .mapToDouble(perSecond -> perSecond.orElse(0))
        .max()
        .orElseThrow();
  }

  private List<String> target() {
    Measure batch = StoresResults.statusOf(BATCH);
    OptionalDouble presence = results.micros(batch, StoreType.PRESENCE);
    Optional<StoreType> remote = results.fastestRemote(batch);
    if (presence.isEmpty() || remote.isEmpty()) {
      return List.of(
          "A batch of 20 in presence and in the fastest remote store: "
              + Numbers.NOT_MEASURED
              + ".");
    }
    double remoteMicros = results.micros(batch, remote.get()).getAsDouble();
    double ratio = remoteMicros / presence.getAsDouble();
    return List.of(
        Numbers.format(
            "A batch of 20 takes %s µs in presence and %s µs in the fastest remote store (%s) of the"
                + " same run: %.0f times as long. Target, at least %.0f times: %s.",
            Numbers.few(presence),
            Numbers.few(remoteMicros),
            label(remote.get()),
            ratio,
            Design.TARGET_RATIO,
            ratio >= Design.TARGET_RATIO ? "reached" : "not reached"));
  }

  private List<String> cost() {
    DynamoDbCost cost = DynamoDbCost.configured();
    long users = 1_000_000;
    int beatSeconds = 10;
    long stamp = Instant.parse(results.run().environment().date()).getEpochSecond();
    int bytes =
        DynamoDbCost.itemBytes(
            Map.of("user_id", Long.MIN_VALUE, "last_heartbeat", stamp, "expires_at", stamp));
    double beats = DynamoDbCost.heartbeatsPerMonth(users, beatSeconds);
    return List.of(
        Numbers.format(
            "DynamoDB bills a write as 1 unit per started KB: an item has at most %d bytes here and"
                + " takes %d. %,d users who beat every %d s write %,.0f times in 30 days: writes x"
                + " units x price = $%,.0f at an example price of $%s per million (-D%s sets another"
                + " one). Reading an item takes %s unit: a million pages of 20 users cost $%s at an"
                + " example price of $%s per million.",
            bytes,
            DynamoDbCost.writeUnits(bytes),
            users,
            beatSeconds,
            beats,
            cost.writes(beats, bytes),
            cost.writePrice(),
            DynamoDbCost.WRITE_PRICE,
            DynamoDbCost.readUnits(bytes),
            Numbers.few(cost.reads(BATCH * 1e6, bytes)),
            cost.readPrice()));
  }

  private static String label(StoreType store) {
    return Subject.of(store).label();
  }

  private OptionalDouble bytes(StoreType store) {
    Double bytes = results.run().bytesPerUser().get(store);
    return bytes == null ? OptionalDouble.empty() : OptionalDouble.of(bytes);
  }

  private String few(Measure measure, StoreType store) {
    return Numbers.few(results.micros(measure, store));
  }

  private String text(Measure measure, StoreType store) {
    return results.score(measure, store).map(Score::text).orElse(Numbers.NOT_MEASURED);
  }

  private String ratio(Measure dividend, Measure divisor, StoreType store) {
    return Numbers.few(
        Figures.quotient(results.micros(dividend, store), results.micros(divisor, store)));
  }

  private String perSecond(StoreType store, int users, int threads) {
    OptionalDouble perSecond = results.heartbeatsPerSecond(store, users, threads);
    return perSecond.isPresent()
        ? Numbers.format("%,.0f", perSecond.getAsDouble())
        : Numbers.NOT_MEASURED;
  }
}
