package dev.presence.internal.snapshot;

import dev.presence.internal.concurrent.PlatformLane;
import dev.presence.internal.jfr.Events;
import dev.presence.internal.store.EpochClock;
import dev.presence.internal.store.SegmentScan;
import dev.presence.internal.store.StampStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The snapshots of one instance: owns their folder, loads the newest, writes the next ones. All
 * work on files happens on threads of the library, because an interrupt would close a file.
 */
public final class Snapshots {

  private static final long LAST_SNAPSHOT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Path folder;
  private final SnapshotFiles files;
  private final FolderLock lock;
  private final long lastSnapshotNanos;
  private final Consumer<SegmentScan> lastSnapshot = this::finish; // see Rehearsal
  private Restorer.Result restored;
  private Keeper keeper;
  private Thread thread;

  private Snapshots(FolderLock lock, Function<Path, SnapshotFiles> files, long lastSnapshotNanos) {
    this.folder = lock.folder(); // where links lead now: they may change, the lock stays
    this.files = files.apply(folder);
    this.lock = lock;
    this.lastSnapshotNanos = lastSnapshotNanos;
  }

  /**
   * Takes a folder into possession; makes it if it is missing.
   *
   * @throws IllegalStateException if another instance has it
   * @throws UncheckedIOException if it cannot be made, is none, or cannot be locked
   */
  public static Snapshots open(Path folder) {
    return open(folder, SystemFiles::new, LAST_SNAPSHOT_NANOS);
  }

  /** For tests that put something in between, or want to wait less for the last snapshot. */
  static Snapshots open(Path folder, Function<Path, SnapshotFiles> files, long lastSnapshotNanos) {
    Snapshots[] opened = new Snapshots[1];
    onOwnThread(
        folder,
        () -> {
          Path absolute = folder.toAbsolutePath();
          SystemFiles.createFolder(absolute);
          opened[0] = new Snapshots(FolderLock.take(absolute), files, lastSnapshotNanos);
        });
    return opened[0];
  }

  /**
   * Loads the newest whole snapshot into a store that nobody else uses yet.
   *
   * @param startEmpty whether to give up snapshots that cannot be read, and to go on with an empty
   *     store if there are snapshots and none is whole
   * @throws UncheckedIOException if there are snapshots and none is whole, or on trouble with a
   *     file
   * @throws IllegalArgumentException if the users do not fit
   */
  public void restore(
      StampStore store, long nowSeconds, long retentionSeconds, boolean startEmpty) {
    onOwnThread(
        folder,
        () ->
            restored =
                new Restorer(folder, files, startEmpty)
                    .restore(store, nowSeconds, retentionSeconds));
  }

  /** Starts to write snapshots, after {@link #restore}. */
  public void start(
      String name,
      StampStore store,
      EpochClock clock,
      Duration window,
      Duration retention,
      Duration interval,
      Events events) {
    keeper =
        new Keeper(
            lock,
            new SnapshotWriter(files),
            store,
            clock,
            window.toSeconds(),
            retention.toSeconds(),
            interval.toNanos(),
            restored.nextNumber(),
            events);
    thread = new Thread(null, keeper, name + "-keeper", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Snapshots.class.getClassLoader()); // not the application's
    thread.start();
  }

  /** Closes a store after a last snapshot of it, and gives the folder back. */
  public void close(StampStore store) {
    if (keeper == null) {
      store.close();
      release();
      return;
    }
    keeper.stop();
    LockSupport.unpark(thread);
    store.close(lastSnapshot, lastSnapshotNanos);
  }

  /** Gives the folder back without a snapshot, if the instance did not open. */
  public void release() {
    lock.release();
  }

  private void finish(SegmentScan users) {
    keeper.finish(users, lastSnapshotNanos);
  }

  public long finished() {
    return keeper.finished();
  }

  public long failed() {
    return keeper.failed();
  }

  /** When the last finished snapshot was begun, in epoch seconds; or {@link Long#MIN_VALUE}. */
  public long begunSecond() {
    return keeper.begunSecond();
  }

  /** When it was finished, in epoch seconds; or {@link Long#MIN_VALUE}. */
  public long finishedSecond() {
    return keeper.finishedSecond();
  }

  /** How long ago the last one was begun, in milliseconds; or {@link Long#MIN_VALUE}. */
  public long ageMillis() {
    return keeper.ageMillis();
  }

  /** When the snapshot that was loaded was begun, in epoch seconds; none if none was loaded. */
  public OptionalLong restoredSecond() {
    return restored.takenSecond();
  }

  /** How many snapshots were found damaged and set aside. */
  public int setAside() {
    return restored.setAside();
  }

  private static void onOwnThread(Path folder, FileWork work) {
    PlatformLane.once(
        () -> {
          try {
            work.run();
          } catch (IOException e) {
            throw new UncheckedIOException(
                "a folder must be usable: folder=" + folder + " reason=" + e, e);
          }
        });
  }

  private interface FileWork {
    void run() throws IOException;
  }
}
