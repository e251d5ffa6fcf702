package dev.presence.redis;

import dev.presence.Await;
import java.util.List;

/** The threads of this JVM. */
final class Threads {

  private Threads() {}

  static List<Thread> running(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(name))
        .toList();
  }

  /** Waits until there is no thread of this name, and none of the client's own names. */
  static void awaitEndOf(String name) {
    Await.until(
        "no thread is left",
        () ->
            running(name).isEmpty()
                && running("lettuce").isEmpty()
                && running("nioEventLoop").isEmpty());
  }
}
