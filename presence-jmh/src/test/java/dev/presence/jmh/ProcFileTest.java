package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcFileTest {

  @TempDir private Path folder;

  @Test
  void bytes_lineOfThatName_areKilobytesTimes1024() throws IOException {
    Path file = folder.resolve("status");
    Files.writeString(file, "VmRSSize:\t  7 kB\nVmRSS:\t  19395168 kB\nRss4:  5 kB\n");

    assertThat(new ProcFile(file).bytes("VmRSS")).hasValue(19_395_168L * 1024);
    assertThat(new ProcFile(file).bytes("Rss4")).hasValue(5 * 1024);
    assertThat(new ProcFile(file).bytes("Vm")).isEmpty();
  }

  @Test
  void bytes_noSuchFile_areUnknown() throws IOException {
    assertThat(new ProcFile(folder.resolve("status")).bytes("VmRSS")).isEmpty();
  }
}
