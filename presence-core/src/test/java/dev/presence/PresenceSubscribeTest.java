package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What listeners are told, where the caller sweeps and time stands still. */
class PresenceSubscribeTest {

  private static final long START = 1_764_000_000L;

  private final ManualClock clock = new ManualClock(START);
  private final RecordingListener listener = new RecordingListener();
  private Presence presence;

  @AfterEach
  void close() {
    presence.close();
  }

  private Presence open(PresenceBuilder builder) {
    presence = builder.clock(clock).sweepInterval(Duration.ZERO).open();
    return presence;
  }

  private Presence open() {
    return open(Presence.builder().maxUsers(100_000));
  }

  private PresenceSubscription subscribe(long... userIds) {
    return userIds.length == 0
        ? presence.subscribe(listener, Runnable::run)
        : presence.subscribe(userIds, listener, Runnable::run);
  }

  @Test
  void subscribe_usersOnline_areToldFirst() {
    open().recordHeartbeats(new long[] {1, -2});
    presence.recordHeartbeat(3, START - 30);
    subscribe();
    assertThat(listener.takeEvents()).isEmpty();
    presence.sweep();
    assertThat(listener.takeEvents())
        .containsExactlyInAnyOrder("online 1 " + START, "online -2 " + START);
  }

  @Test
  void heartbeat_ofANewUser_isOnline() {
    open();
    subscribe();
    presence.sweep();
    presence.recordHeartbeat(7);
    presence.recordHeartbeat(7);
    presence.sweep();
    assertThat(listener.takeEvents()).containsExactly("online 7 " + START);
  }

  @Test
  void noHeartbeat_forTheWindow_isOffline() {
    open().recordHeartbeat(7);
    subscribe();
    presence.sweep();
    clock.advance(29);
    presence.sweep();
    assertThat(listener.takeEvents()).containsExactly("online 7 " + START);
    clock.advance(1);
    presence.sweep();
    assertThat(listener.takeEvents()).containsExactly("offline 7 " + START);
    presence.sweep();
    presence.recordHeartbeat(7);
    presence.sweep();
    assertThat(listener.takeEvents()).containsExactly("online 7 " + (START + 30));
  }

  @Test
  void disconnect_isOfflineAtOnce_andTheNextHeartbeatIsOnline() {
    open(Presence.builder().retention(Duration.ofHours(1)));
    presence.recordHeartbeats(new long[] {7, 8});
    subscribe();
    presence.sweep();
    listener.takeEvents();
    presence.disconnect(7);
    presence.disconnect(7);
    presence.recordHeartbeat(7);
    presence.disconnect(8);
    presence.sweep();
    assertThat(listener.takeEvents())
        .containsExactly("offline 7 " + START, "online 7 " + START, "offline 8 " + START);
  }

  @Test
  void gracePeriod_userBackWithinIt_wasNeverGone() {
    open(Presence.builder().gracePeriod(Duration.ofSeconds(10)));
    presence.recordHeartbeat(7);
    subscribe();
    presence.sweep();
    listener.takeEvents();
    clock.advance(39);
    presence.sweep();
    assertThat(presence.isOnline(7)).isFalse();
    presence.recordHeartbeat(7);
    presence.sweep();
    assertThat(listener.takeEvents()).isEmpty();
    clock.advance(40);
    presence.sweep();
    assertThat(listener.takeEvents()).containsExactly("offline 7 " + (START + 39));
    assertThat(presence.stats().trackedUsers()).isZero();
  }

  @Test
  void disconnect_inTheGracePeriod_isOfflineAtOnce() {
    open(Presence.builder().gracePeriod(Duration.ofSeconds(10)).retention(Duration.ofHours(1)));
    presence.recordHeartbeat(7);
    subscribe();
    presence.sweep();
    clock.advance(35);
    presence.disconnect(7);
    presence.sweep();
    assertThat(listener.takeEvents()).containsExactly("online 7 " + START, "offline 7 " + START);
    subscribe();
    presence.sweep();
    assertThat(listener.takeEvents()).isEmpty();
  }

  @Test
  void clockBack_whoeverAnswersOnlineAgain_isOnline() {
    open(Presence.builder().retention(Duration.ofHours(1)));
    presence.recordHeartbeat(7);
    subscribe();
    presence.sweep();
    clock.advance(31);
    presence.sweep();
    clock.advance(-5);
    presence.sweep();
    assertThat(presence.isOnline(7)).isTrue();
    assertThat(listener.takeEvents())
        .containsExactly("online 7 " + START, "offline 7 " + START, "online 7 " + START);
  }

  @Test
  void someUsers_onlyTheirsAreTold_onceEach() {
    open().recordHeartbeats(new long[] {1, 2, 3});
    subscribe(3, 4, 3, 1);
    presence.sweep();
    assertThat(listener.takeEvents())
        .containsExactlyInAnyOrder("online 1 " + START, "online 3 " + START);
    presence.recordHeartbeats(new long[] {4, 5});
    presence.disconnect(1);
    presence.disconnect(2);
    presence.sweep();
    assertThat(listener.takeEvents())
        .containsExactlyInAnyOrder("online 4 " + START, "offline 1 " + START);
  }

  @Test
  void fullStore_displacedUsersAreToldFirst() {
    open(Presence.builder().maxUsers(2).gracePeriod(Duration.ofSeconds(30)));
    presence.recordHeartbeats(new long[] {1, 2});
    subscribe();
    presence.sweep();
    listener.takeEvents();
    clock.advance(30);
    presence.recordHeartbeat(3);
    presence.sweep();
    assertThat(listener.takeEvents())
        .containsExactlyInAnyOrder(
            "offline 1 " + START, "offline 2 " + START, "online 3 " + (START + 30));
  }

  @Test
  void lateHeartbeat_beforeTheHorizon_tellsNothing() {
    open(Presence.builder().retention(Duration.ofHours(1)));
    subscribe();
    presence.sweep();
    presence.recordHeartbeat(7, START - 30);
    presence.sweep();
    assertThat(listener.takeEvents()).isEmpty();
    presence.recordHeartbeat(7, START - 29);
    presence.sweep();
    assertThat(listener.takeEvents()).containsExactly("online 7 " + (START - 29));
    clock.advance(1);
    presence.sweep();
    assertThat(listener.takeEvents()).containsExactly("offline 7 " + (START - 29));
  }

  @Test
  void close_nothingFollows_andTheNextSubscriptionStartsAnew() {
    open().recordHeartbeat(7);
    PresenceSubscription subscription = subscribe();
    presence.sweep();
    listener.takeEvents();
    subscription.close();
    presence.disconnect(7);
    presence.sweep();
    assertThat(listener.takeEvents()).isEmpty();
    assertThat(presence.stats().subscriptions()).isZero();
    presence.recordHeartbeats(new long[] {8, 9});
    subscribe();
    presence.sweep();
    assertThat(listener.takeEvents())
        .containsExactlyInAnyOrder("online 8 " + START, "online 9 " + START);
  }

  @Test
  void manyUsers_inSeveralSegments_areAllTold() {
    open();
    long[] users = java.util.stream.LongStream.range(0, 100_000).toArray();
    presence.recordHeartbeats(users);
    subscribe();
    presence.sweep();
    assertThat(listener.online()).hasSize(100_000);
    clock.advance(30);
    presence.sweep();
    presence.sweep();
    assertThat(listener.online()).isEmpty();
    assertThat(listener.takeEvents()).noneMatch(event -> event.startsWith("twice"));
  }
}
