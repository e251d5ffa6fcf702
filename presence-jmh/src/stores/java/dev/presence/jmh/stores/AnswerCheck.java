package dev.presence.jmh.stores;

import dev.presence.Presence;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks every node about users at random, again and again, and counts the answers that contradict
 * what was recorded. Users who beat must be online; strangers must not; a user who beats no more
 * must be online until the window has passed since the last heartbeat, and not after it. Answers
 * within {@value #SLACK_MILLIS} ms of that instant count for neither: stamps are whole seconds.
 */
final class AnswerCheck implements AutoCloseable {

  static final long SLACK_MILLIS = 1_100;

  private static final int BATCH = 100;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long SEED = 15;

  private final Nodes nodes;
  private final ReplicationPlan plan;
  private final PacedBeats load;
  private final int watched;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Thread thread = new Thread(this::run, "check");
  private volatile boolean stopped;
  private final AtomicLong answers = new AtomicLong();
  private long wrong;

  private AnswerCheck(Nodes nodes, ReplicationPlan plan, PacedBeats load, int watched) {
    this.nodes = nodes;
    this.plan = plan;
    this.load = load;
    this.watched = watched;
  }

  /**
   * Begins.
   *
   * @param watched how many users, the first ones, may stop to beat
   */
  static AnswerCheck start(Nodes nodes, ReplicationPlan plan, PacedBeats load, int watched) {
    AnswerCheck check = new AnswerCheck(nodes, plan, load, watched);
    check.thread.setDaemon(true);
    check.thread.start();
    return check;
  }

  /** How many answers there have been. */
  long answers() {
    return answers.get();
  }

  /** How many of them were wrong; after {@link #close()}. */
  long wrong() {
    return wrong;
  }

  private void run() {
    while (!stopped) {
      for (int i = 0; i < nodes.count(); i++) {
        ask(nodes.node(i), watched, plan.users());
        ask(nodes.node(i), 0, watched);
        int strangers = plan.users() + ReplicationPlan.OTHER_USERS;
        ask(nodes.node(i), strangers, strangers + plan.users());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void ask(Presence node, int from, int to) {
    int[] numbers = random.ints(BATCH, from, to).toArray();
    long[] batch = new long[BATCH];
    long[] lastMillis = new long[BATCH];
    for (int i = 0; i < BATCH; i++) {
      batch[i] = plan.id(numbers[i]);
      lastMillis[i] = load.isGone(numbers[i]) ? load.lastMillis(numbers[i]) : 0;
    }
    long beforeMillis = System.currentTimeMillis();
    boolean[] online = node.statusOf(batch);
    long afterMillis = System.currentTimeMillis();
    for (int i = 0; i < BATCH; i++) {
      boolean isWrong;
      if (lastMillis[i] > 0) {
        long ends = lastMillis[i] + 1_000L * plan.windowSeconds();
        isWrong =
            online[i] ? beforeMillis > ends + SLACK_MILLIS : afterMillis < ends - SLACK_MILLIS;
      } else {
        isWrong = online[i] == numbers[i] >= plan.users();
      }
      wrong += isWrong ? 1 : 0;
    }
    answers.addAndGet(BATCH);
  }

  @Override
  public void close() {
    stopped = true;
    Threads.join(thread);
  }
}
