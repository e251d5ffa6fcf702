package dev.presence.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeBlockTest {

  private static final String BEFORE = "# Title\n\n<!-- one:start -->\n";
  private static final String AFTER = "<!-- one:end -->\n\nMore.\n";

  @TempDir private Path folder;

  @Test
  void fill_twice_leavesTheLastTextBetweenTheMarkers() throws IOException {
    Path document = Files.writeString(folder.resolve("README.md"), BEFORE + "old\n" + AFTER);

    ReadmeBlock.fill(document, "one", "first\n");
    ReadmeBlock.fill(document, "one", "second\n");

    assertThat(document).hasContent(BEFORE + "```text\nsecond\n```\n" + AFTER);
  }

  @Test
  void fill_withoutTheMarker_changesNothing() throws IOException {
    Path document = Files.writeString(folder.resolve("README.md"), BEFORE + AFTER);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReadmeBlock.fill(document, "two", "text\n"))
        .withMessage("document must have both markers: document=" + document + " marker=two");
    assertThat(document).hasContent(BEFORE + AFTER);
  }
}
