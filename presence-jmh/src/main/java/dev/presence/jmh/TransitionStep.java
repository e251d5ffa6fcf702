package dev.presence.jmh;

import java.util.List;

/** What one JVM of {@code TransitionReport} measures. */
enum TransitionStep {

  /** Heartbeats without and with subscriptions: see {@link TransitionPairs}. */
  PAIRS {
    @Override
    double[] run(Settings settings) {
      try (TransitionLoad load = settings.beats.open(settings.users)) {
        return new TransitionPairs(load, settings.subscribers)
            .nanosPerUser(settings.pairs, settings.millis);
      }
    }
  },

  /** Bytes that the caller allocates for a heartbeat while somebody listens. */
  ALLOCATION {
    @Override
    double[] run(Settings settings) {
      try (TransitionLoad load = settings.beats.open(settings.users)) {
        return new double[] {
          new TransitionPairs(load, settings.subscribers)
              .allocatedBytesPerUser(ALLOCATION_WARM_UPS * settings.millis)
        };
      }
    }
  },

  /** Everybody leaves in the same second. */
  LEAVE {
    @Override
    double[] run(Settings settings) {
      return TransitionCosts.ofLeavingTogether(settings.users);
    }
  },

  /** How late listeners are told who has gone. */
  OFFLINE {
    @Override
    double[] run(Settings settings) throws InterruptedException {
      return TransitionDelays.ofLeaving(settings.users, settings.seconds);
    }
  },

  /** How late listeners are told who has come. */
  ONLINE {
    @Override
    double[] run(Settings settings) throws InterruptedException {
      return TransitionDelays.ofComing(settings.users, settings.seconds);
    }
  },

  /** What it costs to find out who has gone. */
  SCAN {
    @Override
    double[] run(Settings settings) {
      return TransitionCosts.ofScan(settings.users, settings.seconds);
    }
  },

  /** Heap in use while somebody listens. */
  HEAP {
    @Override
    double[] run(Settings settings) {
      return TransitionCosts.ofHeap(settings.users);
    }

    @Override
    List<String> jvmArgs() {
      return List.of("-XX:+UseSerialGC"); // returns memory during a collection
    }
  };

  /** What {@link #PAIRS} measures, with each of {@link #LISTENING}. */
  static final List<Beats> PAIRED_BEATS = List.of(Beats.values());

  static final List<Subscribers> LISTENING = List.of(Subscribers.EVERYBODY, Subscribers.FRIENDS);

  /** What {@link #ALLOCATION} measures. */
  static final List<Beats> ALLOCATING_BEATS =
      List.of(Beats.HEARTBEAT, Beats.HEARTBEATS_100, Beats.COMEBACK);

  private static final int ALLOCATION_WARM_UPS = 10;

  /**
   * @param beats which heartbeats, where that matters
   * @param subscribers who listens, where that matters
   * @param pairs measurements with subscriptions
   * @param millis length of each
   * @param seconds length of other measurements
   */
  record Settings(
      int users, Beats beats, Subscribers subscribers, int pairs, int millis, int seconds) {

    Settings with(int otherUsers) {
      return new Settings(otherUsers, beats, subscribers, pairs, millis, seconds);
    }

    Settings with(Beats otherBeats, Subscribers otherSubscribers) {
      return new Settings(users, otherBeats, otherSubscribers, pairs, millis, seconds);
    }
  }

  abstract double[] run(Settings settings) throws InterruptedException;

  /** What is measured, for a line that says how far the report is. */
  String title(Settings settings) {
    return switch (this) {
      case PAIRS, ALLOCATION ->
          this + " " + settings.beats.label() + ", " + settings.subscribers.label();
      default -> toString();
    };
  }

  /** How many JVMs the report starts for this. */
  int jvms(int jvmsOfPairs, int scans) {
    return switch (this) {
      case PAIRS -> PAIRED_BEATS.size() * LISTENING.size() * jvmsOfPairs;
      case ALLOCATION -> ALLOCATING_BEATS.size();
      case SCAN -> scans;
      case HEAP -> 2;
      default -> 1;
    };
  }

  /** Arguments of the JVM. */
  List<String> jvmArgs() {
    return List.of();
  }
}
