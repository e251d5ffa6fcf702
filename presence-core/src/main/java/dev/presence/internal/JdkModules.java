package dev.presence.internal;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Names the modules of the JDK that Chronicle Map needs and this JVM does not have. Chronicle's
 * jars do not say it themselves, so {@code jlink} and the module path leave them out.
 */
final class JdkModules {

  private static final List<String> NEEDED =
      List.of("java.compiler", "java.management", "java.naming", "jdk.unsupported");

  private JdkModules() {}

  /**
   * Checks that all are there.
   *
   * @throws IllegalStateException naming those that are not
   */
  static void check() {
    List<String> missing =
        NEEDED.stream()
            .filter(name -> ModuleLayer.boot().findModule(name).isEmpty())
            .collect(Collectors.toList());
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "Chronicle Map needs modules of the JDK, start java with --add-modules or put them into"
              + " the runtime image: missing="
              + String.join(",", missing));
    }
  }
}
