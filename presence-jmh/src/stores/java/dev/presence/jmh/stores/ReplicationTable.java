package dev.presence.jmh.stores;

import dev.presence.PresenceBuilder;
import dev.presence.jmh.Ratios;
import dev.presence.jmh.Target;
import dev.presence.jmh.report.DotChart;
import dev.presence.jmh.report.Numbers;
import dev.presence.jmh.report.Score;
import dev.presence.jmh.report.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The report of {@link ReplicationReport}: measures, and says what was reached. */
final class ReplicationTable {

  /** How much longer each part takes than its measurement. */
  private static final int SECONDS_AROUND = 12;

  private static final int FEWER = 10;
  private static final long LOCAL_MILLIS = 100;

  private final Jvm jvm;
  private final ReplicationPlan plan;
  private final List<ReplicationPlan> loads = new ArrayList<>();
  private final List<ReplicatedLoad.Result> results = new ArrayList<>();
  private final Map<ReplicationPart, RivalBeats.Result> rivals = new TreeMap<>();
  private final StringBuilder text = new StringBuilder();

  /** Where a part runs. */
  interface Jvm {
    <T> T run(ReplicationPart part, ReplicationPlan plan, Class<T> type)
        throws IOException, InterruptedException;
  }

  ReplicationTable(Jvm jvm, ReplicationPlan plan, List<Integer> nodes) {
    this.jvm = jvm;
    this.plan = plan;
    for (int count : nodes) {
      loads.add(plan.with(plan.users(), count, false));
      loads.add(plan.with(plan.users(), count, true));
    }
    int fewer = plan.users() / FEWER;
    if (fewer >= ReplicationPlan.SMALLEST_USERS) {
      loads.add(plan.with(fewer, nodes.get(0), false));
    }
  }

  int measurements(Set<ReplicationPart> parts) {
    return parts.size() + (parts.contains(ReplicationPart.LOAD) ? loads.size() - 1 : 0);
  }

  double seconds(Set<ReplicationPart> parts) {
    return parts.stream().mapToDouble(this::seconds).sum();
  }

  private double seconds(ReplicationPart part) {
    return SECONDS_AROUND
        + switch (part) {
          case LOAD ->
              loads.size() * (double) (plan.horizonSeconds() + plan.seconds() + SECONDS_AROUND);
          case EXPIRING, SORTED_SET -> plan.seconds();
          case STATUS, HEARTBEAT, HEARTBEATS -> plan.seconds() / 2.0;
          case HELD, KILLED -> plan.outageSeconds() + plan.windowSeconds();
          case HEAP -> plan.horizonSeconds() + plan.heapSeconds();
        };
  }

  /** Measures, and returns the report without what it ran on. */
  String measure(Set<ReplicationPart> parts, Consumer<String> progress)
      throws IOException, InterruptedException {
    line(
        "nodes: presences in one JVM, with a thread and a connection each; the load, the nodes and"
            + " Redis share the cores");
    line(
        "window %d s, a heartbeat every %d s, exchange interval %d ms; %d s for each measurement",
        plan.windowSeconds(),
        plan.beatSeconds(),
        PresenceBuilder.DEFAULT_EXCHANGE_INTERVAL.toMillis(),
        plan.seconds());
    for (ReplicationPart part : parts) {
      switch (part) {
        case LOAD -> loads(progress);
        case EXPIRING, SORTED_SET -> rival(part, progress);
        case STATUS ->
            ratio(part, "statusOf 20: users of another node / its own", 1.2, true, progress);
        case HEARTBEAT ->
            ratio(part, "heartbeats a second: with / without replication", 0.8, false, progress);
        case HEARTBEATS -> ratio(part, "the same, in batches of 100", 0.8, false, progress);
        case HELD, KILLED -> outage(part, progress);
        case HEAP -> heap(progress);
      }
      if (part == ReplicationPart.SORTED_SET) {
        comparisons();
      }
    }
    return text.toString();
  }

  private void loads(Consumer<String> progress) throws IOException, InterruptedException {
    line("");
    line(
        "%10s %5s %-6s %9s %10s %11s %12s %11s %12s %12s %22s %8s %7s",
        "users",
        "nodes",
        "ids",
        "beats/s",
        "commands/s",
        "Redis CPU %",
        "Redis ns/beat",
        "bytes/user",
        "ns/received",
        "connection",
        "visible ms p50/p99/max",
        "join ms",
        "known");
    for (ReplicationPlan load : loads) {
      progress.accept(
          Numbers.format("%,d users, %d nodes, %s ids", load.users(), load.nodes(), ids(load)));
      ReplicatedLoad.Result result =
          jvm.run(ReplicationPart.LOAD, load, ReplicatedLoad.Result.class);
      results.add(result);
      line(
          "%,10d %5d %-6s %,9.0f %10.0f %11.2f %12.0f %11.1f %12.0f %12.0f %8.0f %6.0f %6.0f %8.0f"
              + " %6.1f%%",
          load.users(),
          load.nodes(),
          ids(load),
          result.beatsPerSecond(),
          result.commandsPerSecond(),
          result.redisPercent(),
          1e3 * result.redisMicrosPerBeat(),
          result.bytesPerUser(),
          result.nanosPerReceived(),
          result.connectionNanosPerReceived(),
          result.visibleP50Millis(),
          result.visibleP99Millis(),
          result.visibleMaxMillis(),
          result.joinMillis(),
          100 * result.onlineShare());
    }
    line("");
    line("the worst of the rows with %,d users", plan.users());
    target("visible, p99", most(null, ReplicatedLoad.Result::visibleP99Millis), visible(), " ms");
    target("CPU of its thread, a received heartbeat", nanosPerReceived(), 150, " ns");
    target("a node joins", most(null, ReplicatedLoad.Result::joinMillis), 2_000, " ms");
    target("bytes a user in Redis, dense ids", bytes(false), 8, " B");
    target("bytes a user in Redis, random ids", bytes(true), 32, " B");
  }

  private interface Value {
    double of(ReplicatedLoad.Result result);
  }

  private static double visible() {
    return 2.0 * PresenceBuilder.DEFAULT_EXCHANGE_INTERVAL.toMillis() + LOCAL_MILLIS;
  }

  private double nanosPerReceived() {
    return most(null, ReplicatedLoad.Result::nanosPerReceived);
  }

  private double bytes(boolean random) {
    return most(random, ReplicatedLoad.Result::bytesPerUser);
  }

  /** The largest value of the rows with all users. */
  private double most(Boolean random, Value value) {
    double most = 0;
    for (int i = 0; i < results.size(); i++) {
      boolean isOfTheseIds = random == null || loads.get(i).random() == random;
      if (loads.get(i).users() == plan.users() && isOfTheseIds) {
        most = Math.max(most, value.of(results.get(i)));
      }
    }
    return most;
  }

  private void rival(ReplicationPart part, Consumer<String> progress)
      throws IOException, InterruptedException {
    progress.accept(label(part));
    RivalBeats.Result result = jvm.run(part, plan, RivalBeats.Result.class);
    rivals.put(part, result);
    line(
        "%s%s, 1,000 heartbeats at once: %,.0f ns of Redis' CPU a heartbeat, %.0f bytes a user",
        part == ReplicationPart.EXPIRING ? "\n" : "",
        label(part),
        1e3 * result.redisMicrosPerBeat(),
        result.bytesPerUser());
  }

  /** Redis' CPU for a heartbeat, beside that of the others. */
  private void comparisons() {
    for (ReplicationPart part : rivals.keySet()) {
      double worst = most(null, ReplicatedLoad.Result::redisMicrosPerBeat);
      double ratio = worst / rivals.get(part).redisMicrosPerBeat();
      String what = "Redis' CPU a heartbeat: this / " + label(part);
      if (results.isEmpty()) {
        return;
      }
      if (part == ReplicationPart.EXPIRING) {
        target(what, ratio, 0.05, "");
      } else {
        line("%-58s %10.4f", what, ratio);
      }
    }
  }

  /** Values are times: the inverse of a rate. */
  private void ratio(
      ReplicationPart part, String what, double limit, boolean times, Consumer<String> progress)
      throws IOException, InterruptedException {
    progress.accept(what);
    Ratios ratios = Ratios.of(jvm.run(part, plan, double[].class));
    double ratio = times ? ratios.ratio() : 1 / ratios.ratio();
    Target target = new Target(what, OptionalDouble.of(ratio), limit, "", !times);
    line(
        "%s%-58s %10.3f  95 of 100: %5.3f to %5.3f; %,.0f and %,.0f ns  %s",
        part == ReplicationPart.STATUS ? "\n" : "",
        what,
        ratio,
        times ? ratios.lowest() : 1 / ratios.highest(),
        times ? ratios.highest() : 1 / ratios.lowest(),
        ratios.with(),
        ratios.without(),
        target.verdict());
  }

  private void outage(ReplicationPart part, Consumer<String> progress)
      throws IOException, InterruptedException {
    String what = (part == ReplicationPart.HELD ? LogOutage.HELD : LogOutage.KILLED).label();
    progress.accept("Redis " + what);
    LogOutage.Result result = jvm.run(part, plan, LogOutage.Result.class);
    line("");
    line("Redis %s for %.0f s: %,d answers checked", what, result.seconds(), result.answers());
    target("wrong answers", (double) result.wrong(), 0, "");
    target("healed after", result.healedMillis(), 2_000, " ms");
  }

  private void heap(Consumer<String> progress) throws IOException, InterruptedException {
    progress.accept(Numbers.format("heap, %d s without a log", plan.heapSeconds()));
    double megabytes = jvm.run(ReplicationPart.HEAP, plan, Double.class);
    line("");
    target(
        Numbers.format("heap of a node, %d s without a log", plan.heapSeconds()),
        megabytes,
        48,
        " MB more");
  }

  /** Whether there is something to compare: some parts alone have no chart. */
  boolean hasChart() {
    return results.size() + rivals.size() > 1;
  }

  /** What Redis does for a heartbeat, by each way to tell it. */
  DotChart chart() {
    DotChart chart =
        DotChart.logarithmic(
            "What a heartbeat costs Redis", "nanoseconds of its CPU for each, less is better");
    for (int i = 0; i < results.size(); i++) {
      ReplicationPlan load = loads.get(i);
      chart.group(
          Numbers.format(
              "a log that %d nodes share, %,d users, %s ids",
              load.nodes(), load.users(), ids(load)));
      chart.dot(Subject.PRESENCE, Score.exact(1e3 * results.get(i).redisMicrosPerBeat()));
    }
    if (!rivals.isEmpty()) {
      chart.group("a command or a member for each heartbeat, 1,000 at once");
      rivals.forEach(
          (part, result) ->
              chart.dot(subject(part), Score.exact(1e3 * result.redisMicrosPerBeat())));
    }
    return chart;
  }

  private static Subject subject(ReplicationPart part) {
    return part == ReplicationPart.EXPIRING ? Subject.REDIS_EXPIRING : Subject.REDIS_SORTED_SET;
  }

  private static String label(ReplicationPart part) {
    return subject(part).label();
  }

  private static String ids(ReplicationPlan load) {
    return load.random() ? "random" : "dense";
  }

  private void target(String what, double value, double limit, String unit) {
    Target target = Target.atMost(what, OptionalDouble.of(value), limit, unit);
    line("%-58s %10s  %s", what, Numbers.few(value), target.verdict());
  }

  private void line(String format, Object... values) {
    text.append(Numbers.format(format, values)).append('\n');
  }
}
