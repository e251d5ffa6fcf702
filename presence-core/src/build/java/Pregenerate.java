import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Makes, at build time, the classes that Chronicle Map would otherwise make on the user's machine.
 * presence-core/pom.xml runs it as a source file, with the folder for the results as its argument.
 *
 * <p>The results are resources and not classes: they belong to packages of other jars and are
 * defined there at run time, by {@code dev.presence.internal.jvm.ChronicleStartup}.
 */
final class Pregenerate {

  private static final String STATE = "net.openhft.chronicle.hash.VanillaGlobalMutableState";
  private static final String STATE_NATIVE = STATE + "$$Native";

  /**
   * Stands in for the compiler in a runtime image without one. Chronicle Map asks for the compiler
   * when it starts, even if there is nothing left to compile, and accepts null as an answer.
   */
  private static final String NO_COMPILER = "com.sun.tools.javac.api.JavacTool";

  private static final String NO_COMPILER_SOURCE =
      """
      package com.sun.tools.javac.api;

      public final class JavacTool {
        public static Object create() {
          return null;
        }
      }
      """;

  public static void main(String[] args) throws Exception {
    Path target = Path.of(args[0]);
    Files.createDirectories(target);
    compile(STATE_NATIVE, generateStateSource(), target.resolve("chronicle-global-state.bin"));
    // javac would refuse a package of jdk.compiler, so it must not see that module.
    compile(
        NO_COMPILER,
        NO_COMPILER_SOURCE,
        target.resolve("chronicle-no-compiler.bin"),
        "--limit-modules=java.base");
  }

  /** Asks Chronicle's own generator, which is not public. */
  private static String generateStateSource() throws ReflectiveOperationException {
    Class<?> valueModel = Class.forName("net.openhft.chronicle.values.ValueModel");
    Object model = valueModel.getMethod("acquire", Class.class).invoke(null, Class.forName(STATE));
    Method generate =
        Class.forName("net.openhft.chronicle.values.Generators")
            .getDeclaredMethod("generateNativeClass", valueModel, String.class);
    generate.setAccessible(true);
    String simpleName = STATE_NATIVE.substring(STATE_NATIVE.lastIndexOf('.') + 1);
    return (String) generate.invoke(null, model, simpleName);
  }

  private static void compile(String className, String source, Path result, String... options)
      throws IOException {
    Path work = Files.createTempDirectory("pregenerate");
    try {
      String relative = className.replace('.', '/');
      Path sourceFile = work.resolve("src").resolve(relative + ".java");
      Files.createDirectories(sourceFile.getParent());
      Files.writeString(sourceFile, source);
      JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
      List<String> arguments =
          Stream.concat(
                  Stream.of(options),
                  Stream.of(
                      "--release=17",
                      "-g:none",
                      "-proc:none",
                      "-nowarn",
                      "-XDsuppressNotes",
                      "-classpath",
                      System.getProperty("java.class.path"),
                      "-d",
                      work.resolve("out").toString(),
                      sourceFile.toString()))
              .toList();
      if (javac.run(null, null, null, arguments.toArray(String[]::new)) != 0) {
        throw new IllegalStateException("cannot compile what was generated: class=" + className);
      }
      Files.copy(
          work.resolve("out").resolve(relative + ".class"),
          result,
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } finally {
      deleteTree(work);
    }
  }

  private static void deleteTree(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
