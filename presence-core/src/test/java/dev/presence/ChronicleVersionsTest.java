package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The library with other versions of Chronicle, which pom.xml copies into a folder. */
class ChronicleVersionsTest {

  private static final Path JARS = Path.of("target", "other-chronicle");

  /** Jars that were all released at about the same time. */
  private static final String OLDEST =
      "chronicle-map-3.25ea0 chronicle-core-2.25ea0 chronicle-bytes-2.25ea0"
          + " chronicle-values-2.25ea0 chronicle-algorithms-2.25ea0 chronicle-threads-2.25ea0"
          + " chronicle-wire-2.25ea0 compiler-2.24ea0 posix-2.25ea0 affinity-3.23.3";

  /**
   * The oldest map, values, algorithms and compiler with this library's core and bytes; then the
   * oldest core and compiler that fit this library's other jars.
   */
  private static final String OLD_MAP =
      "chronicle-map-3.25ea0 chronicle-values-2.25ea0 chronicle-algorithms-2.25ea0"
          + " compiler-2.24ea0";

  private static final String OLD_PARTS = "chronicle-core-2.26ea1 compiler-2.27ea1";

  private static final String NEWEST =
      "chronicle-core-2026.5 chronicle-bytes-2026.4 chronicle-wire-2026.6";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {OLDEST, OLD_MAP, OLD_PARTS, NEWEST})
  void open_withJarsAtTheEndsOfTheRange_works(String jars) throws Exception {
    for (String option : new String[] {"-Dany=any", "-Ddev.presence.store=locked"}) {
      ChildJvm jvm = jvm(option);
      for (String jar : jars.split(" ", -1)) {
        jvm.replaceOnClassPath(JARS.resolve(jar + ".jar"));
      }

      ChildJvm.Result result = jvm.run(FirstSteps.class, option);

      assertThat(result.exitCode()).as(result.err()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chronicle-map-3.24ea4|chronicle-map must be 3.25ea0 to 2026.x: chronicle-map=3.24ea4",
        "chronicle-core-2.24ea27|chronicle-core must be 2.25ea0 to 2026.x: chronicle-core=2.24ea27",
        "chronicle-core-2.25ea15|chronicle-core must be 2.26ea1 to 2026.x beside this"
            + " chronicle-bytes: chronicle-core=2.25ea15, chronicle-bytes=2026.3",
        "chronicle-bytes-2.21.89|chronicle-bytes must be 2.25ea0 to 2026.x: chronicle-bytes=2.21.89",
        "compiler-2.27ea0|compiler must be 2.27ea1 to 2026.x beside this"
            + " chronicle-values: compiler=2.27ea0, chronicle-values=2026.2"
      })
  void open_withAJarOutsideTheRange_namesItAndTheRange(String jar, String message)
      throws Exception {
    ChildJvm jvm = jvm("outside");
    jvm.replaceOnClassPath(JARS.resolve(jar + ".jar"));

    assertThat(jvm.run(FailsToOpen.class)).isEqualTo(new ChildJvm.Result(0, message, ""));
  }

  /** Like a jar merged from many, which does not tell its version. */
  @ParameterizedTest
  @ValueSource(strings = {"chronicle-core-2.24ea27", "chronicle-bytes-2.21.89"})
  void open_withAnUnknownVersionThatDoesNotLink_saysWhatIsKnown(String jar) throws Exception {
    for (String option : new String[] {"-Dany=any", "-Ddev.presence.store=locked"}) {
      ChildJvm jvm = jvm(option);
      jvm.replaceOnClassPath(withoutVersion(JARS.resolve(jar + ".jar")));

      ChildJvm.Result result = jvm.run(FailsToOpen.class, option);

      assertThat(result.exitCode()).as(result.err()).isZero();
      String name = jar.substring(0, jar.indexOf("-2"));
      assertThat(result.out())
          .startsWith("the jars of Chronicle must fit together: chronicle-map=2026.1, ")
          .contains(name + "=unknown, ")
          .endsWith(", compiler=2026.2");
    }
  }

  @Test
  void open_withAnUnknownVersionThatWorks_works() throws Exception {
    ChildJvm jvm = jvm("works");
    jvm.replaceOnClassPath(withoutVersion(JARS.resolve("chronicle-core-2026.5.jar")));

    assertThat(jvm.run(FirstSteps.class)).isEqualTo(ChildJvm.Result.QUIET);
  }

  private ChildJvm jvm(String name) throws IOException {
    String folderName = name.replaceAll("\\W", "_").toLowerCase(Locale.ROOT);
    return new ChildJvm(Files.createDirectories(folder.resolve(folderName)));
  }

  private Path withoutVersion(Path jar) throws IOException {
    Path copy = folder.resolve(jar.getFileName());
    copy(jar, copy, name -> !name.startsWith("META-INF/maven/"));
    return copy;
  }

  private static void copy(Path jar, Path copy, Predicate<String> names) throws IOException {
    try (ZipFile from = new ZipFile(jar.toFile());
        OutputStream file = Files.newOutputStream(copy);
        ZipOutputStream to = new ZipOutputStream(file)) {
      Enumeration<? extends ZipEntry> entries = from.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (names.test(entry.getName())) {
          to.putNextEntry(new ZipEntry(entry.getName()));
          from.getInputStream(entry).transferTo(to);
        }
      }
    }
  }

  /** Prints why opening fails. Checks that it fails the same way again and that its threads end. */
  static final class FailsToOpen {
    public static void main(String[] args) throws InterruptedException {
      String first = failure();
      FirstSteps.check("it fails the same way again", failure().equals(first));
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().startsWith("presence")) {
          thread.join(60_000);
          FirstSteps.check(thread.getName() + " has ended", !thread.isAlive());
        }
      }
      System.out.print(first);
    }

    private static String failure() {
      try (Presence presence = Presence.open()) {
        return "opened: " + presence;
      } catch (IllegalStateException e) {
        return e.getMessage();
      }
    }
  }
}
