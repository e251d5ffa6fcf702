package dev.presence.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {

  @TempDir private Path folder;

  @Test
  void commitOf_changedResultsAndDocuments_isTheCommit() throws Exception {
    commitFiles("Code.java", "presence-jmh/results/summary.txt", "README.md");
    String commit = Environment.commitOf(folder);

    write("presence-jmh/results/summary.txt", "new");
    write("README.md", "new");
    write("untracked", "new");

    assertThat(commit).matches("[0-9a-f]{7,}");
    assertThat(Environment.commitOf(folder)).isEqualTo(commit);
  }

  @Test
  void commitOf_changedCode_isDirty() throws Exception {
    commitFiles("Code.java", "presence-jmh/results/summary.txt");
    String commit = Environment.commitOf(folder);

    write("Code.java", "new");

    assertThat(Environment.commitOf(folder)).isEqualTo(commit + "-dirty");
  }

  @Test
  void capture_inThisFolder_hasItsCommit() throws Exception {
    assertThat(Environment.capture("command").commit())
        .isEqualTo(Environment.commitOf(Path.of(".").toRealPath()));
  }

  @Test
  void commitOf_noClone_isUnknown() throws Exception {
    Files.writeString(folder.resolve(".git"), "gitdir: nowhere");

    assertThat(Environment.commitOf(folder)).isEqualTo("unknown");
  }

  private void commitFiles(String... names) throws Exception {
    assumeTrue(git("init", "-q"), "git is not installed");
    for (String name : names) {
      write(name, "old");
    }
    assertThat(git("add", ".")).isTrue();
    assertThat(git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "a"))
        .isTrue();
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private boolean git(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
