package dev.presence.internal.replication;

import dev.presence.Presence;
import dev.presence.ReplicationStats;
import java.util.concurrent.atomic.LongAdder;

/** What replication has done; written by its thread, read by any. */
final class Figures {

  volatile boolean linked;
  volatile boolean caughtUp;
  volatile long clockOffsetMillis;
  final LongAdder sentUsers = new LongAdder();
  final LongAdder sentBytes = new LongAdder();
  final LongAdder receivedUsers = new LongAdder();
  final LongAdder receivedBytes = new LongAdder();
  final LongAdder reconnections = new LongAdder();
  final LongAdder resyncs = new LongAdder();
  final LongAdder badFrames = new LongAdder();
  volatile long refusedUsers;

  /** When an exchange last brought all there was, by the machine's time; 0: never. */
  volatile long completeNanos;

  ReplicationStats now(long nanoTime) {
    long complete = completeNanos;
    return new ReplicationStats(
        linked,
        caughtUp,
        complete == 0 ? Presence.NEVER : (nanoTime - complete) / 1_000_000,
        clockOffsetMillis,
        sentUsers.sum(),
        sentBytes.sum(),
        receivedUsers.sum(),
        receivedBytes.sum(),
        reconnections.sum(),
        resyncs.sum(),
        badFrames.sum(),
        refusedUsers);
  }
}
