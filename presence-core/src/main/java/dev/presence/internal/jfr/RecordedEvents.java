package dev.presence.internal.jfr;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells Flight Recorder. The events made here at the start are never committed. They answer whether
 * a recording wants more of their kind, so that nothing is made while none does; and they load all
 * of their classes at once.
 */
final class RecordedEvents implements Events {

  private static final long FULL_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String name;
  private final OpenEvent open = new OpenEvent();
  private final SweepEvent sweep = new SweepEvent();
  private final SnapshotEvent snapshot = new SnapshotEvent();
  private final FullEvent full = new FullEvent();
  private final ResyncEvent resync = new ResyncEvent();

  private final AtomicLong fullNanos = new AtomicLong(System.nanoTime() - FULL_PAUSE_NANOS);

  RecordedEvents(String name) {
    this.name = name;
  }

  @Override
  public Opening opening() {
    if (!open.isEnabled()) {
      return SilentEvents.INSTANCE.opening();
    }
    OpenEvent event = new OpenEvent();
    event.name = name;
    event.begin();
    return event;
  }

  @Override
  public Sweeping sweeping() {
    if (!sweep.isEnabled()) {
      return SilentEvents.INSTANCE.sweeping();
    }
    SweepEvent event = new SweepEvent();
    event.name = name;
    event.begin();
    return event;
  }

  @Override
  public Writing writing() {
    if (!snapshot.isEnabled()) {
      return SilentEvents.INSTANCE.writing();
    }
    SnapshotEvent event = new SnapshotEvent();
    event.name = name;
    event.begin();
    return event;
  }

  @Override
  public void full(long maxUsers, long trackedUsers, long rejectedHeartbeats) {
    if (full.isEnabled() && isDue()) {
      FullEvent event = new FullEvent();
      event.name = name;
      event.maxUsers = maxUsers;
      event.trackedUsers = trackedUsers;
      event.rejectedHeartbeats = rejectedHeartbeats;
      event.commit();
    }
  }

  private boolean isDue() {
    long nowNanos = System.nanoTime();
    long lastNanos = fullNanos.get();
    return nowNanos - lastNanos >= FULL_PAUSE_NANOS && fullNanos.compareAndSet(lastNanos, nowNanos);
  }

  @Override
  public void resync(boolean isOfEverybody, int queuedEvents, int queueLimit, long lagMillis) {
    if (resync.isEnabled()) {
      ResyncEvent event = new ResyncEvent();
      event.name = name;
      event.ofEverybody = isOfEverybody;
      event.queuedEvents = queuedEvents;
      event.queueLimit = queueLimit;
      event.lag = lagMillis;
      event.commit();
    }
  }
}
