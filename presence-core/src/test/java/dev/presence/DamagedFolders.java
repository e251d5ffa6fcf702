package dev.presence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Run by {@link DamagedFoldersTest} in a JVM of its own: damages a folder with two snapshots in one
 * way after the other, opens a presence with each, and prints how often it found what. Ends the JVM
 * when opening hangs.
 */
final class DamagedFolders {

  static final String MUTATIONS = "presence.damage.mutations";
  static final String SEED = "presence.damage.seed";

  private static final int LIMIT_MILLIS = 2_000;
  private static final Logger LOG = Logger.getLogger("dev.presence"); // keeps it from collection

  private final Path work = Path.of("").toAbsolutePath();
  private final DamageSources sources;
  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);

  private DamagedFolders(DamageSources sources) {
    this.sources = sources;
  }

  /** What opening finds, the best first. */
  enum Outcome {
    NEWER,
    OLDER,
    ERROR
  }

  public static void main(String[] args) throws Exception {
    LOG.setLevel(Level.OFF); // it says something about each damaged file
    long seed = Long.getLong(SEED);
    SplittableRandom random = new SplittableRandom(seed);
    DamagedFolders all = new DamagedFolders(DamageSources.in(Path.of("").toAbsolutePath()));
    List<Damage> kinds = new ArrayList<>(List.of(ByteDamage.values()));
    kinds.addAll(List.of(FileDamage.values()));
    kinds.addAll(List.of(FolderDamage.values()));
    int mutations = Integer.getInteger(MUTATIONS);
    for (int i = 0; i < mutations; i++) {
      Damage damage = kinds.get(i % kinds.size());
      all.open("seed=" + seed + " mutation=" + i + " " + damage, damage, random.split());
    }
    System.out.println("mutations=" + mutations + " " + all.outcomes);
  }

  private void open(String what, Damage damage, SplittableRandom random) throws Exception {
    Path folder = sources.copyTo(work.resolve("damaged"));
    Outcome worst = damage(damage, folder, random);
    boolean canRead = canRead(folder);
    List<String> before = contents(folder);
    Outcome outcome = within(what, folder);
    if (canRead ? outcome.compareTo(worst) > 0 : outcome != Outcome.ERROR) {
      fail(what + " must not be: " + outcome);
    }
    outcomes.merge(outcome, 1, Integer::sum);
    if (outcome == Outcome.ERROR && !before.equals(contents(folder))) {
      fail(what + " has changed files: " + before + " " + contents(folder));
    }
    if (random.nextInt(4) == 0 && within(what + " again", folder) != outcome) {
      fail(what + " is something else when it is opened again");
    }
    TestFolders.delete(folder);
  }

  /** Whether permissions let this process read the newer snapshot, if that is a file. */
  private static boolean canRead(Path folder) {
    Path newer = folder.resolve("snapshot.1");
    return !Files.isRegularFile(newer, LinkOption.NOFOLLOW_LINKS) || Files.isReadable(newer);
  }

  /** Damages the newer snapshot, or the older, or both; returns the worst that may come of it. */
  private Outcome damage(Damage damage, Path folder, SplittableRandom random) throws IOException {
    Path newer = folder.resolve("snapshot.1");
    Path older = folder.resolve("snapshot.0");
    Damage.Hit first = new Damage.Hit(newer, older, sources.foreign("snapshot.1"), random);
    Damage.Hit second = new Damage.Hit(older, newer, sources.foreign("snapshot.0"), random);
    if (damage instanceof FolderDamage) {
      damage.apply(first);
      if (random.nextBoolean()) {
        return Outcome.NEWER;
      }
      ByteDamage.ONE_BIT.apply(first);
      return Outcome.OLDER;
    }
    int which = random.nextInt(5);
    if (which != 0) {
      damage.apply(first);
    }
    if (which < 2) {
      damage.apply(second);
    }
    return which == 0 ? Outcome.NEWER : which == 1 ? Outcome.ERROR : Outcome.OLDER;
  }

  /**
   * Opens the folder in another thread, and ends the JVM if that takes too long. Closing waits for
   * the disk and may take longer.
   */
  private Outcome within(String what, Path folder) throws InterruptedException {
    CountDownLatch opened = new CountDownLatch(1);
    Outcome[] outcome = new Outcome[1];
    Thread thread =
        new Thread(
            () -> {
              try {
                outcome[0] = open(folder, opened);
              } catch (Throwable e) {
                e.printStackTrace();
                fail(what + " failed: " + e);
              }
            });
    thread.start();
    if (!awaitInTime(opened)) {
      fail(what + " hangs: " + stacks());
    }
    thread.join();
    return outcome[0];
  }

  /**
   * Counts single milliseconds: where others keep this thread from running, they do so to the one
   * that opens, and that is no hang.
   */
  private static boolean awaitInTime(CountDownLatch opened) throws InterruptedException {
    for (int i = 0; i < LIMIT_MILLIS; i++) {
      if (opened.await(1, TimeUnit.MILLISECONDS)) {
        return true;
      }
    }
    return false;
  }

  /** Of all threads: opening waits for others, and they show whether they work or wait. */
  private static String stacks() {
    StringBuilder stacks = new StringBuilder();
    Thread.getAllStackTraces()
        .forEach(
            (thread, stack) ->
                stacks
                    .append("\n")
                    .append(thread.getName())
                    .append(' ')
                    .append(thread.getState())
                    .append(' ')
                    .append(Arrays.toString(stack)));
    return stacks.toString();
  }

  private Outcome open(Path folder, CountDownLatch opened) throws IOException {
    List<String> before = contents(folder);
    try (Presence presence = sources.builder(folder).open()) {
      opened.countDown();
      if (!before.equals(contents(folder))) {
        throw new AssertionError("files have changed: " + before + " " + contents(folder));
      }
      long[] stamps = presence.lastSeenOf(sources.userIds());
      long tracked = presence.stats().trackedUsers();
      if (Arrays.equals(stamps, sources.newer()) && tracked == known(stamps)) {
        return Outcome.NEWER;
      }
      if (Arrays.equals(stamps, sources.older()) && tracked == known(stamps)) {
        return Outcome.OLDER;
      }
      throw new AssertionError("neither the newer nor the older state: users=" + tracked);
    } catch (UncheckedIOException e) {
      opened.countDown();
      if (e.getMessage().contains(folder.toString())) {
        return Outcome.ERROR;
      }
      throw new AssertionError("the message does not say where", e);
    }
  }

  private static long known(long[] stamps) {
    return Arrays.stream(stamps).filter(stamp -> stamp != Presence.NEVER).count();
  }

  /** What the files hold, whatever their names; without those that the library may change. */
  private static List<String> contents(Path folder) throws IOException {
    List<String> contents = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.equals("lock") || name.endsWith(".tmp")) {
          continue;
        }
        boolean isReadable =
            Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.isReadable(file);
        contents.add(isReadable ? sum(file) : "other");
      }
    }
    contents.sort(null);
    return contents;
  }

  private static String sum(Path file) throws IOException {
    CRC32 crc = new CRC32();
    try (InputStream in = Files.newInputStream(file)) {
      crc.update(in.readNBytes(1 << 20)); // some are a terabyte of nothing
    }
    return Files.size(file) + "/" + crc.getValue();
  }

  private static void fail(String message) {
    System.err.println(message);
    Runtime.getRuntime().halt(3);
  }
}
