package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Pairs of calls that race on one user or in one segment. Each test names every possible outcome.
 */
class PresenceConcurrencyTest {

  private static final long USER = 7;
  private static final long OTHER = 8;
  private static final long WINDOW_SECONDS = 30;

  private final ManualClock clock = new ManualClock(1_764_000_000L);
  private Presence presence = builder().open();

  /** One segment of a few entries, so that new users soon reuse removed ones. */
  private PresenceBuilder builder() {
    return Presence.builder().maxUsers(8).clock(clock).sweepInterval(Duration.ZERO);
  }

  @AfterEach
  void close() {
    presence.close();
  }

  /** Leaves one user, whose stamp has just reached the retention, and nobody else. */
  private void expire(long userId) {
    clock.advance(WINDOW_SECONDS);
    presence.sweep();
    presence.recordHeartbeat(userId);
    clock.advance(WINDOW_SECONDS);
  }

  private String status(long userId) {
    boolean online = presence.isOnline(userId);
    long ageSeconds = clock.nowSeconds() - presence.lastSeen(userId);
    if (online) {
      return ageSeconds == 0 ? "online now" : "online with an old stamp";
    }
    return presence.lastSeen(userId) == Presence.NEVER ? "forgotten" : "offline but remembered";
  }

  @Test
  void heartbeatRacingSweep_expiredUser_isNeverLost() throws Exception {
    new ActorPair() {
      @Override
      void setup() {
        expire(USER);
      }

      @Override
      void actor1() {
        presence.recordHeartbeat(USER);
      }

      @Override
      void actor2() {
        presence.sweep();
      }

      @Override
      String outcome() {
        return status(USER) + ", tracked " + presence.stats().trackedUsers();
      }
    }.run("online now, tracked 1");
  }

  @Test
  void batchRacingSweep_expiredUsers_areNeverLost() throws Exception {
    long[] users = {USER, OTHER, USER, 9, 10};
    new ActorPair() {
      @Override
      void setup() {
        expire(USER);
        presence.recordHeartbeat(OTHER, clock.nowSeconds() - 1);
      }

      @Override
      void actor1() {
        presence.recordHeartbeats(users);
      }

      @Override
      void actor2() {
        presence.sweep();
      }

      @Override
      String outcome() {
        return presence.onlineCount() + " online, tracked " + presence.stats().trackedUsers();
      }
    }.run("4 online, tracked 4");
  }

  @Test
  void statusRacingSweep_userOnlineThroughout_isNeverSeenOffline() throws Exception {
    boolean[] online = new boolean[3];
    new ActorPair() {
      @Override
      void setup() {
        expire(OTHER);
        presence.recordHeartbeat(1);
        presence.recordHeartbeat(USER);
      }

      @Override
      void actor1() {
        presence.statusOf(new long[] {USER, OTHER, 1}, online);
      }

      @Override
      void actor2() {
        presence.sweep();
      }

      @Override
      String outcome() {
        return online[0] + " " + online[1] + " " + online[2];
      }
    }.run("true false true");
  }

  @Test
  void sweepRacingInsertion_expiredUser_nobodyGetsAnothersStamp() throws Exception {
    new ActorPair() {
      private long seen;

      @Override
      void setup() {
        expire(USER);
      }

      @Override
      void actor1() {
        presence.recordHeartbeat(OTHER, clock.nowSeconds() - 10);
      }

      @Override
      void actor2() {
        presence.sweep();
        seen = presence.lastSeen(USER);
      }

      @Override
      String outcome() {
        return "removed user "
            + (seen == Presence.NEVER ? "forgotten" : "seen")
            + ", new user "
            + (clock.nowSeconds() - presence.lastSeen(OTHER))
            + " s ago";
      }
    }.run("removed user forgotten, new user 10 s ago");
  }

  @Test
  void heartbeatRacingLateHeartbeat_laterStampStays() throws Exception {
    new ActorPair() {
      @Override
      void setup() {
        expire(USER);
      }

      @Override
      void actor1() {
        presence.recordHeartbeat(USER);
      }

      @Override
      void actor2() {
        presence.recordHeartbeat(USER, clock.nowSeconds() - 5);
      }

      @Override
      String outcome() {
        return status(USER);
      }
    }.run("online now");
  }

  @Test
  void heartbeatRacingHeartbeat_newUser_isTrackedOnce() throws Exception {
    new ActorPair() {
      @Override
      void setup() {
        clock.advance(WINDOW_SECONDS);
        presence.sweep();
      }

      @Override
      void actor1() {
        presence.recordHeartbeat(USER);
      }

      @Override
      void actor2() {
        presence.recordHeartbeat(USER);
      }

      @Override
      String outcome() {
        return status(USER) + ", tracked " + presence.stats().trackedUsers();
      }
    }.run("online now, tracked 1");
  }

  @Test
  void heartbeatRacingDisconnect_eitherMayBeLast() throws Exception {
    new ActorPair() {
      @Override
      void setup() {
        expire(USER);
        presence.recordHeartbeat(USER, clock.nowSeconds() - 3);
      }

      @Override
      void actor1() {
        presence.recordHeartbeat(USER);
      }

      @Override
      void actor2() {
        presence.disconnect(USER);
      }

      @Override
      String outcome() {
        return status(USER);
      }
    }.run("online now", "forgotten");
  }

  @Test
  void disconnectRacingSweep_userIsForgottenAndCountsOnce() throws Exception {
    new ActorPair() {
      @Override
      void setup() {
        expire(OTHER);
        presence.recordHeartbeat(USER);
      }

      @Override
      void actor1() {
        presence.disconnect(USER);
      }

      @Override
      void actor2() {
        presence.sweep();
      }

      @Override
      String outcome() {
        presence.sweep();
        return status(USER) + ", tracked " + presence.stats().trackedUsers();
      }
    }.run("forgotten, tracked 0");
  }

  @Test
  void sweepRacingSweep_everyUserIsRemovedOnce() throws Exception {
    new ActorPair() {
      private long removed1;
      private long removed2;

      @Override
      void setup() {
        expire(USER);
        presence.recordHeartbeats(new long[] {1, 2, 3});
        clock.advance(WINDOW_SECONDS);
      }

      @Override
      void actor1() {
        removed1 = presence.sweep();
      }

      @Override
      void actor2() {
        removed2 = presence.sweep();
      }

      @Override
      String outcome() {
        return removed1 + removed2 + " removed, tracked " + presence.stats().trackedUsers();
      }
    }.run("4 removed, tracked 0");
  }

  @Test
  void newUserRacingNewUser_roomForOne_exactlyOneIsRefused() throws Exception {
    presence.close();
    presence = builder().maxUsers(1).open();
    new ActorPair() {
      private boolean full1;
      private boolean full2;

      @Override
      void setup() {
        clock.advance(WINDOW_SECONDS);
        presence.sweep();
      }

      @Override
      void actor1() {
        full1 = isRefused(USER);
      }

      @Override
      void actor2() {
        full2 = isRefused(OTHER);
      }

      @Override
      String outcome() {
        return (full1 ? 1 : 0)
            + (full2 ? 1 : 0)
            + " refused, "
            + presence.onlineCount()
            + " online";
      }
    }.run("1 refused, 1 online");
  }

  private boolean isRefused(long userId) {
    try {
      presence.recordHeartbeat(userId);
      return false;
    } catch (PresenceFullException e) {
      return true;
    }
  }

  @Test
  void forEachOnlineRacingSweepAndHeartbeat_userOnlineThroughout_isReportedOnce() throws Exception {
    new ActorPair() {
      private int reported;

      @Override
      void setup() {
        expire(OTHER);
        presence.recordHeartbeat(USER);
        reported = 0;
      }

      @Override
      void actor1() {
        presence.forEachOnline(id -> reported += id == USER ? 1 : 0);
      }

      @Override
      void actor2() {
        presence.sweep();
        presence.recordHeartbeat(1);
      }

      @Override
      String outcome() {
        return "reported " + reported;
      }
    }.run("reported 1");
  }

  @Test
  void closeRacingEveryCall_callAnswersOrThrowsClosed() throws Exception {
    long[] users = {USER, OTHER};
    Runnable[] calls = {
      () -> presence.recordHeartbeat(USER),
      () -> presence.recordHeartbeats(users),
      () -> presence.disconnect(USER),
      () -> presence.isOnline(USER),
      () -> presence.statusOf(users),
      () -> presence.lastSeenOf(users),
      () -> presence.onlineCount(),
      () -> presence.forEachOnline(id -> {}),
      () -> presence.sweep(),
      () -> presence.stats(),
      () -> presence.close(),
    };
    for (Runnable call : calls) {
      new ActorPair() {
        private String answer;

        @Override
        void setup() {
          presence = builder().open();
          presence.recordHeartbeat(USER);
        }

        @Override
        void actor1() {
          try {
            call.run();
            answer = "answered";
          } catch (IllegalStateException e) {
            answer = e.getMessage();
          }
        }

        @Override
        void actor2() {
          presence.close();
        }

        @Override
        String outcome() {
          return answer;
        }
      }.rounds(200).run("answered", "presence is closed");
    }
    assertThat(calls).hasSize(11);
  }
}
