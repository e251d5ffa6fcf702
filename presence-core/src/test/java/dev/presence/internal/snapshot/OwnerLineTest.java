package dev.presence.internal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a lock file says, and what others make of it. */
class OwnerLineTest {

  private static final String DEAD = "pid=999999999 since=2026-01-01T00:00:00Z";

  @TempDir private Path folder;
  private FileChannel file;

  @BeforeEach
  void open() throws Exception {
    file =
        FileChannel.open(
            folder.resolve("lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
  }

  @AfterEach
  void close() throws Exception {
    file.close();
  }

  @Test
  void write_overALongerLine_leavesOneLine() throws Exception {
    OwnerLine.write(file, DEAD + "000000000");
    OwnerLine.write(file, DEAD);
    assertThat(folder.resolve("lock")).hasContent(DEAD + "\n");
    assertThat(OwnerLine.read(file)).isEqualTo(DEAD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "pid=1 since", "x"})
  void read_withoutAWholeLine_isNothing(String content) throws Exception {
    Files.writeString(folder.resolve("lock"), content);
    assertThat(OwnerLine.read(file)).isEmpty();
    assertThat(readOther()).isEqualTo("pid=unknown");
  }

  /** It may live where this process cannot see it, as in another container. */
  @Test
  void readOther_ofADeadProcess_namesIt() throws Exception {
    OwnerLine.write(file, DEAD);
    assertThat(readOther()).isEqualTo(DEAD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", DEAD})
  void readOther_whileTheNextOwnerHasNotSaidSo_waitsForIt(String before) throws Exception {
    String next = OwnerLine.ofThisProcess();
    Iterator<String> lines = List.of(before, before, "", next).iterator();
    assertThat(OwnerLine.readOther(lines::next)).isEqualTo(next);
    assertThat(lines).isExhausted();
  }

  private String readOther() throws IOException {
    return OwnerLine.readOther(() -> OwnerLine.read(file));
  }
}
