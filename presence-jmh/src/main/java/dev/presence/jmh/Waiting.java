package dev.presence.jmh;

import java.util.concurrent.locks.LockSupport;

/** How a thread waits until the next call of a load is due. */
enum Waiting {
  /** Keeps a core busy, and is punctual unless somebody else wants that core. */
  SPIN,

  /** Leaves the core to others, and wakes up about 60 microseconds late on Linux. */
  PARK;

  /** Returns the time of {@link System#nanoTime()} at which the wait ended: due or later. */
  long untilNanos(long dueNanos) {
    long now;
    while ((now = System.nanoTime()) - dueNanos < 0) {
      if (this == SPIN) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(dueNanos - now);
      }
    }
    return now;
  }
}
