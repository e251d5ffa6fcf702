package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes want the same folder at the same instant, which neither finds there. */
class FolderRaceTest {

  private static final String[] QUICK_START = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"};

  @TempDir private Path temp;

  @Test
  void open_missingFolderInTwoProcessesAtOnce_oneGetsItAndTheOtherIsRefused() throws Exception {
    Path root = Files.createDirectory(temp.resolve("root"));
    ChildJvm firstJvm = new ChildJvm(Files.createDirectory(temp.resolve("first")));
    ChildJvm secondJvm = new ChildJvm(Files.createDirectory(temp.resolve("second")));
    Process first = start(firstJvm, root, "first", "second");
    Process second = start(secondJvm, root, "second", "first");
    try {
      List<String> ofFirst = outcomes(firstJvm, first);
      List<String> ofSecond = outcomes(secondJvm, second);

      for (int round = 0; round < RacesForFolders.ROUNDS; round++) {
        boolean firstHasIt = ofFirst.get(round).equals(RacesForFolders.OPENED);
        Path folder = root.resolve("parent" + round).resolve("stamps");
        assertThat(firstHasIt ? ofSecond.get(round) : ofFirst.get(round))
            .as("round %d, one of: %s, %s", round, ofFirst.get(round), ofSecond.get(round))
            .matches(refused(folder, (firstHasIt ? first : second).pid()));
        assertThat(firstHasIt ? ofFirst.get(round) : ofSecond.get(round))
            .isEqualTo(RacesForFolders.OPENED);
      }
    } finally {
      first.destroyForcibly();
      second.destroyForcibly();
    }
  }

  private static Process start(ChildJvm jvm, Path root, String me, String other) throws Exception {
    String[] names = {
      "-D" + RacesForFolders.ROOT + "=" + root,
      "-D" + RacesForFolders.ME + "=" + me,
      "-D" + RacesForFolders.OTHER + "=" + other
    };
    String[] options = Stream.of(QUICK_START, names).flatMap(Stream::of).toArray(String[]::new);
    return jvm.start(RacesForFolders.class, options);
  }

  private static List<String> outcomes(ChildJvm jvm, Process process) throws Exception {
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    ChildJvm.Result result = jvm.result(process);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out().lines()).hasSize(RacesForFolders.ROUNDS);
    return result.out().lines().toList();
  }

  /** An owner that a busy computer holds up for long may not have signed the file yet. */
  private static String refused(Path folder, long owner) {
    return "a folder must be used by one presence at a time: folder="
        + folder
        + " pid=("
        + owner
        + " since=\\S+|unknown)";
  }
}
