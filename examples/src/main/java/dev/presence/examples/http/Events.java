package dev.presence.examples.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.presence.PresenceTransition;
import dev.presence.PresenceTransition.Kind;

/** The text of server-sent events. Stateless. */
final class Events {

  private Events() {}

  /** A user has come or gone. */
  static byte[] transition(PresenceTransition transition) {
    return event(
        transition.kind() == Kind.ONLINE ? "online" : "offline",
        Responses.seen(transition.userId(), transition.epochSecond()));
  }

  /** Everybody counts as offline from here, last seen at these times. */
  static byte[] snapshot(
      String name, long nowSeconds, long windowSeconds, long[] userIds, long[] lastSeen) {
    return event(name, Responses.snapshot(nowSeconds, windowSeconds, userIds, lastSeen));
  }

  /** Nothing has happened. */
  static byte[] time(long nowSeconds) {
    return event("time", Responses.now(nowSeconds));
  }

  /** The data is JSON, which has no line ends outside its strings, and none unescaped in them. */
  private static byte[] event(String name, byte[] json) {
    return ("event: " + name + "\ndata: " + new String(json, UTF_8) + "\n\n").getBytes(UTF_8);
  }
}
