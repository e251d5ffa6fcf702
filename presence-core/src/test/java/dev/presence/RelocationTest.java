package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The library after its packages were relocated, which renames classes and string constants but not
 * resources. A project in {@code src/it} uses a real tool for it.
 */
class RelocationTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"net.openhft", "net.openhft.chronicle"})
  void open_withChronicleRelocated_throwsSayingItMustNotBe(String name) throws Exception {
    ChildJvm jvm = new ChildJvm(folder);
    jvm.replaceOnClassPath(relocate(name));

    ChildJvm.Result result = jvm.run(FirstSteps.class);

    assertThat(result.exitCode()).isOne();
    assertThat(result.err().lines().findFirst())
        .contains(
            "Exception in thread \"main\" java.lang.IllegalStateException: net.openhft must not be"
                + " relocated: class=shaded.net.openhft.chronicle.map.ChronicleMap");
  }

  private Path relocate(String name) throws IOException {
    Path classes = Path.of("target", "classes");
    Path relocated = folder.resolve("classes");
    try (Stream<Path> paths = Files.walk(classes)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        Path target = relocated.resolve(classes.relativize(path).toString());
        Files.createDirectories(target.getParent());
        byte[] bytes = Files.readAllBytes(path);
        Files.write(target, path.toString().endsWith(".class") ? relocate(bytes, name) : bytes);
      }
    }
    return relocated;
  }

  private static byte[] relocate(byte[] classFile, String name) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(classFile).accept(new ClassRemapper(writer, new Shading(name)), 0);
    return writer.toByteArray();
  }

  private static final class Shading extends Remapper {
    private final String name;

    @SuppressWarnings("deprecation") // the other constructor needs a non-public constant
    Shading(String name) {
      this.name = name;
    }

    @Override
    public String map(String internalName) {
      return internalName.startsWith(name.replace('.', '/'))
          ? "shaded/" + internalName
          : internalName;
    }

    @Override
    public Object mapValue(Object value) {
      return value instanceof String text && text.startsWith(name)
          ? "shaded." + text
          : super.mapValue(value);
    }
  }
}
