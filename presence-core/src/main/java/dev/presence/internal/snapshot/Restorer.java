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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Loads the newest whole snapshot of a folder into a store that nobody else uses yet. Reads the
 * file twice, first to check all of it, then to load it. Changes nothing in the folder before the
 * users are loaded.
 *
 * <p>A file that is not whole will never be; the one before is the best there is. A file that
 * cannot be read may be whole once the trouble is over, so that it is given up only if the caller
 * says so.
 */
final class Restorer {

  private static final String UNREADABLE = "a snapshot must be readable";

  private final Path folder;
  private final SnapshotFiles files;
  private final boolean startEmpty;
  private final Map<Long, IOException> rejected = new LinkedHashMap<>(); // the newest first

  Restorer(Path folder, SnapshotFiles files, boolean startEmpty) {
    this.folder = folder;
    this.files = files;
    this.startEmpty = startEmpty;
  }

  /**
   * What was found.
   *
   * @param nextNumber a number that no snapshot has had
   * @param setAside how many snapshots were not whole or not readable
   * @param takenSecond when the snapshot that was loaded was begun; none if none was loaded
   */
  record Result(long nextNumber, int setAside, OptionalLong takenSecond) {}

  /**
   * Loads the newest whole snapshot, if there is one.
   *
   * @throws IOException if the folder cannot be read
   * @throws UncheckedIOException if there are snapshots and none is whole, if one cannot be read
   *     that may be the newest whole one, or if one cannot be set aside
   * @throws IllegalArgumentException if its users do not fit
   */
  Result restore(StampStore store, long nowSeconds, long retentionSeconds) throws IOException {
    List<String> names = files.list();
    Optional<SnapshotHeader> newest = newestWhole(names, store, nowSeconds, retentionSeconds);
    if (newest.isPresent()) {
      load(newest.get().number(), LiveUsers.loading(store, nowSeconds, retentionSeconds), store);
    } else if (!rejected.isEmpty() && !startEmpty) {
      Map.Entry<Long, IOException> first = rejected.entrySet().iterator().next();
      throw failure("no snapshot in the folder is whole", first.getKey(), first.getValue());
    }
    Set<String> taken = new HashSet<>(names);
    rejected.forEach((number, failure) -> setAside(number, failure, taken));
    names.stream().filter(SnapshotNames::isTemporary).forEach(this::deleteLeftover);
    OptionalLong takenSecond =
        newest.map(header -> OptionalLong.of(header.takenSecond())).orElse(OptionalLong.empty());
    return new Result(SnapshotNames.nextNumber(names), rejected.size(), takenSecond);
  }

  /** The file was whole a moment ago; but nothing is known any more if that fails. */
  private void load(long number, LiveUsers live, StampStore store) {
    try {
      SnapshotReader.read(files, number, live);
    } catch (IOException e) {
      throw failure(UNREADABLE, number, e);
    }
    checkRoom(live.flush(), live.count(), store.users().maxUsers());
  }

  private void deleteLeftover(String name) {
    try {
      files.delete(name);
    } catch (IOException e) {
      return; // it takes room and does no harm: nobody reads it, and its number is not used again
    }
  }

  /** Finds the newest whole snapshot, and checks that its users fit. */
  private Optional<SnapshotHeader> newestWhole(
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
        return Optional.of(header);
      } catch (DamagedSnapshotException e) {
        rejected.put(number, e);
      } catch (IOException e) {
        if (!startEmpty) {
          throw failure(UNREADABLE, number, e);
        }
        rejected.put(number, e);
      }
    }
    return Optional.empty();
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

  private UncheckedIOException failure(String rule, long number, IOException failure) {
    return new UncheckedIOException(rule + ": " + describe(number, failure), failure);
  }

  private String describe(long number, IOException failure) {
    String file = "file=" + folder.resolve(SnapshotNames.whole(number));
    return failure instanceof DamagedSnapshotException e
        ? file + " offset=" + e.offset() + " reason=" + e.getMessage()
        : file + " reason=" + failure;
  }

  /**
   * Takes the first name, from the snapshot's own number on, that is not taken. Under its old name
   * the file would be deleted when newer snapshots are there.
   */
  private void setAside(long number, IOException failure, Set<String> taken) {
    long aside = number;
    while (!taken.add(SnapshotNames.damaged(aside))) {
      aside++;
    }
    try {
      files.rename(SnapshotNames.whole(number), SnapshotNames.damaged(aside));
    } catch (IOException e) {
      e.addSuppressed(failure);
      throw failure("a snapshot that is given up must be set aside", number, e);
    }
    String what = failure instanceof DamagedSnapshotException ? "is not whole" : "cannot be read";
    System.getLogger("dev.presence")
        .log(
            Level.WARNING,
            "a snapshot " + what + " and is set aside: " + describe(number, failure));
  }
}
