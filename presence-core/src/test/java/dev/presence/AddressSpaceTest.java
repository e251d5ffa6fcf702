package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that may map little more than one large map opens them one after the other. */
class AddressSpaceTest {

  private static final int ROUNDS = 5;

  /** For the JVM, whose heap and classes take some 2 GB of addresses, and one map. */
  private static final long KILOBYTES = 5_500_000;

  @TempDir private Path folder;

  @Test
  void open_closedOnesHoldTheAddresses_collectsThem() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a shell");
    ChildJvm.Result result =
        new ChildJvm(folder, limitedJava())
            .run(OneAfterTheOther.class, "-Xmx64m", "-XX:+UseSerialGC");
    assertThat(result)
        .isEqualTo(new ChildJvm.Result(0, "opened=" + ROUNDS + System.lineSeparator(), ""));
  }

  /** A Java home whose program sets the limit before it becomes the real one. */
  private Path limitedJava() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("limited").resolve("bin"));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path program = bin.resolve("java");
    Files.writeString(
        program, "#!/bin/sh\nulimit -v " + KILOBYTES + "\nexec '" + java + "' \"$@\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return bin.getParent();
  }

  static final class OneAfterTheOther {

    private OneAfterTheOther() {}

    public static void main(String[] args) {
      int opened = 0;
      for (int round = 0; round < ROUNDS; round++) {
        try (Presence presence = Presence.builder().maxUsers(100_000_000).open()) {
          presence.recordHeartbeat(round);
          opened += presence.isOnline(round) ? 1 : 0;
        }
      }
      System.out.println("opened=" + opened);
    }
  }
}
