package dev.presence.jmh.stores;

/** Waits for threads that have been told to end. */
final class Threads {

  private Threads() {}

  /** Leaves the interrupt flag as it is. */
  static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
