package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever does not bring Micrometer does not need it. */
class WithoutMicrometerTest {

  @TempDir private Path folder;

  @Test
  void library_inAJvmWithoutMicrometer_works() throws Exception {
    assertThat(new ChildJvm(folder).run(Program.class)).isEqualTo(ChildJvm.Result.QUIET);
  }

  static final class Program {

    private Program() {}

    public static void main(String[] args) {
      FirstSteps.check("the metrics are there", isThere("dev/presence/micrometer/PresenceMetrics"));
      FirstSteps.check(
          "Micrometer is not", !isThere("io/micrometer/core/instrument/binder/MeterBinder"));
      FirstSteps.main(args);
    }

    private static boolean isThere(String name) {
      return Program.class.getClassLoader().getResource(name + ".class") != null;
    }
  }
}
