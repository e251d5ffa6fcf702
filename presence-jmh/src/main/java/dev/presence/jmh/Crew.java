package dev.presence.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/** Threads that do the same at the same time. */
final class Crew {

  /** One thread's part of the work. */
  interface Worker {
    /** Makes one step; returns how many of its answers were wrong. */
    int step();
  }

  /**
   * What threads did.
   *
   * @param steps of all threads together
   * @param wrong answers of all threads together
   * @param nanos from the first step to the last
   * @param threads how many took part
   */
  record Work(long steps, long wrong, long nanos, int threads) {

    double stepsPerSecond() {
      return steps * 1e9 / nanos;
    }

    /** How long a step takes the thread that makes it. */
    double nanosPerStep() {
      return (double) nanos * threads / steps;
    }
  }

  private Crew() {}

  /** Runs a task in each of some threads, which it tells their numbers; returns nanoseconds. */
  static long run(int threads, IntConsumer task) {
    Executor newThread = work -> new Thread(work, "crew").start();
    long startNanos = System.nanoTime();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int thread = i;
      all.add(CompletableFuture.runAsync(() -> task.accept(thread), newThread));
    }
    all.forEach(CompletableFuture::join);
    return System.nanoTime() - startNanos;
  }

  /** Has each thread make steps for a while, at least one. */
  static Work run(int threads, long millis, IntFunction<Worker> workers) {
    LongAdder steps = new LongAdder();
    LongAdder wrong = new LongAdder();
    long endNanos = System.nanoTime() + millis * 1_000_000;
    long nanos =
        run(
            threads,
            thread -> {
              Worker worker = workers.apply(thread);
              long made = 0;
              long failed = 0;
              do {
                failed += worker.step();
                made++;
              } while (System.nanoTime() - endNanos < 0);
              steps.add(made);
              wrong.add(failed);
            });
    return new Work(steps.sum(), wrong.sum(), nanos, threads);
  }
}
