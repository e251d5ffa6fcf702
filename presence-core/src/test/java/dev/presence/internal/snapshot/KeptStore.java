package dev.presence.internal.snapshot;

import dev.presence.internal.chronicle.ChronicleStore;
import dev.presence.internal.chronicle.UserMap;
import dev.presence.internal.jfr.Recorder;
import dev.presence.internal.lockfree.LockFreeStore;
import dev.presence.internal.store.EpochClock;
import dev.presence.internal.store.StampStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/**
 * A store and its snapshots without the rest of a presence, so that tests can step in between, and
 * have an interval shorter than an application may.
 */
final class KeptStore implements AutoCloseable {

  private static final Duration RETENTION = Duration.ofDays(1);

  final StampStore store;
  final Snapshots snapshots;

  private KeptStore(StampStore store, Snapshots snapshots) {
    this.store = store;
    this.snapshots = snapshots;
  }

  static KeptStore open(Path folder, Duration interval, UnaryOperator<SnapshotFiles> files) {
    return open(folder, interval, files, Duration.ofSeconds(10), true);
  }

  static KeptStore open(
      Path folder,
      Duration interval,
      UnaryOperator<SnapshotFiles> files,
      Duration lastSnapshot,
      boolean lockFree) {
    return open(folder, interval, files, lastSnapshot, lockFree, false);
  }

  static KeptStore openOrStartEmpty(Path folder, UnaryOperator<SnapshotFiles> files) {
    return open(folder, Duration.ofDays(1), files, Duration.ofSeconds(10), true, true);
  }

  private static KeptStore open(
      Path folder,
      Duration interval,
      UnaryOperator<SnapshotFiles> files,
      Duration lastSnapshot,
      boolean lockFree,
      boolean startEmpty) {
    Snapshots snapshots =
        Snapshots.open(folder, real -> files.apply(new SystemFiles(real)), lastSnapshot.toNanos());
    try {
      UserMap map = UserMap.open("kept", 400_000);
      StampStore store = lockFree ? new LockFreeStore(map) : new ChronicleStore(map);
      EpochClock clock = new EpochClock(InstantSource.system());
      snapshots.restore(store, clock.nowSeconds(), RETENTION.toSeconds(), startEmpty);
      snapshots.start("kept", store, clock, RETENTION, RETENTION, interval, Recorder.none());
      return new KeptStore(store, snapshots);
    } catch (Throwable e) {
      snapshots.release();
      throw e;
    }
  }

  void record(long... userIds) {
    for (long userId : userIds) {
      if (!store.raise(userId, (int) (System.currentTimeMillis() / 1000))) {
        throw new IllegalStateException("full");
      }
    }
  }

  @Override
  public void close() {
    snapshots.close(store);
  }
}
