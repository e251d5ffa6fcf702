package dev.presence.internal.jvm;

import java.util.ArrayList;
import java.util.List;

/**
 * Names the modules that Chronicle Map needs and this JVM does not have. Chronicle's jars do not
 * declare them, so {@code jlink} leaves them out; on the module path the library's own descriptor
 * requires them.
 */
final class NeededModules {

  private static final List<String> OF_THE_JDK =
      List.of("java.compiler", "java.management", "java.naming", "jdk.unsupported");

  private NeededModules() {}

  /**
   * Checks that all of them are there.
   *
   * @throws IllegalStateException naming those that are missing
   */
  static void check() {
    List<String> missing = new ArrayList<>(OF_THE_JDK);
    missing.removeIf(name -> ModuleLayer.boot().findModule(name).isPresent());
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "the modules that Chronicle Map needs must be there, use --add-modules: missing="
              + String.join(",", missing));
    }
  }
}
