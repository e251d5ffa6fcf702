package dev.presence.internal.transitions;

import java.util.concurrent.locks.LockSupport;

/** The thread that dispatches, while there is one. Knows how to wake it and how to recognize it. */
final class DispatcherThread {

  private final String name;
  private volatile Thread thread;

  DispatcherThread(String name) {
    this.name = name;
  }

  boolean isRunning() {
    return thread != null;
  }

  /** Starts a thread. */
  void start(Runnable loop) {
    Thread made = new Thread(null, loop, name, 0, false);
    made.setDaemon(true);
    made.setContextClassLoader(DispatcherThread.class.getClassLoader()); // not the application's
    thread = made; // before it runs, so that it recognizes itself
    try {
      made.start();
    } catch (Throwable e) {
      thread = null;
      throw e;
    }
  }

  /** Notes that the thread is about to end. */
  void ends() {
    thread = null;
  }

  /** Has the thread look for work soon. Never waits. */
  void wake() {
    LockSupport.unpark(thread);
  }

  /** Whether the calling thread is this one. */
  boolean isCurrent() {
    return Thread.currentThread() == thread;
  }
}
