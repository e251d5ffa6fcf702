package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that the compiler cannot check. Reads the sources line by line. */
class SourceRulesTest {

  private static final Path MAIN = Path.of("src", "main", "java");

  private static final Pattern CHRONICLE = importOf("net.openhft.");
  private static final Pattern HPPC = importOf("com.carrotsearch.");
  private static final Pattern CONSOLE =
      Pattern.compile("System[.](out|err|console)\\b|[.]printStackTrace\\(");

  @TempDir private Path folder;

  @Test
  void imports_ofChronicle_areInOnePackage() throws Exception {
    Path chronicle = MAIN.resolve(Path.of("dev", "presence", "internal", "chronicle"));
    assertThat(filesWith(CHRONICLE, MAIN))
        .isNotEmpty()
        .containsExactlyElementsOf(filesWith(CHRONICLE, chronicle));
  }

  @Test
  void imports_ofHppc_areNowhere() throws Exception {
    assertThat(filesWith(HPPC, MAIN)).isEmpty();
  }

  @Test
  void console_isUsedNowhere() throws Exception {
    assertThat(filesWith(CONSOLE, MAIN)).isEmpty();
  }

  @Test
  void sources_whenScanned_areFound() throws Exception {
    assertThat(filesWith(Pattern.compile("^package dev[.]presence"), MAIN))
        .contains("Presence.java", "PresenceFactory.java");
  }

  @ParameterizedTest
  @CsvSource({
    "import net.openhft.chronicle.map.ChronicleMap;, true, false, false",
    "import static net.openhft.chronicle.core.Jvm.pause;, true, false, false",
    "import com.carrotsearch.hppc.LongIntHashMap;, false, true, false",
    "System.out.println(1);, false, false, true",
    "run(System.err::println);, false, false, true",
    "e.printStackTrace();, false, false, true",
    " * System.out.println(1), false, false, false",
    "String outer = \"net.openhft.\" + System.outer;, false, false, false"
  })
  void rules_onALine_matchAsListed(String line, boolean chronicle, boolean hppc, boolean console)
      throws Exception {
    Files.writeString(folder.resolve("Line.java"), "package any;\n\n" + line + "\n");

    assertThat(filesWith(CHRONICLE, folder)).hasSize(chronicle ? 1 : 0);
    assertThat(filesWith(HPPC, folder)).hasSize(hppc ? 1 : 0);
    assertThat(filesWith(CONSOLE, folder)).hasSize(console ? 1 : 0);
  }

  private static Pattern importOf(String prefix) {
    return Pattern.compile("^import (static )?" + Pattern.quote(prefix));
  }

  /** The names of the source files in which a line matches the pattern, block comments left out. */
  private static List<String> filesWith(Pattern pattern, Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> hasLineWith(pattern, file))
          .map(file -> file.getFileName().toString())
          .toList();
    }
  }

  private static boolean hasLineWith(Pattern pattern, Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> !line.strip().startsWith("*"))
          .anyMatch(line -> pattern.matcher(line).find());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
