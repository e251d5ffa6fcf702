package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows that the tests of a fresh JVM would see what they look for. */
class ChildJvmTest {

  @TempDir private Path folder;

  @Test
  void run_programThatPrintsAndFails_reportsEverything() throws Exception {
    ChildJvm.Result result = new ChildJvm(folder).run(Noisy.class);

    assertThat(result).isEqualTo(new ChildJvm.Result(3, "to out", "to err"));
  }

  @Test
  void leftBehind_programThatWritesFiles_namesThem() throws Exception {
    ChildJvm jvm = new ChildJvm(folder);
    assertThat(jvm.leftBehind()).isEmpty();

    jvm.run(Noisy.class);

    assertThat(jvm.leftBehind())
        .extracting(path -> path.getFileName().toString())
        .containsExactly("in-home", "in-work", "in-temp");
  }

  @Test
  void classPath_ofTheProgram_hasTheLibraryAndNoTestTool() throws Exception {
    assertThat(new ChildJvm(folder).run(LooksForClasses.class)).isEqualTo(ChildJvm.Result.QUIET);
  }

  @Test
  void run_programThatDoesNotEnd_isKilledAndFails() throws Exception {
    ChildJvm jvm = new ChildJvm(folder);

    assertThatThrownBy(() -> jvm.run(Duration.ZERO, Endless.class))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("killed after PT0S: Result[exitCode=");
  }

  static final class Noisy {
    public static void main(String[] args) throws IOException {
      Files.createFile(Path.of(System.getProperty("user.home"), "in-home"));
      Files.createFile(Path.of("in-work"));
      Files.createFile(Path.of(System.getProperty("java.io.tmpdir"), "in-temp"));
      System.out.print("to out");
      System.err.print("to err");
      System.exit(3);
    }
  }

  static final class LooksForClasses {
    public static void main(String[] args) {
      FirstSteps.check(
          "the class path has Chronicle", isPresent("net/openhft/chronicle/map/ChronicleMap"));
      FirstSteps.check("the class path has the tests", isPresent("dev/presence/FirstSteps"));
      FirstSteps.check("the class path has no JUnit", !isPresent("org/junit/jupiter/api/Test"));
      FirstSteps.check(
          "the class path has no AssertJ", !isPresent("org/assertj/core/api/Assertions"));
      FirstSteps.check(
          "the class path has no Logback", !isPresent("ch/qos/logback/classic/Logger"));
    }

    private static boolean isPresent(String name) {
      return LooksForClasses.class.getClassLoader().getResource(name + ".class") != null;
    }
  }

  static final class Endless {
    public static void main(String[] args) throws InterruptedException {
      Thread.currentThread().join();
    }
  }
}
