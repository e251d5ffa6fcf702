package dev.presence.examples.http;

import dev.presence.Presence;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Counts who is online on a thread of its own, because a count reads the whole map. Whoever asks
 * while a count runs gets the next one, together with everybody else who waits: so there is never
 * more than one count at a time, and none is older than its question. Safe for use by any number of
 * threads.
 */
final class OnlineCounter implements AutoCloseable {

  private final Presence presence;
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "presence-count");
            thread.setDaemon(true);
            return thread;
          });

  /** The count that has not begun, if somebody waits for one; guarded by this. */
  private CompletableFuture<Long> next;

  OnlineCounter(Presence presence) {
    this.presence = presence;
  }

  synchronized CompletionStage<Long> count() {
    if (next == null) {
      CompletableFuture<Long> waiting = new CompletableFuture<>();
      try {
        executor.execute(this::run);
      } catch (RejectedExecutionException e) {
        return CompletableFuture.failedStage(new IllegalStateException("server is closed", e));
      }
      next = waiting;
    }
    return next;
  }

  private void run() {
    CompletableFuture<Long> begun;
    synchronized (this) {
      begun = next;
      next = null;
    }
    try {
      begun.complete(presence.onlineCount());
    } catch (Throwable e) {
      begun.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
