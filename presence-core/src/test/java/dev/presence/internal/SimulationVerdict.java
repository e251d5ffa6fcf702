package dev.presence.internal;

import dev.presence.Presence;
import dev.presence.internal.SimulatedUser.Call;
import java.util.List;

/**
 * Judges a simulation. What a user is by rights: online if the latest heartbeat after the latest
 * disconnect, in the order of the calls, is younger than the window; last seen then.
 *
 * <p>What the package documents as exceptions is excused, and nothing else:
 *
 * <ul>
 *   <li>a disconnect may be lost if the user sent a heartbeat to another node, which published it
 *       after that or a moment before; or shortly before, if disconnects follow one another, or if
 *       a node to which the user had sent one was away;
 *   <li>a heartbeat shortly after a disconnect at another node is defended by the node that took
 *       it: only as long as that node lives;
 *   <li>a late heartbeat while the log is away counts as what it says: before a disconnect;
 *   <li>what a node took and had not published when it ended is lost.
 * </ul>
 */
final class SimulationVerdict {

  /** Clocks of nodes are compared no better than this. */
  private static final long SLACK_MILLIS = 100;

  /** By so much the seconds of two nodes differ at most where clocks are apart. */
  private static final long APART_MILLIS = 1_200;

  /** How much is excused around an outage, and where disconnects follow one another in one. */
  private static final long TROUBLED_MILLIS = 4_000;

  /** The same where there is none: a heartbeat that was defended lies up to two seconds ahead. */
  private static final long CHAINED_MILLIS = 2_000;

  private final Simulation simulation;

  SimulationVerdict(Simulation simulation) {
    this.simulation = simulation;
  }

  /** No user is offline at the node that took the heartbeat, at any moment. */
  void checkTakers() {
    for (SimulatedUser user : simulation.users) {
      List<Call> beats = user.heartbeats();
      for (SimulatedMember member : simulation.members) {
        if (beats.stream().anyMatch(beat -> beat.member == member && isOnlineByRights(beat))
            && !member.node.presence().isOnline(user.id)) {
          throw failure("is offline at " + member + ", which took the heartbeat", user);
        }
      }
    }
  }

  private boolean isOnlineByRights(Call beat) {
    return beat.millis > beat.member.setMillis && isYoung(beat.second) && !isUnprovable(beat);
  }

  /**
   * Whether a heartbeat came late and while the log was away: nothing tells then that it came after
   * a disconnect elsewhere.
   */
  private static boolean isUnprovable(Call beat) {
    return beat.millis - beat.second * 1_000 > 2_000
        && beat.member.troubledMillis > beat.millis - TROUBLED_MILLIS;
  }

  /** So do, after two exchanges, the nodes as to users who did not disconnect of late. */
  void checkUncontested() {
    for (SimulatedUser user : simulation.users) {
      int last = user.lastDisconnect();
      if (last < 0 || user.calls.get(last).millis < simulation.millis() - TROUBLED_MILLIS) {
        check(user);
      }
    }
  }

  /** In the end all nodes agree, with each other and with what happened. */
  void check() {
    for (SimulatedUser user : simulation.users) {
      check(user);
    }
  }

  private void check(SimulatedUser user) {
    List<Call> kept = user.heartbeats().stream().filter(beat -> isKept(user, beat)).toList();
    long second = kept.stream().mapToLong(beat -> beat.second).max().orElse(Presence.NEVER);
    if (second != Presence.NEVER) {
      checkLastSeen(user, second);
    } else if (user.heartbeats().isEmpty() && (user.lastDisconnect() < 0 || isEffective(user))) {
      checkOffline(user);
    }
    checkAgreement(user);
  }

  /** Whether a heartbeat after the last disconnect must be known everywhere. */
  private boolean isKept(SimulatedUser user, Call beat) {
    if (beat.publishedMillis == Long.MAX_VALUE
        || isUnprovable(beat)
        || (simulation.kind.losesForGood() && !isLastWord(beat))) {
      return false;
    }
    return !beat.member.isGone
        || user.calls.stream()
            .filter(call -> !call.isHeartbeat)
            .noneMatch(
                call ->
                    call.member != beat.member
                        && call.millis <= beat.millis
                        && call.millis >= beat.second * 1_000 - TROUBLED_MILLIS);
  }

  private boolean isLastWord(Call call) {
    return call.millis >= simulation.calmMillis();
  }

  /** Whether the last disconnect, after which nothing came, must be known everywhere. */
  private boolean isEffective(SimulatedUser user) {
    Call last = user.calls.get(user.lastDisconnect());
    if (last.publishedMillis == Long.MAX_VALUE
        || (simulation.kind.losesForGood() && !isLastWord(last))) {
      return false;
    }
    long since = chainStart(user) - chainMillis();
    boolean isMissed = false;
    boolean isClose = false;
    for (Call call : user.calls) {
      if (call.isHeartbeat) {
        if (isExcuse(call, last, since)) {
          return false;
        }
        isMissed |=
            call.member != last.member
                && call.member.troubledMillis > call.millis - TROUBLED_MILLIS;
        isClose |= call.millis >= since;
      }
    }
    return !isMissed || !isClose; // a node that was away takes the other's heartbeat for its own
  }

  /** The first of disconnects that follow one another up to the last one. */
  private long chainStart(SimulatedUser user) {
    long start = Long.MAX_VALUE;
    for (int i = user.calls.size() - 1; i >= 0; i--) {
      Call call = user.calls.get(i);
      if (!call.isHeartbeat && (start == Long.MAX_VALUE || call.millis > start - chainMillis())) {
        start = call.millis;
      }
    }
    return start;
  }

  private long chainMillis() {
    return simulation.kind.hasTrouble() ? TROUBLED_MILLIS : CHAINED_MILLIS;
  }

  private boolean isExcuse(Call beat, Call last, long since) {
    long apart = simulation.kind.hasClocksApart() ? APART_MILLIS : 0;
    boolean isChained = since < last.millis - chainMillis();
    if (isChained || beat.member.troubledMillis > last.millis - TROUBLED_MILLIS) {
      return beat.millis >= since - apart && (isChained || beat.member != last.member);
    }
    return beat.member != last.member
        && (beat.publishedMillis >= last.millis - SLACK_MILLIS
            || beat.millis >= last.millis - apart);
  }

  private void checkLastSeen(SimulatedUser user, long second) {
    long latest = second + slackSeconds();
    for (Call call : user.calls) {
      if (call.isHeartbeat) {
        latest = Math.max(latest, call.second + slackSeconds());
      } else {
        latest = Math.max(latest, call.second + 1 + slackSeconds() + disconnects(user, call));
      }
    }
    for (SimulatedMember member : simulation.members) {
      long seen = lastSeen(user, member);
      boolean isKnown =
          seen >= second - slackSeconds() - (simulation.config.publishSeconds() - 1)
              && (seen <= latest || simulation.kind == Simulation.Kind.CLOCKS_SET);
      if (isYoung(second) && !isKnown) {
        throw failure("must be last seen at " + second + " to " + latest + " by " + member, user);
      }
      if (isYoung(second) && !member.node.presence().isOnline(user.id)) {
        throw failure("must be online at " + member, user);
      }
    }
  }

  /** Each disconnect in the same seconds lies above the ones before. */
  private static long disconnects(SimulatedUser user, Call last) {
    return user.calls.stream()
        .filter(call -> !call.isHeartbeat && Math.abs(call.second - last.second) <= 5)
        .count();
  }

  private void checkOffline(SimulatedUser user) {
    for (SimulatedMember member : simulation.members) {
      if (member.setMillis == 0 && member.node.presence().isOnline(user.id)) {
        throw failure("must be offline at " + member, user);
      }
    }
  }

  private void checkAgreement(SimulatedUser user) {
    if (simulation.kind.losesForGood()) {
      return;
    }
    long earliest = Long.MAX_VALUE;
    long latest = Long.MIN_VALUE;
    for (SimulatedMember member : simulation.members) {
      boolean online = member.node.presence().isOnline(user.id);
      long seen = online ? lastSeen(user, member) : 0;
      earliest = Math.min(earliest, seen);
      latest = Math.max(latest, seen);
    }
    boolean isPublished =
        user.calls.stream().allMatch(call -> call.publishedMillis != Long.MAX_VALUE);
    boolean isAtTheEdge = earliest == 0 && !isYoung(latest);
    if (isPublished
        && !isAtTheEdge
        && latest - earliest > slackSeconds() + simulation.config.publishSeconds() - 1) {
      throw failure("is seen at " + earliest + " and at " + latest, user);
    }
  }

  private long lastSeen(SimulatedUser user, SimulatedMember member) {
    long seen = member.node.presence().lastSeen(user.id);
    return seen == Presence.NEVER ? seen : member.toLogSecond(seen);
  }

  private boolean isYoung(long second) {
    return simulation.seconds() - second < Simulation.WINDOW_SECONDS - slackSeconds();
  }

  private long slackSeconds() {
    return simulation.kind.hasClocksApart() ? 2 : 0;
  }

  private AssertionError failure(String what, SimulatedUser user) {
    StringBuilder text = new StringBuilder(simulation.describe());
    text.append("\nuser ").append(user.id).append(' ').append(what);
    for (SimulatedMember member : simulation.members) {
      text.append("\n  ").append(simulation.answers(member, user));
    }
    return new AssertionError(text.append('\n').append(user).toString());
  }
}
