package dev.presence.jmh;

import java.util.concurrent.locks.LockSupport;

/** How a thread waits until the next call of a load is due. */
enum Waiting {
  /** Keeps a core busy, and is punctual unless somebody else wants that core. */
  SPIN {
    @Override
    long untilNanos(long dueNanos) {
      long now;
      while ((now = System.nanoTime()) - dueNanos < 0) {
        Thread.onSpinWait();
      }
      return now;
    }
  },

  /** Leaves the core to others, and wakes up about 60 microseconds late on Linux. */
  PARK {
    @Override
    long untilNanos(long dueNanos) {
      long now;
      while ((now = System.nanoTime()) - dueNanos < 0) {
        LockSupport.parkNanos(dueNanos - now);
      }
      return now;
    }
  };

  /** Returns the time of {@link System#nanoTime()} at which the wait ended: due or later. */
  abstract long untilNanos(long dueNanos);
}
