package dev.presence.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Opens the packages of the JDK that Chronicle Map reaches into, so that an application needs no
 * JVM flag. This is the one place where the library goes past the module system.
 *
 * <p>What it does: it takes the JDK's own trusted lookup through {@code sun.misc.Unsafe} (which
 * Chronicle Map needs anyway) and calls what {@code --add-opens} and {@code --add-exports} call,
 * for Chronicle's module alone. On JDK 24 and later it first tells the JDK that its notice about
 * {@code sun.misc.Unsafe} has been given, so that nothing is printed.
 *
 * <p>{@code -Ddev.presence.jdkAccess=flags} turns all of that off. Then the application must be
 * started with the flags, and where one is missing the exception lists those that are.
 *
 * <p>{@code sun.misc.Unsafe} is reached by name: the library compiles without it, and on a JDK that
 * has dropped it the exception lists the flags instead.
 */
final class JdkAccess {

  /** The system property that says who opens the packages. */
  static final String PROPERTY = "dev.presence.jdkAccess";

  /** The value of {@link #PROPERTY} for an application that is started with the flags. */
  static final String FLAGS = "flags";

  private static final Module JAVA_BASE = Object.class.getModule();

  /** Each package with the class that reaches into it. */
  private static final List<Grant> GRANTS =
      List.of(
          new Grant("java.lang", true), // compiler.CompilerUtils: ClassLoader.defineClass
          new Grant("java.lang.reflect", true), // core.Jvm: setAccessible on its own classes
          new Grant("jdk.internal.ref", false), // core.internal.cleaner: freeing direct buffers
          new Grant("jdk.internal.misc", false), // our own RawMemory
          new Grant("sun.nio.ch", false)); // core.internal.cleaner, and core.OS: mapping files

  private JdkAccess() {}

  /**
   * Makes sure that a module may reach what it needs.
   *
   * @param user the module of Chronicle's classes, unnamed on a class path
   * @throws IllegalStateException listing the flags to add, if it may not
   */
  static void ensure(Module user) {
    List<Grant> missing = missing(user);
    if (!FLAGS.equals(System.getProperty(PROPERTY))) {
      if (missing.isEmpty()) {
        silenceUnsafeNotice();
        return;
      }
      try {
        silenceUnsafeNotice();
        grant(missing, user);
      } catch (Throwable e) {
        throw new IllegalStateException(flagsMessage(missing, user), e);
      }
      missing = missing(user);
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException(flagsMessage(missing, user));
    }
  }

  private static List<Grant> missing(Module user) {
    return GRANTS.stream().filter(grant -> !grant.isGiven(user)).toList();
  }

  private static void grant(List<Grant> grants, Module user) throws Throwable {
    MethodHandles.Lookup trusted = trustedLookup();
    MethodType type = MethodType.methodType(void.class, String.class, Module.class);
    MethodHandle open = trusted.findVirtual(Module.class, "implAddOpens", type);
    MethodHandle export = trusted.findVirtual(Module.class, "implAddExports", type);
    for (Grant grant : grants) {
      MethodHandle add = grant.opens() ? open : export;
      add.invokeExact(JAVA_BASE, grant.packageName(), user);
    }
  }

  private static MethodHandles.Lookup trustedLookup() throws ReflectiveOperationException {
    Class<?> unsafeClass = Class.forName("sun.misc.Unsafe");
    Field theUnsafe = unsafeClass.getDeclaredField("theUnsafe");
    theUnsafe.setAccessible(true);
    Object unsafe = theUnsafe.get(null);
    Field lookup = MethodHandles.Lookup.class.getDeclaredField("IMPL_LOOKUP");
    Object base = unsafeClass.getMethod("staticFieldBase", Field.class).invoke(unsafe, lookup);
    Object offset = unsafeClass.getMethod("staticFieldOffset", Field.class).invoke(unsafe, lookup);
    return (MethodHandles.Lookup)
        unsafeClass.getMethod("getObject", Object.class, long.class).invoke(unsafe, base, offset);
  }

  /** JDK 24 and later print one notice a process; this takes the turn to print it. */
  private static void silenceUnsafeNotice() {
    try {
      Method takeTurn =
          Class.forName("sun.misc.Unsafe").getDeclaredMethod("trySetMemoryAccessWarned");
      takeTurn.setAccessible(true);
      takeTurn.invoke(null);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Before JDK 24 there is no notice; should it take another form, it is printed.
      return;
    }
  }

  private static String flagsMessage(List<Grant> missing, Module user) {
    String flags = missing.stream().map(g -> g.flag(user)).collect(Collectors.joining(" "));
    return "Chronicle Map must reach into the JDK, start java with: " + flags;
  }

  /** A package of java.base: opened for reflection, or only exported. */
  private record Grant(String packageName, boolean opens) {

    boolean isGiven(Module user) {
      return opens ? JAVA_BASE.isOpen(packageName, user) : JAVA_BASE.isExported(packageName, user);
    }

    String flag(Module user) {
      String target = user.isNamed() ? user.getName() : "ALL-UNNAMED";
      return (opens ? "--add-opens=" : "--add-exports=")
          + "java.base/"
          + packageName
          + "="
          + target;
    }
  }
}
