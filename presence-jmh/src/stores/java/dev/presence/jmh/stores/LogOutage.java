package dev.presence.jmh.stores;

import dev.presence.Presence;
import dev.presence.jmh.Await;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Takes the log away under load, and counts the wrong answers meanwhile and afterwards. */
enum LogOutage {

  /** The process is held ({@code SIGSTOP}): the connections stay open, and nobody answers. */
  HELD("held (SIGSTOP)") {
    @Override
    void begin(StartedServer redis) throws IOException, InterruptedException {
      signal(redis, "-STOP");
    }

    @Override
    void end(StartedServer redis) throws IOException, InterruptedException {
      signal(redis, "-CONT");
    }
  },

  /** The process is killed, and started again with nothing. */
  KILLED("killed, restarted empty") {
    @Override
    void begin(StartedServer redis) throws InterruptedException {
      redis.kill();
    }

    @Override
    void end(StartedServer redis) throws IOException {
      redis.startAgain();
    }
  };

  /** So many users come while the log is away. */
  private static final int NEWCOMERS = 1_000;

  /** One user in so many beats no more when the outage begins. */
  private static final int GONE = 20;

  private final String label;

  LogOutage(String label) {
    this.label = label;
  }

  /**
   * What was counted.
   *
   * @param seconds how long the log was away
   * @param healedMillis from the end of the outage until every node knows who came meanwhile
   */
  record Result(double seconds, long answers, long wrong, double healedMillis) {}

  String label() {
    return label;
  }

  abstract void begin(StartedServer redis) throws IOException, InterruptedException;

  abstract void end(StartedServer redis) throws IOException, InterruptedException;

  Result measure(StartedServer redis, ReplicationPlan plan)
      throws IOException, InterruptedException {
    int watched = plan.users() / GONE;
    try (Nodes nodes = Nodes.open(redis.address(), plan);
        PacedBeats load = PacedBeats.start(nodes, plan, watched)) {
      load.awaitOnline();
      AnswerCheck check = AnswerCheck.start(nodes, plan, load, watched);
      double seconds;
      double healedMillis;
      try (check) {
        load.stopFirst(watched);
        Await.millis(1_000);
        long beginNanos = System.nanoTime();
        begin(redis);
        Await.millis(500L * plan.outageSeconds());
        comeNewOnes(nodes, plan);
        Await.millis(500L * plan.outageSeconds());
        end(redis);
        long endNanos = System.nanoTime();
        seconds = (endNanos - beginNanos) / 1e9;
        Await.until("newcomers are everywhere", () -> allThere(nodes, plan));
        healedMillis = (System.nanoTime() - endNanos) / 1e6;
        Await.millis(TimeUnit.SECONDS.toMillis(plan.windowSeconds())); // all who are gone expire
      }
      return new Result(seconds, check.answers(), check.wrong(), healedMillis);
    }
  }

  private static long[] newcomers(ReplicationPlan plan) {
    return IntStream.range(0, NEWCOMERS).mapToLong(i -> plan.id(plan.users() + i)).toArray();
  }

  private static void comeNewOnes(Nodes nodes, ReplicationPlan plan) {
    long[] users = newcomers(plan);
    for (int i = 0; i < users.length; i++) {
      nodes.node(i % nodes.count()).recordHeartbeat(users[i]);
    }
  }

  private static boolean allThere(Nodes nodes, ReplicationPlan plan) {
    long[] users = newcomers(plan);
    for (int i = 0; i < nodes.count(); i++) {
      Presence node = nodes.node(i);
      for (boolean online : node.statusOf(users)) {
        if (!online) {
          return false;
        }
      }
    }
    return true;
  }

  private static void signal(StartedServer redis, String signal)
      throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", signal, Long.toString(redis.process().pid()))
            .inheritIO()
            .start();
    if (kill.waitFor() != 0) {
      throw new IOException("the server must take a signal: signal=" + signal);
    }
  }
}
