package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The library in a runtime image with as little of the JDK as it needs. */
class RuntimeImageTest {

  /**
   * The modules that the library needs besides {@code java.base}; {@code java.naming} brings {@code
   * java.logging} and {@code java.security.sasl} along. None of them contains a compiler.
   */
  static final List<String> MODULES =
      List.of(
          "java.compiler", // Chronicle initialises its own compiler, which names javax.tools
          "java.management", // Chronicle asks for the JVM's flags
          "java.naming", // Chronicle's builder creates an exception of javax.naming
          "jdk.unsupported"); // Chronicle reads its memory through sun.misc.Unsafe

  @TempDir private Path folder;

  @Test
  void program_inAnImageOfTheSmallestSet_worksQuietlyAndLeavesNoFile() throws Exception {
    Path image = folder.resolve("image");
    link(image);
    assertThat(Files.readString(image.resolve("release")))
        .contains(MODULES)
        .doesNotContain("jdk.compiler");
    ChildJvm jvm = new ChildJvm(folder, image);

    assertThat(jvm.run(FirstSteps.class)).isEqualTo(ChildJvm.Result.QUIET);

    assertThat(jvm.leftBehind()).isEmpty();
  }

  @Test
  void program_limitedToTheSmallestSet_worksQuietly() throws Exception {
    assertThat(runLimitedTo(MODULES)).isEqualTo(ChildJvm.Result.QUIET);
  }

  @ParameterizedTest
  @FieldSource("MODULES")
  void program_withoutOneOfTheModules_namesIt(String module) throws Exception {
    List<String> others = MODULES.stream().filter(other -> !other.equals(module)).toList();

    ChildJvm.Result result = runLimitedTo(others);

    assertThat(result.exitCode()).isOne();
    assertThat(result.err())
        .startsWith(
            "Exception in thread \"main\" java.lang.IllegalStateException: "
                + "the modules that Chronicle Map needs must be there, use --add-modules: missing="
                + module
                + System.lineSeparator());
  }

  private ChildJvm.Result runLimitedTo(List<String> modules) throws Exception {
    return new ChildJvm(folder)
        .run(FirstSteps.class, "--limit-modules=java.base," + String.join(",", modules));
  }

  /**
   * Skips JDKs that cannot link: some come without the files of their modules, some without jlink.
   */
  private static void link(Path image) {
    Optional<ToolProvider> jlink = ToolProvider.findFirst("jlink");
    assumeTrue(jlink.isPresent(), "this JDK has no jlink");
    StringWriter output = new StringWriter();
    PrintWriter printer = new PrintWriter(output);
    String modules = "java.base," + String.join(",", MODULES);
    int exitCode =
        jlink
            .orElseThrow()
            .run(printer, printer, "--add-modules", modules, "--output", image.toString());
    if (!Files.exists(Path.of(System.getProperty("java.home"), "jmods", "java.base.jmod"))) {
      assumeTrue(exitCode == 0, () -> "this JDK cannot link an image: " + output);
    }
    assertThat(exitCode).as(output.toString()).isZero();
  }
}
