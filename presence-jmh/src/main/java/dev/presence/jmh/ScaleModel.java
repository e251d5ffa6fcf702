package dev.presence.jmh;

import dev.presence.internal.ModelNode;
import dev.presence.internal.replication.ModelLink;
import dev.presence.internal.replication.ModelLog;
import dev.presence.internal.replication.ModelTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/**
 * Nodes that share a modelled log. Each has a mirror of the sample, and takes the heartbeats of its
 * share of it. A heartbeat counts from when it is due, although it is recorded with the node's next
 * exchange, which would not send it earlier. Same choices in every run.
 */
final class ScaleModel {

  /** From one heartbeat of a user to the next. */
  static final int BEAT_SECONDS = 10;

  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long EXCHANGE_NANOS = 200_000_000L;
  private static final long SEED = 100;

  private static final long LONGEST_LAG_MILLIS = 600_000;

  /** So long nothing is counted. */
  private static final int WARM_UP_SECONDS = 5;

  /** A user whom nobody has seen comes to each node so often. */
  private static final long BETWEEN_PROBES_NANOS = SECOND_NANOS;

  private final Settings settings;
  private final int nodes;
  private final ModelTime time = new ModelTime();
  private final ModelLog log;
  private final List<Turn> turns = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Histogram lagMillis = new Histogram(LONGEST_LAG_MILLIS, 3);
  private int probes;
  private RuntimeException failure;

  /**
   * What is modelled.
   *
   * @param users of all nodes
   * @param scale how many of them one in the sample stands for
   * @param mbits of the log's line in each direction
   * @param roundTripMillis without waiting for the line
   * @param cpu of a node, at full size
   * @param seconds how long, in the model's time
   */
  record Settings(
      long users, int scale, double mbits, double roundTripMillis, NodeCpu cpu, int seconds) {

    int sample() {
      return (int) (users / scale);
    }
  }

  /**
   * What came out, scaled to all users but for the lag, which is what nodes see.
   *
   * @param inBytes bytes that all nodes send to the log in a second
   * @param outBytes bytes that the log sends to all nodes in a second
   * @param bytesPerUser of a heartbeat in the log
   * @param nodeCores share of a core that a node's thread takes
   * @param sampleNanos CPU for each user that a node read, in the small mirrors of the sample
   * @param timeouts how often a node gave up its connection
   */
  record Result(
      int nodes,
      double inBytes,
      double outBytes,
      double bytesPerUser,
      double nodeCores,
      double sampleNanos,
      double lagP50Millis,
      double lagP99Millis,
      double lagMaxMillis,
      long timeouts) {}

  /** One that waits to be seen. */
  private record Probe(long userId, long beatNanos) {}

  /** A node with the users who beat there. */
  private static final class Turn {
    final ModelNode node;
    final int number;
    final int[] order;
    final Deque<Probe> awaited = new ArrayDeque<>();
    long nextBeat;
    long nextProbeNanos;

    Turn(ModelNode node, int number, int users, long nextProbeNanos) {
      this.order = Users.shuffledNumbers(users);
      this.node = node;
      this.number = number;
      this.nextProbeNanos = nextProbeNanos;
    }
  }

  private ScaleModel(Settings settings, int nodes) {
    this.settings = settings;
    this.nodes = nodes;
    this.log =
        new ModelLog(settings.scale, settings.mbits, (long) (settings.roundTripMillis * 1e6));
  }

  static Result run(Settings settings, int nodes) {
    return new ScaleModel(settings, nodes).run();
  }

  private Result run() {
    long warmNanos = WARM_UP_SECONDS * SECOND_NANOS;
    long endNanos = warmNanos + settings.seconds * SECOND_NANOS;
    try {
      for (int i = 0; i < nodes; i++) {
        turns.add(
            new Turn(node(i), i, settings.sample() / nodes, random.nextLong(BETWEEN_PROBES_NANOS)));
      }
      for (Turn turn : turns) {
        long firstNanos = EXCHANGE_NANOS * turn.number / nodes;
        time.start(firstNanos, () -> run(turn, firstNanos, endNanos));
      }
      time.sleepUntil(warmNanos);
      lagMillis.reset();
      Counts before = counts();
      time.sleepUntil(endNanos);
      Counts after = counts();
      time.sleepUntil(Long.MAX_VALUE / 2); // until all others have ended
      if (failure != null) {
        throw new IllegalStateException("a node must not fail", failure);
      }
      turns.forEach(turn -> turn.awaited.forEach(probe -> noteMissed(probe, endNanos)));
      return result(before, after);
    } finally {
      turns.forEach(turn -> turn.node.close());
    }
  }

  private ModelNode node(int number) {
    long room = settings.sample() + (long) nodes * (WARM_UP_SECONDS + settings.seconds + 2);
    ModelLink link = new ModelLink(log, time, settings.cpu.applyNanos());
    return new ModelNode(link, time, room, SEED + number);
  }

  /** What the node's thread does: the heartbeats since the last exchange, and the next one. */
  private void run(Turn turn, long firstNanos, long endNanos) {
    try {
      for (long dueNanos = firstNanos; dueNanos < endNanos; ) {
        beat(turn);
        turn.node.exchange();
        look(turn);
        dueNanos = Math.max(dueNanos + EXCHANGE_NANOS, time.nanos());
        time.sleepUntil(dueNanos);
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /** Records whoever has come to a node since its last turn, with the time of now. */
  private void beat(Turn turn) {
    long now = time.nanos();
    double beatNanos = (double) BEAT_SECONDS * SECOND_NANOS * nodes / settings.sample();
    int[] order = turn.order;
    for (; turn.nextBeat * beatNanos < now; turn.nextBeat++) {
      int user = order[(int) (turn.nextBeat % order.length)];
      turn.node.presence().recordHeartbeat((long) user * nodes + turn.number);
    }
    while (turn.nextProbeNanos < now) {
      long userId = (long) settings.sample() + probes++;
      turn.node.presence().recordHeartbeat(userId);
      int other = (turn.number + 1 + random.nextInt(Math.max(1, nodes - 1))) % nodes;
      if (other != turn.number) {
        turns.get(other).awaited.add(new Probe(userId, turn.nextProbeNanos));
      }
      turn.nextProbeNanos += BETWEEN_PROBES_NANOS;
    }
  }

  private void look(Turn turn) {
    for (Iterator<Probe> each = turn.awaited.iterator(); each.hasNext(); ) {
      Probe probe = each.next();
      if (turn.node.presence().isOnline(probe.userId)) {
        note(time.nanos() - probe.beatNanos);
        each.remove();
      }
    }
  }

  /** Of one that nobody has seen at the end: its lag is more than that, if it had time enough. */
  private void noteMissed(Probe probe, long endNanos) {
    if (endNanos - probe.beatNanos > SECOND_NANOS) {
      note(endNanos - probe.beatNanos);
    }
  }

  private void note(long nanos) {
    lagMillis.recordValue(Math.min(LONGEST_LAG_MILLIS, nanos / 1_000_000));
  }

  private record Counts(long in, long out, long usersIn, long usersOut, long received, long cpu) {}

  private Counts counts() {
    return new Counts(
        log.bytesIn(),
        log.bytesOut(),
        log.usersIn(),
        log.usersOut(),
        turns.stream().mapToLong(turn -> turn.node.receivedUsers()).sum(),
        turns.stream().mapToLong(turn -> turn.node.cpuNanos()).sum());
  }

  private Result result(Counts before, Counts after) {
    double seconds = settings.seconds;
    double received = Math.max(1, after.received - before.received);
    double sent = (double) (after.usersIn - before.usersIn) / settings.scale;
    double reads = (after.usersOut - before.usersOut) / seconds / nodes;
    double publishes = (after.usersIn - before.usersIn) / seconds / nodes;
    return new Result(
        nodes,
        (after.in - before.in) / seconds,
        (after.out - before.out) / seconds,
        (double) (after.in - before.in) / (after.usersIn - before.usersIn),
        (reads * settings.cpu.applyNanos() + publishes * settings.cpu.publishNanos()) / 1e9,
        (after.cpu - before.cpu) / (nodes == 1 ? sent : received),
        lagMillis.getValueAtPercentile(50),
        lagMillis.getValueAtPercentile(99),
        lagMillis.getMaxValue(),
        log.timeouts());
  }
}
