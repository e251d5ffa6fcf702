package dev.presence.internal.jvm;

import java.lang.reflect.Field;

/**
 * Whether this JVM lets {@code sun.misc.Unsafe} access memory, which all of Chronicle Map needs.
 * JDK 24 and later deny it if started with {@code --sun-misc-unsafe-memory-access=deny}, and a
 * later JDK is planned to deny it unless started with {@code allow}.
 */
final class UnsafeAccess {

  private UnsafeAccess() {}

  /**
   * Asks the JDK for its decision. A trial would tell, too, but would print the JDK's notice.
   *
   * @throws IllegalStateException if it denies access
   */
  static void check() {
    String decision;
    try {
      Field option = Class.forName("sun.misc.Unsafe").getDeclaredField("MEMORY_ACCESS_OPTION");
      option.setAccessible(true);
      decision = option.get(null).toString();
    } catch (ReflectiveOperationException | RuntimeException e) {
      return; // there is no option before JDK 24; if a later one keeps it elsewhere, see explain()
    }
    if (decision.equals("DENY")) {
      throw new IllegalStateException(message());
    }
  }

  /** What to throw if this failure means that the JVM denies access; null otherwise. */
  static IllegalStateException explain(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnsupportedOperationException) {
        return new IllegalStateException(message(), failure);
      }
    }
    return null;
  }

  private static String message() {
    return "--sun-misc-unsafe-memory-access=deny must not be set, and where it is the JDK's default "
        + "java must be started with --sun-misc-unsafe-memory-access=allow, because Chronicle Map "
        + "reads its memory through sun.misc.Unsafe: java.version="
        + System.getProperty("java.version");
  }
}
