package dev.presence.jmh;

import java.util.concurrent.locks.LockSupport;

/** How a {@link PacedLoad} passes the time until the next call is due. */
enum Waiting {
  /** Keeps a core busy, and is punctual as long as nobody else wants that core. */
  SPIN {
    @Override
    long until(long due) {
      long now;
      while ((now = System.nanoTime()) - due < 0) {
        Thread.onSpinWait();
      }
      return now;
    }
  },

  /** Leaves the core to others, and wakes up late: by some 60 microseconds on Linux. */
  PARK {
    @Override
    long until(long due) {
      long now;
      while ((now = System.nanoTime()) - due < 0) {
        LockSupport.parkNanos(due - now);
      }
      return now;
    }
  };

  /** Returns the time at which it stopped waiting: {@code due} or later. */
  abstract long until(long due);
}
