package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens to the files of a folder, opening finds the newer state, the older one if the
 * newer file is damaged, or fails with one clear error if both are, or if the newer one cannot be
 * read; within two seconds, and a file that was set aside keeps its bytes. {@code
 * -Dpresence.damage.mutations=…} sets how many ways are tried, {@code -Dpresence.damage.seed=…}
 * repeats them.
 */
class DamagedFoldersTest {

  private static final int MUTATIONS = Integer.getInteger(DamagedFolders.MUTATIONS, 175);
  private static final long SEED = Long.getLong(DamagedFolders.SEED, System.nanoTime());

  @TempDir private Path folder;

  @Test
  void open_damagedFolder_findsTheNewerOrTheOlderStateOrFails() throws Exception {
    System.out.println("DamagedFoldersTest: -D" + DamagedFolders.SEED + "=" + SEED);
    ChildJvm.Result result =
        new ChildJvm(folder)
            .run(
                Duration.ofMinutes(2).plusMillis(200L * MUTATIONS),
                DamagedFolders.class,
                "-D" + DamagedFolders.MUTATIONS + "=" + MUTATIONS,
                "-D" + DamagedFolders.SEED + "=" + SEED);

    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .matches("mutations=" + MUTATIONS + " \\{NEWER=\\d+, OLDER=\\d+, ERROR=\\d+}\\R");
    System.out.print("DamagedFoldersTest: " + result.out());
  }
}
