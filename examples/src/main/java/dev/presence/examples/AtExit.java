package dev.presence.examples;

import java.io.Closeable;
import java.io.IOException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * What is closed when this process ends, by itself or by Ctrl-C: the last first. Safe for use by
 * several threads.
 */
final class AtExit {

  private final Deque<Closeable> closeables = new ConcurrentLinkedDeque<>();
  private volatile boolean isEnding;

  AtExit() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::closeAll, "at-exit"));
  }

  void close(Closeable closeable) {
    closeables.push(closeable);
  }

  /** Ends the process with a sentence. If it is ending, things fail because they are closed. */
  void fail(String message) {
    if (!isEnding) {
      System.err.println(message);
      System.exit(1);
    }
  }

  private void closeAll() {
    isEnding = true;
    for (Closeable closeable : closeables) {
      try {
        closeable.close();
      } catch (IOException e) {
        System.err.println("cannot be closed: " + e.getMessage());
      }
    }
  }
}
