package dev.presence.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.presence.redis.RedisLog;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The nodes A and B, and a table of what both say. Used by one thread. */
final class BothNodes {

  /** The first argument of a process that is a node; the prefix of the keys is the second. */
  static final String NODE = "node";

  private static final String KILLED = "killed";
  private static final long LIMIT_SECONDS = 60;

  /** A Redis that somebody names may not be there. */
  private static final long LINK_SECONDS = 10;

  private static final long POLL_MILLIS = 20;

  /** Terminals take UTF-8, even where the locale does not say so. */
  private final PrintStream out =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);

  private final Class<?> program;
  private final String uri;

  /** Other programs may use the same Redis. */
  private final String keyPrefix =
      "presence-example-" + Integer.toHexString(ThreadLocalRandom.current().nextInt());

  private final List<String> arguments = new ArrayList<>();
  private final long linkSeconds;
  private final AtExit atExit;
  private NodeProcess a;
  private NodeProcess b;
  private boolean isKilled;
  private long startNanos;
  private Row printed;

  /** What both say at about the same moment. */
  private record Row(String a, String b) {}

  @FunctionalInterface
  private interface Condition {
    boolean isMet() throws IOException;
  }

  /**
   * Nodes that have not been started.
   *
   * @param program is started again for each
   * @param uri of the Redis
   * @param isOwnRedis whether the program plays with it; then it is no news that it is away
   * @param atExit ends the nodes
   */
  BothNodes(Class<?> program, String uri, boolean isOwnRedis, AtExit atExit) {
    this.program = program;
    this.uri = uri;
    this.linkSeconds = isOwnRedis ? LIMIT_SECONDS : LINK_SECONDS;
    this.atExit = atExit;
    arguments.add(NODE);
    arguments.add(keyPrefix);
    if (isOwnRedis) {
      arguments.add("quiet");
    }
  }

  /** Starts both, and says what will be seen. */
  void start() throws IOException, InterruptedException {
    out.println("A and B are two processes that share who is online, through");
    out.println(log() + ".");
    out.printf(
        Locale.ROOT,
        "Clients beat every %.1f s. A user is offline %d s after the last heartbeat, give or take"
            + " one.%n%n",
        Node.BEAT.toMillis() / 1e3,
        Node.WINDOW.toSeconds());
    a = launch("A");
    b = launch("B");
    awaitStart(a);
    awaitStart(b);
    out.println("                 A says     B says     ● online");
    out.println("         user    1 2 3 4    1 2 3 4    ○ offline");
  }

  private NodeProcess launch(String name) throws IOException {
    NodeProcess node = NodeProcess.start(name, uri, program, arguments);
    atExit.close(node);
    return node;
  }

  private void awaitStart(NodeProcess node) throws IOException, InterruptedException {
    if (!within(linkSeconds, () -> node.look().isLinked())) {
      throw new IOException(node + " cannot reach " + log());
    }
  }

  /** Where the nodes meet, without the password. */
  private RedisLog log() {
    return RedisLog.at(uri).keyPrefix(keyPrefix);
  }

  NodeProcess a() {
    return a;
  }

  NodeProcess b() {
    return b;
  }

  void killA() {
    a.close();
    isKilled = true;
  }

  void restartA() throws IOException, InterruptedException {
    a = launch("A");
    awaitStart(a);
    isKilled = false;
  }

  /** Says what happens next, from now on. */
  void say(String sentence) {
    out.println(sentence);
    startNanos = System.nanoTime();
  }

  /**
   * Waits until the nodes say so, for each user 1 or 0, and prints it. Of a node that is killed
   * nothing is awaited.
   */
  void await(String onlineAtA, String onlineAtB) throws IOException, InterruptedException {
    Row awaited = new Row(isKilled ? KILLED : dots(onlineAtA), dots(onlineAtB));
    await(() -> now().equals(awaited));
    print();
  }

  /** Waits until both can reach Redis, or until neither can, and prints if a dot changes. */
  void awaitLink(boolean isLinked) throws IOException, InterruptedException {
    await(
        () -> {
          if (!now().equals(printed)) {
            print();
          }
          return a.look().isLinked() == isLinked && b.look().isLinked() == isLinked;
        });
  }

  private void await(Condition condition) throws IOException, InterruptedException {
    if (!within(LIMIT_SECONDS, condition)) {
      print();
      throw new IOException("this should be otherwise after " + LIMIT_SECONDS + " s");
    }
  }

  private static boolean within(long seconds, Condition condition)
      throws IOException, InterruptedException {
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.isMet()) {
      if (System.nanoTime() - deadlineNanos > 0) {
        return false;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return true;
  }

  /** Prints what the nodes say now. */
  void print() throws IOException {
    printed = now();
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    out.printf(Locale.ROOT, "  after %3.1f s    %-7s    %s%n", seconds, printed.a, printed.b);
  }

  private Row now() throws IOException {
    return new Row(isKilled ? KILLED : dots(a.look().online()), dots(b.look().online()));
  }

  private static String dots(String online) {
    return online.replace("1", "● ").replace("0", "○ ").stripTrailing();
  }
}
