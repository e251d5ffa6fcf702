package dev.presence.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README is short, and what it shows is compiled, run and called elsewhere. */
class ReadmeTest {

  private static final int MAX_LINES = 130;

  /** A program's command: the module, and the execution in the module's POM. */
  private static final Pattern COMMAND =
      Pattern.compile("`mvn -B -ntp -pl (\\S+) -am process-classes exec:exec@(\\w+)`");

  /** An execution of a POM: its id, and the program it runs. */
  private static final Pattern EXECUTION =
      Pattern.compile("<id>(\\w+)</id>\\s+<phase>none</phase>[^@]*?<argument>(dev\\.[\\w.]+)<");

  private static final List<String> MODULES = List.of("examples", "examples/spring-boot");

  @Test
  void readme_isShort() throws IOException {
    assertThat(readme().lines()).hasSizeLessThanOrEqualTo(MAX_LINES);
  }

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
    assertThat(Documents.read(".ci/run")).contains(command + "\n");
  }

  @Test
  void commands_ofTheExamples_areTheExecutionsOfTheirPoms() throws IOException {
    List<String> executions = new ArrayList<>();
    for (String module : MODULES) {
      EXECUTION
          .matcher(Documents.read(module + "/pom.xml"))
          .results()
          .forEach(execution -> executions.add(module + " " + execution.group(1)));
    }

    assertThat(COMMAND.matcher(readme()).results())
        .extracting(command -> command.group(1) + " " + command.group(2))
        .containsExactlyInAnyOrderElementsOf(executions);
  }

  @Test
  void programs_ofTheExamples_haveACommandEach() throws IOException {
    for (String module : MODULES) {
      assertThat(EXECUTION.matcher(Documents.read(module + "/pom.xml")).results())
          .as(module)
          .extracting(execution -> execution.group(2))
          .containsExactlyInAnyOrderElementsOf(programs(module));
    }
  }

  @Test
  void coordinates_areThoseOfTheBuild() throws IOException {
    String version = "  <version>0.1.0-SNAPSHOT</version>\n";
    assertThat(readme()).contains("  <artifactId>presence-core</artifactId>\n" + version);
    assertThat(Documents.read("pom.xml")).contains(version);
  }

  /** The classes with a {@code main}; Spring Boot's own is run by the one for Maven. */
  private static List<String> programs(String module) throws IOException {
    Path sources = Documents.ROOT.resolve(module).resolve("src/main/java");
    List<String> programs = new ArrayList<>();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        String source = Files.readString(file);
        if (source.contains("public static void main(") && !source.contains("@SpringBoot")) {
          String name =
              sources.relativize(file).toString().replace(file.getFileSystem().getSeparator(), ".");
          programs.add(name.substring(0, name.length() - ".java".length()));
        }
      }
    }
    return programs;
  }

  private static String readme() throws IOException {
    return Documents.read("README.md");
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
