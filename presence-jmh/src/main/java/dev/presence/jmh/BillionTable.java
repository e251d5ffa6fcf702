package dev.presence.jmh;

import dev.presence.jmh.CrowdFigures.Call;
import dev.presence.jmh.CrowdFigures.Memory;
import dev.presence.jmh.report.Numbers;

/** The page of {@link BillionReport}. */
record BillionTable(MemoryPlan plan, CrowdFigures figures, double seconds) {

  private static final double MILLIONS = 1e6;

  String text() {
    StringBuilder text = new StringBuilder();
    plan.lines().forEach(one -> line(text, "%s", one));
    head(text);
    fill(text);
    calls(text);
    sweep(text);
    if (figures.users() < plan.demandedUsers()) {
      line(
          text,
          "%ncomputed, not measured: %,d users * %.2f bytes = %s off-heap",
          plan.demandedUsers(),
          offHeapPerUser(),
          MemoryPlan.gigabytes(plan.demandedUsers() * offHeapPerUser()));
    }
    return text.toString();
  }

  private void head(StringBuilder text) {
    Memory memory = figures.memory();
    line(
        text,
        "%n%,d users with ids scattered over all longs; batches of %d; threads: %d; %s s for each"
            + " row of calls",
        figures.users(),
        Crowd.BATCH,
        figures.threads(),
        Numbers.format(seconds < 1 ? "%.2f" : "%.0f", seconds));
    line(
        text,
        "open: %,.0f ms; off-heap: %s, %.2f bytes a user; resident: %s; in huge pages: %s",
        figures.openNanos() / MILLIONS,
        MemoryPlan.gigabytes((double) figures.offHeap()),
        offHeapPerUser(),
        memory.resident() < 0
            ? "unknown"
            : Numbers.format(
                "%s more, %.2f bytes a user",
                MemoryPlan.gigabytes((double) memory.resident()),
                (double) memory.resident() / figures.users()),
        memory.huge() < 0 ? "unknown" : MemoryPlan.gigabytes((double) memory.huge()));
    line(
        text,
        "heap: %.0f MB before, %.0f MB after, at most %.0f MB; collections during the fill: %d,"
            + " %,d ms",
        memory.heapBefore() / MILLIONS,
        memory.heapAfter() / MILLIONS,
        memory.largestHeap() / MILLIONS,
        memory.collections(),
        memory.collectionMillis());
  }

  private void fill(StringBuilder text) {
    line(text, "%n%-27s %14s %14s %10s", "recordHeartbeats, new users", "users", "users/s", "s");
    long before = 0;
    for (int tenth = 1; tenth <= Crowd.TENTHS; tenth++) {
      long end = Crowd.inTenths(tenth, figures.users());
      rate(text, "tenth " + tenth, end - before, figures.fillNanos().get(tenth - 1));
      before = end;
    }
    rate(text, "all", figures.users(), figures.fillTotal());
    rate(text, "onlineCount", figures.count().users(), figures.count().nanos());
  }

  private static void rate(StringBuilder text, String name, long users, long nanos) {
    line(text, "%-27s %,14d %,14.0f %10.2f", name, users, users * 1e9 / nanos, nanos / 1e9);
  }

  private void calls(StringBuilder text) {
    line(text, "%n%-27s %7s %14s %14s %14s", "call", "threads", "users/s", "ns a user", "wrong");
    figures.calls().forEach(call -> row(text, call));
  }

  private static void row(StringBuilder text, Call call) {
    line(
        text,
        "%-27s %7d %,14.0f %14s %14s",
        call.name(),
        call.work().threads(),
        call.work().stepsPerSecond() * Crowd.BATCH,
        Numbers.few(call.work().nanosPerStep() / Crowd.BATCH),
        call.hasAnswers() ? Numbers.format("%d", call.work().wrong()) : "-");
  }

  private void sweep(StringBuilder text) {
    line(
        text,
        "%nsweep: nobody has expired: %.2f s; a tenth has: %,d removed in %.2f s, %,.0f users/s;"
            + " tracked after it: %,d",
        figures.idle().nanos() / 1e9,
        figures.sweep().users(),
        figures.sweep().nanos() / 1e9,
        figures.sweep().users() * 1e9 / figures.sweep().nanos(),
        figures.tracked());
    figures.afterwards().forEach(call -> row(text, call));
    line(text, "answers checked: %,d, wrong: %d", figures.answers(), figures.wrong());
  }

  private double offHeapPerUser() {
    return (double) figures.offHeap() / figures.users();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(Numbers.format(format, values)).append('\n');
  }
}
