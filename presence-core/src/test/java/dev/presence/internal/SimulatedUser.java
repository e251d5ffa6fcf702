package dev.presence.internal;

import java.util.ArrayList;
import java.util.List;

/** All that has happened to a user, in the order of the calls. */
final class SimulatedUser {

  final long id;
  final List<Call> calls = new ArrayList<>();

  SimulatedUser(long id) {
    this.id = id;
  }

  /** A heartbeat or a disconnect. */
  static final class Call {
    final boolean isHeartbeat;
    final SimulatedMember member;

    /** When the call was, by the log's clock. */
    final long millis;

    /** The second of a heartbeat's stamp, by the log's clock. */
    final long second;

    /** The exchange of the member that published it began then; until then, never. */
    long publishedMillis = Long.MAX_VALUE;

    Call(boolean isHeartbeat, SimulatedMember member, long millis, long second) {
      this.isHeartbeat = isHeartbeat;
      this.member = member;
      this.millis = millis;
      this.second = second;
    }

    @Override
    public String toString() {
      return (isHeartbeat ? "beat" : "disconnect")
          + "@"
          + member
          + " millis="
          + millis
          + " second="
          + second
          + " published="
          + (publishedMillis == Long.MAX_VALUE ? "never" : publishedMillis);
    }
  }

  void heartbeat(SimulatedMember member, long millis, long second) {
    calls.add(new Call(true, member, millis, second));
  }

  void disconnect(SimulatedMember member, long millis) {
    calls.add(new Call(false, member, millis, Math.floorDiv(millis, 1_000L)));
  }

  /** Says that an exchange which began then has published the first so many calls. */
  void published(SimulatedMember member, long millis, int taken) {
    for (Call call : calls.subList(0, taken)) {
      if (call.member == member && call.publishedMillis == Long.MAX_VALUE) {
        call.publishedMillis = millis;
      }
    }
  }

  /** The position of the last disconnect, or -1. */
  int lastDisconnect() {
    for (int i = calls.size() - 1; i >= 0; i--) {
      if (!calls.get(i).isHeartbeat) {
        return i;
      }
    }
    return -1;
  }

  /** The heartbeats after the last disconnect. */
  List<Call> heartbeats() {
    return calls.subList(lastDisconnect() + 1, calls.size());
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("user ").append(id);
    calls.forEach(call -> text.append("\n  ").append(call));
    return text.toString();
  }
}
