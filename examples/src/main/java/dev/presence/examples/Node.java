package dev.presence.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.presence.Presence;
import dev.presence.redis.RedisLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One node of {@link TwoNodes}: a process with a presence, and with clients that beat there. It
 * reads orders from its input, a line each, answers each with a line, and ends with its input.
 */
final class Node {

  /** How long a user stays online without a heartbeat: short, so that nobody waits long. */
  static final Duration WINDOW = Duration.ofSeconds(4);

  static final Duration BEAT = Duration.ofMillis(500);

  /** Whom everybody asks for. */
  private static final long[] USERS = {1, 2, 3, 4};

  private final Presence presence;
  private final Set<Long> clients = new TreeSet<>();

  private Node(Presence presence) {
    this.presence = presence;
  }

  /**
   * Runs a node.
   *
   * @param keyPrefix what the keys in Redis begin with
   * @param isQuiet whether nothing is logged
   */
  static void run(String keyPrefix, boolean isQuiet) throws IOException {
    // Ctrl-C in a terminal reaches all processes; this one ends when its parent has.
    CountDownLatch inputHasEnded = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> await(inputHasEnded), "wait-for-parent"));
    Logger logger = Logger.getLogger("dev.presence");
    if (isQuiet) {
      logger.setLevel(Level.OFF);
    }
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    try {
      obeyAll(new BufferedReader(new InputStreamReader(System.in, UTF_8)), keyPrefix, timer);
    } finally {
      timer.shutdownNow();
      inputHasEnded.countDown();
    }
  }

  private static void obeyAll(
      BufferedReader input, String keyPrefix, ScheduledExecutorService timer) throws IOException {
    String uri = input.readLine(); // no argument, because everybody on the machine can see those
    try (Presence presence =
        Presence.builder()
            .onlineWindow(WINDOW)
            .maxUsers(1_000) // all users of all nodes
            .replicateThrough(RedisLog.at(uri).keyPrefix(keyPrefix))
            .open()) {
      Node node = new Node(presence);
      Future<?> unused =
          timer.scheduleAtFixedRate(node::beat, 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
      for (String order = input.readLine(); order != null; order = input.readLine()) {
        node.obey(order.split(" ", -1));
        System.out.println(node.look());
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Clients come, or sign out and fall silent. */
  private synchronized void obey(String[] order) {
    long[] users = Arrays.stream(order).skip(1).mapToLong(Long::parseLong).toArray();
    for (long user : users) {
      if (order[0].equals("beat")) {
        clients.add(user);
        presence.recordHeartbeat(user);
      } else {
        clients.remove(user);
        presence.disconnect(user);
      }
    }
  }

  private synchronized void beat() {
    clients.forEach(presence::recordHeartbeat);
  }

  /** Who is online, such as 1100, and whether Redis can be reached. */
  private String look() {
    StringBuilder dots = new StringBuilder();
    for (boolean isOnline : presence.statusOf(USERS)) {
      dots.append(isOnline ? '1' : '0');
    }
    return dots + (presence.stats().replication().linked() ? " linked" : " lost");
  }
}
