package dev.presence.internal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.internal.store.SegmentScan;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Power fails at random steps while snapshots are written, again and again in the same folder. Each
 * time what is read must be a whole snapshot, and none older than the last that was finished.
 * {@code -Dpresence.power.rounds=…} makes it longer, {@code -Dpresence.power.seed=…} repeats a
 * failure.
 */
class PowerLossTest {

  private static final int ROUNDS = Integer.getInteger("presence.power.rounds", 200);
  private static final int FAILURES_A_ROUND = 5;
  private static final long SEED = Long.getLong("presence.power.seed", System.nanoTime());

  @Test
  void powerFailures_atRandomSteps_leaveTheLastFinishedSnapshotOrANewerOne() throws IOException {
    System.out.println("PowerLossTest: -Dpresence.power.seed=" + SEED);
    SplittableRandom seeds = new SplittableRandom(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      assertThat(fault(seeds.split(), files -> files)).as("seed=%d round=%d", SEED, round).isNull();
    }
  }

  static Stream<Arguments> mutants() {
    return Stream.of(
        mutant("no force of the content", WithoutForce::new),
        mutant("no force of the folder", WithoutForceOfTheFolder::new),
        mutant("no renaming", WithoutRename::new));
  }

  private static Arguments mutant(String name, UnaryOperator<SnapshotFiles> mutation) {
    return Arguments.argumentSet(name, mutation);
  }

  /** If the simulation let these pass, it would show nothing. */
  @ParameterizedTest
  @MethodSource("mutants")
  void stepsLeftOut_areCaught(UnaryOperator<SnapshotFiles> mutation) throws IOException {
    SplittableRandom seeds = new SplittableRandom(SEED);
    for (int round = 0; round < 200; round++) {
      if (fault(seeds.split(), mutation) != null) {
        return;
      }
    }
    throw new AssertionError("nobody noticed: seed=" + SEED);
  }

  /** Runs one folder through several failures; returns what was wrong, or null. */
  private static String fault(SplittableRandom random, UnaryOperator<SnapshotFiles> mutation)
      throws IOException {
    MemoryFiles disk = new MemoryFiles(random);
    SnapshotFiles files = mutation.apply(disk);
    Map<Long, Map<Long, Integer>> written = new HashMap<>();
    long number = 0;
    long finished = -1;
    for (int failure = 0; failure < FAILURES_A_ROUND; failure++) {
      disk.failAfter(1 + random.nextInt(60));
      try {
        while (true) {
          Users users = new Users(random);
          written.put(number, users.stamps);
          new SnapshotWriter(files).write(header(number), users, Long.MAX_VALUE / 2);
          finished = number++;
        }
      } catch (MemoryFiles.PowerFailure e) {
        number++;
      }
      disk.restart();
      long newest = newest(disk);
      if (newest < finished) {
        return "snapshot " + finished + " was finished, and the newest is " + newest;
      }
      if (newest >= 0) {
        Map<Long, Integer> read = new HashMap<>();
        try {
          SnapshotReader.read(disk, newest, read::put);
        } catch (DamagedSnapshotException e) {
          return "snapshot " + newest + " " + e.getMessage();
        }
        if (!read.equals(written.get(newest))) {
          return "snapshot " + newest + " has other users than were written";
        }
      }
      finished = newest;
    }
    return null;
  }

  private static SnapshotHeader header(long number) {
    return new SnapshotHeader(false, number, 1_000, 30, 60, 0, (int) number);
  }

  private static long newest(SnapshotFiles files) throws IOException {
    return files.list().stream()
        .map(SnapshotNames::ofWhole)
        .filter(OptionalLong::isPresent)
        .mapToLong(OptionalLong::getAsLong)
        .max()
        .orElse(-1);
  }

  /** A few segments with random users. */
  private static final class Users implements SegmentScan {
    private static final int SEGMENTS = 3;
    private final Map<Long, Integer> stamps = new HashMap<>();

    Users(SplittableRandom random) {
      int count = random.nextInt(300);
      for (int i = 0; i < count; i++) {
        stamps.put(random.nextLong(), 1 + random.nextInt(Integer.MAX_VALUE));
      }
    }

    @Override
    public int segments() {
      return SEGMENTS;
    }

    @Override
    public int largestSegment() {
      return stamps.size();
    }

    @Override
    public int younger(int segment, long nowSeconds, long ageSeconds, long[] userIds, int[] into) {
      int[] count = {0};
      stamps.forEach(
          (userId, stamp) -> {
            if (Math.floorMod(userId, SEGMENTS) == segment) {
              userIds[count[0]] = userId;
              into[count[0]++] = stamp;
            }
          });
      return count[0];
    }
  }

  private static final class WithoutForce extends ForwardingFiles {

    WithoutForce(SnapshotFiles files) {
      super(files);
    }

    @Override
    public Output create(String name) throws IOException {
      Output out = files.create(name);
      return new Output() {
        @Override
        public void write(long position, byte[] bytes, int length) throws IOException {
          out.write(position, bytes, length);
        }

        @Override
        public void force() {}

        @Override
        public void close() throws IOException {
          out.close();
        }
      };
    }
  }

  private static final class WithoutForceOfTheFolder extends ForwardingFiles {

    WithoutForceOfTheFolder(SnapshotFiles files) {
      super(files);
    }

    @Override
    public void forceFolder() {}
  }

  private static final class WithoutRename extends ForwardingFiles {

    WithoutRename(SnapshotFiles files) {
      super(files);
    }

    @Override
    public Output create(String name) throws IOException {
      return files.create(name.replace(".tmp", ""));
    }

    @Override
    public void rename(String from, String to) {}
  }
}
