package dev.presence.internal.jvm;

import java.util.ArrayList;
import java.util.List;

/**
 * Names the modules that Chronicle Map needs and this JVM does not have. Chronicle's jars do not
 * declare them, so {@code jlink} and the module path leave them out.
 */
final class NeededModules {

  private static final List<String> OF_THE_JDK =
      List.of("java.compiler", "java.management", "java.naming", "jdk.unsupported");

  private static final String SLF4J = "org.slf4j";

  private NeededModules() {}

  /**
   * Checks that all of them are there.
   *
   * @throws IllegalStateException naming those that are missing
   */
  static void check() {
    List<String> missing = new ArrayList<>(OF_THE_JDK);
    missing.removeIf(name -> ModuleLayer.boot().findModule(name).isPresent());
    if (!isSlf4jThere()) {
      missing.add(SLF4J);
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "the modules that Chronicle Map needs must be there, use --add-modules: missing="
              + String.join(",", missing));
    }
  }

  /** Of the jars this library brings, SLF4J's alone is a named module that must be asked for. */
  private static boolean isSlf4jThere() {
    Module module = NeededModules.class.getModule();
    return !module.isNamed() || module.getLayer().findModule(SLF4J).isPresent();
  }
}
