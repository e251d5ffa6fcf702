package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application that opens the JDK's packages with flags, and the messages about missing ones. */
class JdkAccessFlagsTest {

  static final String BY_FLAGS = "-Ddev.presence.jdkAccess=flags";

  static final List<String> FLAGS =
      List.of(
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
          "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED");

  private static final String MESSAGE =
      "Exception in thread \"main\" java.lang.IllegalStateException: "
          + "Chronicle Map must reach into the JDK, start java with: ";

  /** What JDK 24 and later print on the first call of {@code sun.misc.Unsafe}. */
  static final Pattern NOTICE =
      Pattern.compile(
          "WARNING: (A terminally deprecated method in sun[.]misc[.]Unsafe has been called"
              + "|sun[.]misc[.]Unsafe::\\w+ has been called by net[.]openhft[.].*"
              + "|Please consider reporting this to the maintainers of class net[.]openhft[.].*"
              + "|sun[.]misc[.]Unsafe::\\w+ will be removed in a future release)");

  @TempDir private Path folder;

  @Test
  void open_byFlagsButWithoutAny_namesAllOfThem() throws Exception {
    ChildJvm.Result result = jvm("none").run(FirstSteps.class, BY_FLAGS);

    assertThat(result.exitCode()).isOne();
    assertThat(result.out()).isEmpty();
    assertThat(firstLine(result)).isEqualTo(MESSAGE + String.join(" ", FLAGS));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void open_byFlagsButWithoutOne_namesThatOne(int missing) throws Exception {
    String flag = FLAGS.get(missing);
    Stream<String> others = FLAGS.stream().filter(other -> !other.equals(flag));
    String[] options = Stream.concat(Stream.of(BY_FLAGS), others).toArray(String[]::new);

    ChildJvm.Result result = jvm("one-missing").run(FirstSteps.class, options);

    assertThat(result.exitCode()).isOne();
    assertThat(firstLine(result)).isEqualTo(MESSAGE + flag);
  }

  @Test
  void open_byTheFlagsOfTheMessage_works() throws Exception {
    String told = firstLine(jvm("told").run(FirstSteps.class, BY_FLAGS));
    String[] options = (BY_FLAGS + " " + told.substring(MESSAGE.length())).split(" ", -1);

    ChildJvm.Result result = jvm("obeyed").run(FirstSteps.class, options);

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).isEmpty();
    if (Runtime.version().feature() < 24) {
      assertThat(result.err()).isEmpty();
    } else {
      assertThat(result.err().lines()).allMatch(NOTICE.asMatchPredicate());
    }
  }

  @Test
  void open_withFlagsThatNobodyAskedFor_isQuiet() throws Exception {
    ChildJvm.Result result = jvm("extra").run(FirstSteps.class, FLAGS.toArray(String[]::new));

    assertThat(result).isEqualTo(ChildJvm.Result.QUIET);
  }

  private ChildJvm jvm(String name) throws Exception {
    return new ChildJvm(Files.createDirectory(folder.resolve(name)));
  }

  private static String firstLine(ChildJvm.Result result) {
    return result.err().lines().findFirst().orElse("");
  }
}
