package dev.presence.internal.transitions;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A thread for a listener or subscriber whose executor would run it on the calling thread: the
 * dispatcher's, where it could hold up everybody, or the application's that closes the presence.
 * The thread ends when it has had nothing to do for a while.
 */
final class OwnThread {

  private static final long IDLE_SECONDS = 10;

  private OwnThread() {}

  static Executor executor() {
    return new ThreadPoolExecutor(
        0, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), OwnThread::daemon);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(null, task, "presence-listener", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(OwnThread.class.getClassLoader()); // not the application's
    return thread;
  }
}
