package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How much a compiled call allocates, by the JVM's own count for this thread. */
class AllocationTest {

  private static final int CALLS = 20_000;
  private static final int USERS = 300;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final long[] users = LongStream.range(0, USERS).map(i -> i * 977).toArray();
  private final boolean[] online = new boolean[USERS];
  private final long[] seconds = new long[USERS];
  private final byte[] tiers = new byte[USERS];
  private final Presence presence =
      Presence.builder()
          .maxUsers(1_000)
          .tiers(
              PresenceTiers.builder()
                  .tier("HERE", Duration.ofSeconds(1))
                  .tier("ONLINE", Duration.ofSeconds(30))
                  .build())
          .sweepInterval(Duration.ZERO)
          .open();
  private int next;

  @BeforeEach
  void recordHalf() {
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

  @Test
  void singleCalls_allocateNothing() {
    assertThat(bytesPerCall(() -> presence.isOnline(user()))).isZero();
    assertThat(bytesPerCall(() -> presence.lastSeen(user()))).isZero();
    assertThat(bytesPerCall(() -> presence.tierOf(user()))).isZero();
    assertThat(bytesPerCall(() -> presence.recordHeartbeat(trackedUser()))).isZero();
    assertThat(bytesPerCall(() -> presence.disconnect(trackedUser()))).isZero();
  }

  @Test
  void batchesIntoArrays_allocateNothing() {
    long[] tracked = LongStream.range(0, USERS / 2).map(i -> users[2 * (int) i]).toArray();
    assertThat(bytesPerCall(() -> presence.statusOf(users, online))).isZero();
    assertThat(bytesPerCall(() -> presence.lastSeenOf(users, seconds))).isZero();
    assertThat(bytesPerCall(() -> presence.tiersOf(users, tiers))).isZero();
    assertThat(bytesPerCall(() -> presence.recordHeartbeats(tracked))).isZero();
  }

  @Test
  void batchesThatReturnArrays_allocateOnlyTheArray() {
    long booleans = bytesPerCall(() -> blackhole = new boolean[USERS]);
    long longs = bytesPerCall(() -> blackhole = new long[USERS]);
    Duration window = Duration.ofSeconds(5);
    assertThat(booleans).isGreaterThanOrEqualTo(USERS);
    assertThat(bytesPerCall(() -> blackhole = presence.statusOf(users))).isEqualTo(booleans);
    assertThat(bytesPerCall(() -> blackhole = presence.statusOf(users, window)))
        .isEqualTo(booleans);
    assertThat(bytesPerCall(() -> blackhole = presence.lastSeenOf(users))).isEqualTo(longs);
  }

  private volatile Object blackhole;

  /** The median of nine measurements, because the compiler may be at work during one of them. */
  private long bytesPerCall(Runnable call) {
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

  private long measure(Runnable call) {
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < CALLS; i++) {
      call.run();
    }
    return (threads.getThreadAllocatedBytes(thread) - before) / CALLS;
  }
}
