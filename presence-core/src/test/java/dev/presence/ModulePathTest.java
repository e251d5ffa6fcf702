package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An application that is a module, with everything on the module path. Tests run before the library
 * is packaged, so this packs a jar of its own; a project in {@code src/it} uses the real one.
 */
class ModulePathTest {

  private static final String MAIN = "app/app.Main";

  @TempDir private static Path modules;

  @TempDir private Path folder;

  @BeforeAll
  static void fillTheModulePath() throws Exception {
    fill(modules, ChildJvm.applicationClassPath());
    compileApplication();
  }

  /** Puts the library and jars into a folder. */
  static void fill(Path modules, List<String> classPath) throws IOException {
    for (String entry : classPath) {
      Path path = Path.of(entry);
      if (path.endsWith(Path.of("target", "classes"))) {
        packLibrary(path, modules.resolve("presence-core.jar"));
      } else if (entry.endsWith(".jar")) {
        Files.copy(path, modules.resolve(path.getFileName()));
      }
    }
  }

  @Test
  void open_withoutAnyOption_works() throws Exception {
    ChildJvm jvm = new ChildJvm(folder);

    assertThat(jvm.runModule(modules, MAIN))
        .isEqualTo(new ChildJvm.Result(0, "online, says module dev.presence", ""));

    assertThat(jvm.leftBehind()).isEmpty();
  }

  @Test
  void descriptor_ofTheLibrary_exportsThePublicPackagesAlone() {
    ModuleDescriptor library =
        ModuleFinder.of(modules.resolve("presence-core.jar"))
            .find("dev.presence")
            .orElseThrow()
            .descriptor();

    assertThat(library.exports())
        .extracting(ModuleDescriptor.Exports::source)
        .containsExactlyInAnyOrder("dev.presence", "dev.presence.micrometer", "dev.presence.redis");
    assertThat(library.opens()).isEmpty();
  }

  /** They are not among the modules here, so what {@link #MAIN} does may not need them. */
  @ParameterizedTest
  @ValueSource(strings = {"org.jspecify", "micrometer.core", "lettuce.core", "io.netty.common"})
  void modulePath_hasNothingOptional(String module) {
    assertThat(ModuleFinder.of(modules).find(module)).isEmpty();
  }

  private static void packLibrary(Path classes, Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path path : files.filter(Files::isRegularFile).toList()) {
        String name = classes.relativize(path).toString().replace('\\', '/');
        out.putNextEntry(new JarEntry(name));
        Files.copy(path, out);
      }
    }
  }

  private static void compileApplication() throws IOException {
    compile(
        modules,
        "module app { requires dev.presence; }",
        """
        package app;

        import dev.presence.Presence;

        public final class Main {
          public static void main(String[] args) {
            try (Presence presence = Presence.open()) {
              presence.recordHeartbeat(7);
              String status = presence.isOnline(7) ? "online" : "offline";
              System.out.print(status + ", says " + Presence.class.getModule());
            }
          }
        }
        """);
  }

  /** Compiles a module {@code app} into a folder of modules. */
  static void compile(Path modules, String descriptor, String program, String... more)
      throws IOException {
    Path sources = Files.createDirectories(modules.resolve("sources"));
    Path info = Files.writeString(sources.resolve("module-info.java"), descriptor);
    Path main = Files.writeString(sources.resolve("Main.java"), program);
    List<String> options = new ArrayList<>(List.of(more));
    options.addAll(
        List.of(
            "--module-path=" + modules,
            "-d",
            modules.resolve("app").toString(),
            info.toString(),
            main.toString()));
    int exitCode =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(System.out, System.err, options.toArray(String[]::new));
    assertThat(exitCode).isZero();
  }
}
