package dev.presence.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Does on a platform thread what a virtual thread must not do itself. Chronicle Map keeps some
 * kilobytes for each thread that ever took one of its locks, and looks through all of them whenever
 * a new thread comes: with 30,000 virtual threads that took ten seconds, and the time grows with
 * the square. So their rare calls that need a lock, mostly the first heartbeat of a user, are done
 * by one thread for all of them. It is made when the first such call comes and ends when none has
 * come for a while; an application without virtual threads never has it.
 */
final class PlatformLane {

  private static final long IDLE_SECONDS = 10;
  private static final MethodHandle IS_VIRTUAL = isVirtual();

  private final ThreadPoolExecutor executor =
      new ThreadPoolExecutor(
          1,
          1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          PlatformLane::newThread);

  PlatformLane() {
    executor.allowCoreThreadTimeOut(true);
  }

  /** Whether the caller is a virtual thread. */
  static boolean isNeeded() {
    if (IS_VIRTUAL == null) {
      return false;
    }
    try {
      return (boolean) IS_VIRTUAL.invokeExact(Thread.currentThread());
    } catch (Throwable e) {
      throw new AssertionError(e); // it throws nothing
    }
  }

  /** Does it and waits, whether or not the caller is interrupted, whose flag stays as it is. */
  <T> T call(Supplier<T> action) {
    try {
      return CompletableFuture.supplyAsync(action, executor).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }

  void close() {
    executor.shutdown();
  }

  private static Thread newThread(Runnable work) {
    Thread thread = new Thread(work, "presence-lane");
    thread.setDaemon(true);
    return thread;
  }

  /** Null before JDK 21, which has no virtual threads. */
  private static MethodHandle isVirtual() {
    try {
      return MethodHandles.lookup()
          .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
