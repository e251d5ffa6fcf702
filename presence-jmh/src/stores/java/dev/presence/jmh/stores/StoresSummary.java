package dev.presence.jmh.stores;

import dev.presence.jmh.Environment;
import dev.presence.jmh.Labels;
import dev.presence.jmh.stores.StoreFigure.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report in words and tables. Every figure is measured, computed, or the design's own. */
final class StoresSummary {

  private static final int IDS = 20;
  private static final int BEATS = Integer.parseInt(StoresPart.BATCH_OF_HEARTBEATS);
  private static final String NOT_MEASURED = "not measured";

  private final StoresResults results;
  private final Environment environment;
  private final int threads;

  StoresSummary(StoresResults results, Environment environment) {
    this.results = results;
    this.environment = environment;
    this.threads = results.plan().threads();
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    Stream.of(
            head(),
            speed(),
            sizes(),
            character(),
            withoutPool(),
            design(),
            target(),
            cost(),
            environment.lines())
        .forEach(
            part -> {
              lines.addAll(part);
              lines.add("");
            });
    lines.remove(lines.size() - 1);
    return lines;
  }

  private List<String> head() {
    return List.of(
        String.format(
            Locale.ROOT,
            "Each store with its real server on one machine, client and server sharing its cores, and"
                + " no network between them: a real one adds its round trip to every call of a remote"
                + " store. %,d users in each remote store and %,d in presence, all of them online."
                + " DynamoDB is DynamoDB Local, an emulator: its times are not those of the service, and its"
                + " bytes are those of the item, to which the service's bill adds 100. One thread asks,"
                + " unless it says otherwise.",
            results.plan().users(),
            results.plan().localUsers()));
  }

  private List<String> speed() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| store | batch of 20, us | 20 singles, us | ratio | heartbeats/s, 1 thread"
            + " | in batches of "
            + BEATS
            + " | "
            + threads
            + " threads | in batches of "
            + BEATS
            + " | bytes a user |");
    lines.add("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    results.plan().stores().forEach(store -> lines.add(speed(store)));
    lines.add(
        "| *the design's own figures* | "
            + number(Design.BATCH_OF_20_MICROS)
            + " | "
            + number(Design.SINGLES_OF_20_MICROS)
            + " | "
            + number(Design.SINGLES_OF_20_MICROS / Design.BATCH_OF_20_MICROS)
            + " | | | | | "
            + number(Design.BYTES_PER_USER)
            + " |");
    return lines;
  }

  private String speed(StoreType store) {
    String message = results.failures().get(store);
    if (message != null) {
      return "| " + store.label() + " | " + message.replace("|", "\\|") + " | | | | | | | |";
    }
    OptionalDouble batch = results.micros(store, Task.statusOf, IDS);
    OptionalDouble singles = results.micros(store, Task.isOnline, IDS);
    return row(
        store.label(),
        cell(batch),
        cell(singles),
        cell(quotient(singles, batch)),
        perSecond(store, Task.heartbeat, 1, 1),
        perSecond(store, Task.heartbeats, BEATS, 1),
        perSecond(store, Task.heartbeat, 1, threads),
        perSecond(store, Task.heartbeats, BEATS, threads),
        bytes(store));
  }

  private List<String> sizes() {
    List<String> lines = new ArrayList<>();
    String many = ", " + threads + " threads";
    lines.add(
        results.plan().batches().stream()
            .map(batch -> "batch of " + batch)
            .collect(
                Collectors.joining(" | ", "| microseconds | ", " | batch of 20" + many + " |")));
    lines.add("|---" + "|--:".repeat(results.plan().batches().size() + 1) + "|");
    for (StoreType store : measured()) {
      List<String> cells = new ArrayList<>(List.of(store.label()));
      for (String batch : results.plan().batches()) {
        cells.add(cell(results.micros(store, Task.statusOf, Integer.parseInt(batch))));
      }
      cells.add(cell(results.figure(store, Task.statusOf, IDS, threads)));
      lines.add(row(cells.toArray(String[]::new)));
    }
    return lines;
  }

  private List<String> character() {
    List<String> lines = new ArrayList<>();
    lines.add("| store | users who expired | a late heartbeat | what it needs to run |");
    lines.add("|---|---|---|---|");
    for (StoreType store : results.plan().stores()) {
      String server =
          store
              .server()
              .map(kind -> results.servers().getOrDefault(kind, kind + ", which did not run"))
              .orElse("nothing: it is a jar in the process");
      lines.add(
          row(store.label(), store.expiry(), store.lateStamp().label(), server + clients(store)));
    }
    return lines;
  }

  private static String clients(StoreType store) {
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
    List<String> lines = new ArrayList<>();
    lines.add("| batch of 20, us | connections kept | a connection for each call | ratio |");
    lines.add("|---|--:|--:|--:|");
    for (StoreType store : measured()) {
      OptionalDouble without = results.micros(store, Task.statusOfWithoutPool, IDS);
      OptionalDouble with = results.micros(store, Task.statusOf, IDS);
      if (without.isPresent()) {
        lines.add(row(store.label(), cell(with), cell(without), cell(quotient(without, with))));
      }
    }
    return lines;
  }

  private List<String> design() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| the design's capacity | its figure | measured here: presence | fastest remote store |");
    lines.add("|---|--:|--:|--:|");
    Optional<StoreFigure> fastest = mostHeartbeats(store -> store.server().isPresent());
    Optional<StoreFigure> local = mostHeartbeats(StoreType.PRESENCE::equals);
    Optional<Map.Entry<StoreType, Double>> smallest =
        results.bytes().entrySet().stream()
            .filter(entry -> entry.getKey().server().isPresent() && entry.getValue() > 0)
            .min(Map.Entry.comparingByValue());
    OptionalDouble localBytes = optional(results.bytes().get(StoreType.PRESENCE));
    OptionalDouble remoteBytes = optional(smallest.map(Map.Entry::getValue).orElse(null));
    String remoteName = smallest.map(entry -> " (" + entry.getKey().label() + ")").orElse("");
    lines.add(
        row(
            "bytes a user",
            number(Design.BYTES_PER_USER),
            cell(localBytes),
            cell(remoteBytes) + remoteName));
    lines.add(
        row(
            "GB for a billion users",
            number(Design.GIGABYTES_FOR_A_BILLION),
            cell(localBytes),
            cell(remoteBytes) + remoteName));
    lines.add(
        row(
            "updates a minute, in millions",
            number(Design.UPDATES_PER_MINUTE / 1e6),
            millionsPerMinute(local),
            millionsPerMinute(fastest)));
    return lines;
  }

  private Optional<StoreFigure> mostHeartbeats(Predicate<StoreType> ofStore) {
    return results.figures().stream()
        .filter(figure -> ofStore.test(figure.store()))
        .filter(figure -> figure.task() == Task.heartbeats || figure.task() == Task.heartbeat)
        .max(Comparator.comparingDouble(StoreFigure::usersPerSecond));
  }

  private List<String> target() {
    OptionalDouble local = results.micros(StoreType.PRESENCE, Task.statusOf, IDS);
    Optional<StoreFigure> remote = results.fastestRemote(Task.statusOf, IDS);
    if (local.isEmpty() || remote.isEmpty()) {
      return List.of(
          "A batch of 20, presence beside the fastest remote store: " + NOT_MEASURED + ".");
    }
    double ratio = remote.get().micros() / local.getAsDouble();
    return List.of(
        String.format(
            Locale.ROOT,
            "A batch of 20 takes presence %s us and the fastest remote store, %s, %s us in the same"
                + " run: %.0f times as long. At least %.0f times: %s.",
            number(local.getAsDouble()),
            remote.get().store().label(),
            number(remote.get().micros()),
            ratio,
            Design.TARGET_RATIO,
            ratio >= Design.TARGET_RATIO ? "reached" : "not reached"));
  }

  private static List<String> cost() {
    DynamoDbCost cost = DynamoDbCost.configured();
    long users = 1_000_000;
    int seconds = 10;
    long stamp = System.currentTimeMillis() / 1000;
    int bytes =
        DynamoDbCost.itemBytes(
            Map.of("user_id", Long.MIN_VALUE, "last_heartbeat", stamp, "expires_at", stamp));
    double beats = DynamoDbCost.heartbeatsPerMonth(users, seconds);
    return List.of(
        String.format(
            Locale.ROOT,
            "DynamoDB bills a write as 1 unit for each 1 KB begun, whatever little is in it: this item"
                + " has at most %d bytes and takes %d. %,d users who beat every %d s write %,.0f times"
                + " in 30 days: writes x units x price = $%,.0f at an example price of $%s for a million"
                + " (-D%s sets another one). Reading one of them takes %s unit: a million pages of 20"
                + " users cost $%s at an example price of $%s for a million.",
            bytes,
            DynamoDbCost.writeUnits(bytes),
            users,
            seconds,
            beats,
            cost.writes(beats, bytes),
            cost.writePrice(),
            DynamoDbCost.WRITE_PRICE,
            DynamoDbCost.readUnits(bytes),
            number(cost.reads(IDS * 1e6, bytes)),
            cost.readPrice()));
  }

  private List<StoreType> measured() {
    return results.plan().stores().stream()
        .filter(store -> !results.failures().containsKey(store))
        .toList();
  }

  private String perSecond(StoreType store, Task task, int ids, int clients) {
    return results
        .figure(store, task, ids, clients)
        .map(figure -> String.format(Locale.ROOT, "%,.0f", figure.usersPerSecond()))
        .orElse(NOT_MEASURED);
  }

  private String bytes(StoreType store) {
    return cell(optional(results.bytes().get(store)));
  }

  private static String millionsPerMinute(Optional<StoreFigure> figure) {
    return figure
        .map(
            best ->
                number(best.usersPerSecond() * 60 / 1e6)
                    + " ("
                    + best.store().label()
                    + ", threads: "
                    + best.threads()
                    + ")")
        .orElse(NOT_MEASURED);
  }

  private static OptionalDouble optional(Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static OptionalDouble quotient(OptionalDouble dividend, OptionalDouble divisor) {
    return dividend.isPresent() && divisor.isPresent()
        ? OptionalDouble.of(dividend.getAsDouble() / divisor.getAsDouble())
        : OptionalDouble.empty();
  }

  private static String cell(Optional<StoreFigure> figure) {
    return figure.map(one -> number(one.micros())).orElse(NOT_MEASURED);
  }

  private static String cell(OptionalDouble value) {
    return value.isPresent() ? number(value.getAsDouble()) : NOT_MEASURED;
  }

  private static String number(double value) {
    return Labels.number(value);
  }

  private static String row(String... cells) {
    return Stream.of(cells).collect(Collectors.joining(" | ", "| ", " |"));
  }
}
