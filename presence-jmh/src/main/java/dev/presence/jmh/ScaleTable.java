package dev.presence.jmh;

import dev.presence.jmh.ScaleLimits.Limit;
import dev.presence.jmh.report.Numbers;
import java.util.List;

/** The page of {@link ReplicationScale}. */
record ScaleTable(
    ScaleModel.Settings settings,
    int cpuUsers,
    List<ScaleModel.Result> results,
    ScaleLimits limits) {

  private static final double BILLION = 1e9;

  String text() {
    StringBuilder text = new StringBuilder();
    head(text);
    rows(text);
    limits(text);
    groups(text);
    return text.toString();
  }

  private void head(StringBuilder text) {
    line(
        text,
        "%,d users, a heartbeat each every %d s, dense ids; exchange interval 200 ms; the log's line"
            + " %,.0f Mbit/s each way, round trip %.1f ms",
        settings.users(),
        ScaleModel.BEAT_SECONDS,
        settings.mbits(),
        settings.roundTripMillis());
    line(
        text,
        "modelled: the library's own code, %,d users in each mirror, each of whom stands for %,d;"
            + " %d s of the model's time",
        settings.sample(),
        settings.scale(),
        settings.seconds());
    line(text, "multiplied by %,d: users, their bytes, CPU", settings.scale());
    line(text, "not multiplied: round trips, lag; headers are those of frames of 8,192 users");
    line(text, "not modelled: the log's own CPU, and the load of the callers");
    line(
        text,
        "measured with %,d users: %.0f ns of CPU for a heartbeat that a node publishes, %.0f ns for"
            + " one that it reads; %.1f bytes a user",
        cpuUsers,
        settings.cpu().publishNanos(),
        settings.cpu().applyNanos(),
        settings.cpu().bytesPerUser());
  }

  private void rows(StringBuilder text) {
    line(
        text,
        "%n%6s %12s %12s %12s %12s %24s %9s  %s",
        "nodes",
        "B/heartbeat",
        "to it, MB/s",
        "out, MB/s",
        "node, cores",
        "lag ms p50/p99/max",
        "timeouts",
        "ns of CPU in the sample");
    for (ScaleModel.Result result : results) {
      line(
          text,
          "%6d %12.2f %12.1f %12.1f %12.2f %8s %7s %7s %9d  %.0f",
          result.nodes(),
          result.bytesPerUser(),
          result.inBytes() / 1e6,
          result.outBytes() / 1e6,
          result.nodeCores(),
          lag(result, result.lagP50Millis()),
          lag(result, result.lagP99Millis()),
          lag(result, result.lagMaxMillis()),
          result.timeouts(),
          result.sampleNanos());
    }
  }

  private static String lag(ScaleModel.Result result, double millis) {
    return result.nodes() == 1 ? "-" : Numbers.format("%,.0f", millis);
  }

  private void limits(StringBuilder text) {
    line(
        text,
        "%nmillions of users at which one log ends: %.0f GB of a node, %.1f of its cores, %,.0f"
            + " Mbit/s",
        limits.memoryGigabytes(),
        limits.cores(),
        limits.mbits());
    line(text, "%6s %10s %10s %10s  %s", "nodes", "memory", "CPU", "network", "first");
    for (ScaleModel.Result result : results) {
      line(
          text,
          "%6d %10s %10s %10s  %s",
          result.nodes(),
          millions(Limit.MEMORY, result),
          millions(Limit.CPU, result),
          millions(Limit.NETWORK, result),
          limits.first(result).label());
    }
  }

  private String millions(Limit limit, ScaleModel.Result result) {
    return Numbers.format("%,.0f", limits.users(limit, result) / 1e6);
  }

  private void groups(StringBuilder text) {
    line(text, "%nPast that: groups of nodes, each for some of the users, with a log and a");
    line(
        text, "RedisLog.keyPrefix of its own. Whoever calls, or a load balancer, routes by a hash");
    line(
        text, "of the user's id: heartbeats to the user's group, a question about friends to each");
    line(text, "of their groups. Groups know nothing of each other. When one is added, a user who");
    line(text, "moves to it is known there after the next heartbeat.");
    for (ScaleModel.Result result : results) {
      if (result.nodes() > 1) {
        line(
            text,
            "1,000,000,000 users in groups of %d nodes: %,.0f groups of %,.0f million, %,.0f nodes",
            result.nodes(),
            groups(result),
            BILLION / 1e6 / groups(result),
            groups(result) * result.nodes());
      }
    }
  }

  private double groups(ScaleModel.Result result) {
    return Math.ceil(BILLION / limits.users(limits.first(result), result));
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(Numbers.format(format, values)).append('\n');
  }
}
