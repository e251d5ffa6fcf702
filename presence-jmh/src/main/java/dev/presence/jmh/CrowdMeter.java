package dev.presence.jmh;

import dev.presence.Presence;
import dev.presence.jmh.CrowdFigures.Call;
import dev.presence.jmh.CrowdFigures.Memory;
import dev.presence.jmh.CrowdFigures.Pass;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * Fills a {@link Crowd}, asks it, and lets a tenth of it go. Fails if anything is not as it must.
 */
final class CrowdMeter {

  private static final long LONGEST_WARM_UP_MILLIS = 1_000;
  private static final int REHEARSAL_USERS = 100_000;
  private static final String ANONYMOUS = "RssAnon";
  private static final String HUGE = "AnonHugePages";

  private final long users;
  private final int threads;
  private final long millis;
  private final PrintStream progress;

  /**
   * Measures nothing yet.
   *
   * @param millis how long each call is measured in each number of threads
   * @param progress hears what is next, and how far the fill is
   */
  CrowdMeter(long users, int threads, long millis, PrintStream progress) {
    this.users = users;
    this.threads = threads;
    this.millis = millis;
    this.progress = progress;
  }

  CrowdFigures measure() throws IOException {
    rehearse();
    Before before = Before.now();
    long startNanos = System.nanoTime();
    try (Crowd crowd = new Crowd(users, threads)) {
      long openNanos = System.nanoTime() - startNanos;
      List<Long> fillNanos = fill(crowd);
      Memory memory = before.untilNow();
      Presence presence = crowd.presence();
      say("counting who is online");
      Pass count = pass(presence::onlineCount);
      require("online after the fill", count.users(), users);
      List<Call> calls = calls(crowd);
      say("sweeping");
      Pass idle = pass(presence::sweep);
      require("swept before anybody has expired", idle.users(), 0);
      Pass sweep = sweepATenth(crowd);
      CrowdFigures figures =
          new CrowdFigures(
              users,
              threads,
              openNanos,
              presence.stats().offHeapBytes(),
              fillNanos,
              count,
              memory,
              calls,
              idle,
              sweep,
              presence.stats().trackedUsers(),
              afterwards(crowd));
      require("wrong answers", figures.wrong(), 0);
      return figures;
    }
  }

  private Pass sweepATenth(Crowd crowd) {
    crowd.expireFirstTenth();
    Presence presence = crowd.presence();
    Pass sweep = pass(presence::sweep);
    long left = users - crowd.firstToExpire();
    require("swept", sweep.users(), crowd.firstToExpire());
    require("tracked after the sweep", presence.stats().trackedUsers(), left);
    require("online after the sweep", presence.onlineCount(), left);
    return sweep;
  }

  /** The process before anything is measured. */
  private record Before(OptionalLong resident, long heap, long collections, long millis) {

    static Before now() throws IOException {
      long heap = FootprintProbe.usedHeapBytes(); // collects, before the others are read
      return new Before(
          ProcFile.STATUS.bytes(ANONYMOUS), heap, CrowdMeter.collections(), collectionMillis());
    }

    Memory untilNow() throws IOException {
      long collected = CrowdMeter.collections() - collections; // before the next one
      long collectedMillis = collectionMillis() - millis;
      OptionalLong now = ProcFile.STATUS.bytes(ANONYMOUS);
      return new Memory(
          now.isPresent() && resident.isPresent() ? now.getAsLong() - resident.getAsLong() : -1,
          ProcFile.MAPPINGS.bytes(HUGE).orElse(-1),
          heap,
          FootprintProbe.usedHeapBytes(),
          Runtime.getRuntime().maxMemory(),
          collected,
          collectedMillis);
    }
  }

  /** Loads the classes and compiles the code, so that neither counts as the users' memory. */
  private static void rehearse() {
    try (Crowd crowd = new Crowd(REHEARSAL_USERS, 1)) {
      for (int tenth = 0; tenth < Crowd.TENTHS; tenth++) {
        crowd.fill(tenth);
      }
    }
  }

  private List<Long> fill(Crowd crowd) {
    List<Long> nanos = new ArrayList<>();
    for (int tenth = 0; tenth < Crowd.TENTHS; tenth++) {
      say("filling, tenth " + (tenth + 1) + " of " + Crowd.TENTHS);
      nanos.add(crowd.fill(tenth));
    }
    return nanos;
  }

  private List<Call> calls(Crowd crowd) {
    long[] known = crowd.known();
    long[] strangers = crowd.strangers();
    long[] others = crowd.others();
    List<Call> calls = new ArrayList<>();
    for (int n : threads == 1 ? List.of(1) : List.of(1, threads)) {
      calls.add(asked("statusOf 100", n, i -> crowd.statusOf(known, true, i, n)));
      calls.add(asked("statusOf 100, strangers", n, i -> crowd.statusOf(strangers, false, i, n)));
      calls.add(asked("isOnline", n, i -> crowd.isOnline(known, true, i, n)));
      calls.add(asked("isOnline, strangers", n, i -> crowd.isOnline(strangers, false, i, n)));
      calls.add(call("recordHeartbeats 100", false, n, i -> crowd.heartbeats(others, i, n)));
    }
    return calls;
  }

  private List<Call> afterwards(Crowd crowd) {
    long[] gone = crowd.firstTenth();
    long[] left = crowd.others();
    return List.of(
        asked("statusOf 100, expired", 1, i -> crowd.statusOf(gone, false, i, 1)),
        asked("statusOf 100, not expired", 1, i -> crowd.statusOf(left, true, i, 1)));
  }

  private Call asked(String name, int n, IntFunction<Crew.Worker> workers) {
    return call(name, true, n, workers);
  }

  private Call call(String name, boolean hasAnswers, int n, IntFunction<Crew.Worker> workers) {
    say(name + ", threads: " + n);
    Crew.Work warmUp = Crew.run(n, Math.min(millis, LONGEST_WARM_UP_MILLIS), workers);
    require("wrong answers of " + name, warmUp.wrong(), 0);
    return new Call(name, hasAnswers, Crew.run(n, millis, workers));
  }

  private static Pass pass(LongSupplier walk) {
    long startNanos = System.nanoTime();
    long found = walk.getAsLong();
    return new Pass(found, System.nanoTime() - startNanos);
  }

  private static void require(String what, long number, long expected) {
    if (number != expected) {
      throw new IllegalStateException(
          what + " must be as expected: number=" + number + " expected=" + expected);
    }
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  private static long collectionMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }

  private void say(String next) {
    progress.println("# " + next);
  }
}
