package dev.presence;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A presence, its calls, and how much they allocate, by the JVM's own count for this thread. */
abstract class AllocatedBytes {

  private static final int CALLS = 20_000;
  static final int USERS = 300;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  final long[] users = LongStream.range(0, USERS).map(i -> i * 977).toArray();
  private final boolean[] online = new boolean[USERS];
  private final long[] seconds = new long[USERS];
  private final byte[] tiers = new byte[USERS];
  private Presence presence;
  private int next;

  PresenceBuilder builder() {
    return Presence.builder()
        .maxUsers(1_000)
        .sweepInterval(Duration.ZERO)
        .tiers(
            PresenceTiers.builder()
                .tier("HERE", Duration.ofSeconds(1))
                .tier("ONLINE", Duration.ofSeconds(30))
                .build());
  }

  /** Open during each test; half of the users are online. */
  final Presence presence() {
    return presence;
  }

  @BeforeEach
  void openAndRecordHalf() {
    presence = builder().open();
    for (int i = 0; i < USERS; i += 2) {
      presence.recordHeartbeat(users[i]);
    }
  }

  @AfterEach
  void close() {
    presence.close();
  }

  /** The next user in turn: tracked at an even position, unknown at an odd one. */
  private long user() {
    next = (next + 1) % USERS;
    return users[next];
  }

  private long trackedUser() {
    next = (next + 2) % USERS;
    return users[next & ~1];
  }

  final List<Runnable> singleCalls() {
    return List.of(
        () -> presence.isOnline(user()),
        () -> presence.lastSeen(user()),
        () -> presence.tierOf(user()),
        () -> presence.recordHeartbeat(trackedUser()),
        () -> presence.disconnect(trackedUser()));
  }

  final List<Runnable> batches() {
    long[] tracked = LongStream.range(0, USERS / 2).map(i -> users[2 * (int) i]).toArray();
    return List.of(
        () -> presence.statusOf(users, online),
        () -> presence.lastSeenOf(users, seconds),
        () -> presence.tiersOf(users, tiers),
        () -> presence.recordHeartbeats(tracked));
  }

  /** The median of nine measurements, because the compiler may be at work during one of them. */
  final long bytesPerCall(Runnable call) {
    for (int i = 0; i < CALLS; i++) {
      call.run();
    }
    return LongStream.range(0, 9)
        .map(i -> measure(call))
        .sorted()
        .skip(4)
        .findFirst()
        .orElseThrow();
  }

  final long measure(Runnable call) {
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < CALLS; i++) {
      call.run();
    }
    return (threads.getThreadAllocatedBytes(thread) - before) / CALLS;
  }
}
