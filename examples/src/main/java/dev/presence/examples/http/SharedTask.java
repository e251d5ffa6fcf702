package dev.presence.examples.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Runs a task that reads the whole map, on a thread of its own. Whoever asks while it runs gets the
 * result of the next run, together with everybody else who waits: so it never runs twice at a time,
 * and no result is older than its question. Safe for use by any number of threads.
 *
 * @param <T> the result
 */
final class SharedTask<T> implements AutoCloseable {

  private final Supplier<T> task;
  private final ExecutorService executor;

  /** The result of the run that has not begun, if somebody waits for it; guarded by this. */
  private CompletableFuture<T> next;

  SharedTask(String threadName, Supplier<T> task) {
    this.task = task;
    this.executor =
        Executors.newSingleThreadExecutor(
            loop -> {
              Thread thread = new Thread(loop, threadName);
              thread.setDaemon(true);
              return thread;
            });
  }

  synchronized CompletionStage<T> result() {
    if (next == null) {
      CompletableFuture<T> waiting = new CompletableFuture<>();
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
    CompletableFuture<T> begun;
    synchronized (this) {
      begun = next;
      next = null;
    }
    try {
      begun.complete(task.get());
    } catch (Throwable e) {
      begun.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
