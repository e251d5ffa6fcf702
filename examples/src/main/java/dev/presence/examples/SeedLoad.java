package dev.presence.examples;

import dev.presence.Presence;
import dev.presence.PresenceStats;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A busy evening: 1,000,000 users who each send a heartbeat every 10 seconds, which is 100,000
 * heartbeats a second, while others ask for lists of 20 friends.
 *
 * <p>Each heartbeat is a call of its own, as in a server that receives them one by one; {@code
 * recordHeartbeats} only brings everybody online at the start. Both threads follow a timetable and
 * skip no call when they fall behind. The output gives the time of the call itself and, for
 * lookups, the time since the call was due; where few cores are free, that is mostly the wait for
 * one.
 */
public final class SeedLoad {

  private static final int USERS = 1_000_000;
  private static final int HEARTBEATS_A_SECOND = USERS / 10;
  private static final int FRIENDS = 20;
  private static final int DEFAULT_SECONDS = 30;
  private static final int DEFAULT_LISTS_A_SECOND = 20_000;
  private static final String USAGE = "usage: SeedLoad [seconds [friend lists a second]]";

  private SeedLoad() {}

  /**
   * Runs the load and prints the result.
   *
   * @param args the seconds (default 30) and the friend lists a second (default 20,000)
   * @throws InterruptedException if interrupted before the end
   * @throws ExecutionException if a heartbeat or a lookup failed
   */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    int seconds;
    int listsASecond;
    try {
      if (args.length > 2) {
        throw new IllegalArgumentException("arguments must be at most 2: arguments=" + args.length);
      }
      seconds = args.length > 0 ? parse("seconds", args[0], 86_400) : DEFAULT_SECONDS;
      listsASecond = args.length > 1 ? parse("lists", args[1], 1_000_000) : DEFAULT_LISTS_A_SECOND;
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "; " + USAGE);
      System.exit(2);
      return;
    }
    run(seconds, listsASecond);
  }

  private static void run(int seconds, int listsASecond)
      throws InterruptedException, ExecutionException {
    long[] userIds = new long[USERS];
    for (int i = 0; i < USERS; i++) {
      userIds[i] = i * 0x9E3779B97F4A7C15L; // distinct, and spread over every long
    }
    long[][] friendLists = friendLists(userIds);

    try (Presence presence = Presence.open()) {
      long start = System.nanoTime();
      presence.recordHeartbeats(userIds);
      print("%,d users came online in %,d ms", USERS, (System.nanoTime() - start) / 1_000_000);

      boolean[] online = new boolean[FRIENDS];
      // 100 heartbeats at each millisecond leave most of a core free; lookups spin on another.
      Timetable heartbeats = new Timetable(HEARTBEATS_A_SECOND, seconds, 1_000_000);
      Timetable lookups = new Timetable(listsASecond, seconds, 0);
      ExecutorService threads = Executors.newFixedThreadPool(2);
      try {
        Future<?> beating =
            threads.submit(
                () -> heartbeats.run(n -> presence.recordHeartbeat(userIds[(int) (n % USERS)])));
        Future<?> asking =
            threads.submit(
                () ->
                    lookups.run(
                        n ->
                            presence.statusOf(
                                friendLists[(int) (n % friendLists.length)], online)));
        printProgress(heartbeats, lookups, seconds);
        beating.get();
        asking.get();
      } finally {
        threads.shutdownNow();
      }
      printResult(presence, heartbeats, lookups);
    }
  }

  private static long[][] friendLists(long[] userIds) {
    Random random = new Random(1);
    long[][] lists = new long[10_000][FRIENDS];
    for (long[] list : lists) {
      for (int i = 0; i < FRIENDS; i++) {
        list[i] = userIds[random.nextInt(userIds.length)];
      }
    }
    return lists;
  }

  private static void printProgress(Timetable heartbeats, Timetable lookups, int seconds)
      throws InterruptedException {
    long beatsBefore = 0;
    long listsBefore = 0;
    for (int second = 1; second <= seconds; second++) {
      TimeUnit.SECONDS.sleep(1);
      long beats = heartbeats.done();
      long lists = lookups.done();
      print(
          "%4d s: %,9d heartbeats, %,9d friend lists",
          second, beats - beatsBefore, lists - listsBefore);
      beatsBefore = beats;
      listsBefore = lists;
    }
  }

  private static void printResult(Presence presence, Timetable heartbeats, Timetable lookups) {
    PresenceStats stats = presence.stats();
    print("heartbeats a second: %,.0f", heartbeats.doneASecond());
    print(
        "lookups a second: %,.0f lists of %d, which is %,.0f users",
        lookups.doneASecond(), FRIENDS, lookups.doneASecond() * FRIENDS);
    print("microseconds                     p50      p90      p99    p99.9       max");
    printPercentiles("heartbeat, the call itself", heartbeats.callNanos());
    printPercentiles("lookup, the call itself", lookups.callNanos());
    printPercentiles("lookup, since it was due", lookups.responseNanos());
    print("online: %,d users", presence.onlineCount());
    print(
        "off-heap: %,d bytes, %.1f a user",
        stats.offHeapBytes(), (double) stats.offHeapBytes() / stats.trackedUsers());
  }

  private static void printPercentiles(String name, Histogram nanos) {
    print(
        "%-27s %8.1f %8.1f %8.1f %8.1f %9.1f",
        name,
        nanos.getValueAtPercentile(50) / 1e3,
        nanos.getValueAtPercentile(90) / 1e3,
        nanos.getValueAtPercentile(99) / 1e3,
        nanos.getValueAtPercentile(99.9) / 1e3,
        nanos.getMaxValue() / 1e3);
  }

  private static int parse(String name, String value, int max) {
    try {
      int number = Integer.parseInt(value);
      if (number >= 1 && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through: the message is the same.
    }
    throw new IllegalArgumentException(name + " must be 1 to " + max + ": " + name + "=" + value);
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
