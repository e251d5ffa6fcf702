package dev.presence.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the README shows is what is compiled, run and called elsewhere. */
class ReadmeTest {

  private static final Path ROOT = Path.of("..");

  @Test
  void code_isThatOfQuickStart() throws IOException {
    List<String> source =
        Files.readAllLines(Path.of("src/main/java/dev/presence/examples/QuickStart.java"));
    int start = indexOf(source, "// readme:start");
    int end = indexOf(source, "// readme:end");
    String code = String.join("\n", source.subList(start + 1, end)).stripIndent();
    assertThat(readme()).contains("```java\n" + code + "\n```\n");
  }

  @Test
  void testCommand_isWhatContinuousIntegrationCalls() throws IOException {
    String command = "mvn -B -ntp clean verify";
    assertThat(readme()).contains("`" + command + "`");
    assertThat(Files.readString(ROOT.resolve(".ci/run"))).contains(command + "\n");
  }

  @Test
  void coordinates_areThoseOfTheBuild() throws IOException {
    String version = "  <version>0.1.0-SNAPSHOT</version>\n";
    assertThat(readme()).contains("  <artifactId>presence-core</artifactId>\n" + version);
    assertThat(Files.readString(ROOT.resolve("pom.xml"))).contains(version);
  }

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }

  private static int indexOf(List<String> lines, String text) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(text)) {
        return i;
      }
    }
    throw new AssertionError("the source must have the marker: marker=" + text);
  }
}
