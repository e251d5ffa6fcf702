package dev.presence.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links lead somewhere, and what the documents name is there. */
class DocumentsTest {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  /** A property of a test, which has a default: others are for programs that a test starts. */
  private static final Pattern PROPERTY =
      Pattern.compile("get(?:Integer|Long)\\(\"(presence\\.[a-z.]+)\", ");

  @Test
  void links_toFilesAndHeadings_leadToOne() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : Documents.markdown()) {
      for (MatchResult link : LINK.matcher(Files.readString(document)).results().toList()) {
        if (!link.group(1).startsWith("https://") && !leadsSomewhere(document, link.group(1))) {
          broken.add(Documents.ROOT.relativize(document) + ": " + link.group(1));
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void documents_areLinkedFromTheReadme() throws IOException {
    assertThat(Documents.read("README.md"))
        .contains("](presence-core/JVM.md)")
        .contains("](.github/CHANGELOG.md)")
        .contains("](.github/CONTRIBUTING.md)")
        .contains("](.github/SECURITY.md)");
  }

  @Test
  void propertiesOfTests_areInContributing() throws IOException {
    String contributing = Documents.read(".github/CONTRIBUTING.md");
    Path tests = Documents.ROOT.resolve("presence-core/src/test/java");
    List<String> properties = new ArrayList<>();
    try (Stream<Path> files = Files.walk(tests)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        PROPERTY
            .matcher(Files.readString(file))
            .results()
            .forEach(property -> properties.add("| `" + property.group(1) + "` |"));
      }
    }
    assertThat(properties).isNotEmpty();
    assertThat(contributing).contains(properties);
  }

  private static boolean leadsSomewhere(Path document, String link) throws IOException {
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path target = path.isEmpty() ? document : document.resolveSibling(path).normalize();
    if (!target.startsWith(Documents.ROOT) || !Files.exists(target)) {
      return false;
    }
    return hash < 0
        || HEADING
            .matcher(Files.readString(target))
            .results()
            .anyMatch(heading -> anchor(heading.group(1)).equals(link.substring(hash + 1)));
  }

  /** The anchor that GitHub makes of a heading. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }
}
