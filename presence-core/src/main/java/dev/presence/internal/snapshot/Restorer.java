package dev.presence.internal.snapshot;

import dev.presence.internal.store.StampStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Loads the newest whole snapshot of a folder into a store that nobody else uses yet. Reads the
 * file twice, first to check all of it, then to load it. Changes nothing in the folder before the
 * users are loaded.
 */
final class Restorer {

  private final Path folder;
  private final SnapshotFiles files;
  private final boolean startEmpty;
  private final Map<Long, IOException> damaged = new LinkedHashMap<>();

  Restorer(Path folder, SnapshotFiles files, boolean startEmpty) {
    this.folder = folder;
    this.files = files;
    this.startEmpty = startEmpty;
  }

  /**
   * What was found.
   *
   * @param nextNumber a number that no snapshot has had
   * @param setAside how many snapshots were not whole
   */
  record Result(long nextNumber, int setAside) {}

  /**
   * Loads the newest whole snapshot, if there is one.
   *
   * @throws IOException if the folder cannot be read
   * @throws UncheckedIOException if there are snapshots and none is whole
   * @throws IllegalArgumentException if its users do not fit
   */
  Result restore(StampStore store, long nowSeconds, long retentionSeconds) throws IOException {
    List<String> names = files.list();
    OptionalLong newest = newestWhole(names, store, nowSeconds, retentionSeconds);
    if (newest.isPresent()) {
      LiveUsers live = LiveUsers.loading(store, nowSeconds, retentionSeconds);
      SnapshotReader.read(files, newest.getAsLong(), live);
      checkRoom(live.flush(), live.count(), store.users().maxUsers());
    } else if (!damaged.isEmpty() && !startEmpty) {
      throw noneWhole();
    }
    Set<String> taken = new HashSet<>(names);
    damaged.forEach((number, failure) -> setAside(number, failure, taken));
    names.stream().filter(SnapshotNames::isTemporary).forEach(this::deleteLeftover);
    return new Result(SnapshotNames.nextNumber(names), damaged.size());
  }

  private void deleteLeftover(String name) {
    try {
      files.delete(name);
    } catch (IOException e) {
      return; // it takes room and does no harm: nobody reads it, and its number is not used again
    }
  }

  /** Finds the newest whole snapshot, and checks that its users fit. */
  private OptionalLong newestWhole(
      List<String> names, StampStore store, long nowSeconds, long retentionSeconds) {
    List<Long> newestFirst =
        names.stream()
            .map(SnapshotNames::ofWhole)
            .filter(OptionalLong::isPresent)
            .map(OptionalLong::getAsLong)
            .sorted(Comparator.reverseOrder())
            .toList();
    for (long number : newestFirst) {
      try {
        SnapshotHeader header = SnapshotReader.read(files, number, null);
        long maxUsers = store.users().maxUsers();
        if (header.records() > maxUsers) { // some of them may have expired
          LiveUsers live = LiveUsers.counting(nowSeconds, retentionSeconds);
          SnapshotReader.read(files, number, live);
          checkRoom(Math.max(0, live.count() - maxUsers), live.count(), maxUsers);
        }
        return OptionalLong.of(number);
      } catch (IOException e) {
        damaged.put(number, e);
      }
    }
    return OptionalLong.empty();
  }

  private static void checkRoom(long refused, long users, long maxUsers) {
    if (refused > 0) {
      throw new IllegalArgumentException(
          "maxUsers must be >= the users in the snapshot: maxUsers="
              + maxUsers
              + " users="
              + users);
    }
  }

  private UncheckedIOException noneWhole() {
    Map.Entry<Long, IOException> newest = damaged.entrySet().iterator().next();
    return new UncheckedIOException(
        new IOException(
            "no snapshot in the folder is whole: " + describe(newest.getKey(), newest.getValue()),
            newest.getValue()));
  }

  private String describe(long number, IOException failure) {
    String file = "file=" + folder.resolve(SnapshotNames.whole(number));
    return failure instanceof DamagedSnapshotException e
        ? file + " offset=" + e.offset() + " reason=" + e.getMessage()
        : file + " reason=" + failure;
  }

  /** Takes the first name, from the snapshot's own number on, that is not taken. */
  private void setAside(long number, IOException failure, Set<String> taken) {
    System.getLogger("dev.presence")
        .log(
            Level.WARNING,
            "a snapshot is not whole and is set aside: " + describe(number, failure));
    long aside = number;
    while (!taken.add(SnapshotNames.damaged(aside))) {
      aside++;
    }
    try {
      files.rename(SnapshotNames.whole(number), SnapshotNames.damaged(aside));
    } catch (IOException e) {
      failure.addSuppressed(e); // it stays where it is, and is found damaged again
    }
  }
}
