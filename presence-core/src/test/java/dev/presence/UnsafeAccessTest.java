package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM with an option that denies or allows {@code sun.misc.Unsafe} to access memory. */
class UnsafeAccessTest {

  private static final String OPTION = "--sun-misc-unsafe-memory-access=";

  private static final String MESSAGE =
      "Exception in thread \"main\" java.lang.IllegalStateException: "
          + "--sun-misc-unsafe-memory-access=deny must not be set, and where it is the JDK's "
          + "default java must be started with --sun-misc-unsafe-memory-access=allow, because "
          + "Chronicle Map reads its memory through sun.misc.Unsafe: java.version="
          + System.getProperty("java.version");

  @TempDir private Path folder;

  @BeforeEach
  void assumeTheOptionExists() {
    assumeTrue(Runtime.version().feature() >= 24, "the option came with JDK 24");
  }

  @Test
  void open_accessDenied_namesTheOption() throws Exception {
    assertNamesTheOption(List.of(OPTION + "deny"));
  }

  @Test
  void open_accessDeniedAndAllFlagsGiven_namesTheOption() throws Exception {
    List<String> options = new ArrayList<>(JdkAccessFlagsTest.FLAGS);
    options.add(JdkAccessFlagsTest.BY_FLAGS);
    options.add(OPTION + "deny");

    assertNamesTheOption(options);
  }

  @Test
  void open_accessAllowed_isQuiet() throws Exception {
    assertThat(new ChildJvm(folder).run(FirstSteps.class, OPTION + "allow"))
        .isEqualTo(ChildJvm.Result.QUIET);
  }

  private void assertNamesTheOption(List<String> options) throws Exception {
    ChildJvm.Result result =
        new ChildJvm(folder).run(FirstSteps.class, options.toArray(String[]::new));

    assertThat(result.exitCode()).isOne();
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines().findFirst()).hasValue(MESSAGE);
  }
}
