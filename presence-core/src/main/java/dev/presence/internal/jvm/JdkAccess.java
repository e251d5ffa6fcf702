package dev.presence.internal.jvm;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Opens the packages of the JDK that Chronicle Map reaches into, so that an application needs no
 * JVM flag, and lends native access to {@link HugePages}. Nowhere else does the library bypass the
 * module system.
 *
 * <p>It takes the JDK's own trusted lookup through {@code sun.misc.Unsafe}, which Chronicle Map
 * needs anyway, and calls what {@code --add-opens} and {@code --add-exports} call, for the modules
 * of Chronicle and of this library. On JDK 24 and later it first tells the JDK that the notice
 * about {@code sun.misc.Unsafe} has been given, so that nothing is printed.
 *
 * <p>{@code -Ddev.presence.jdkAccess=flags} turns all of this off. Then the application must be
 * started with the flags; if any are missing, the exception lists them.
 *
 * <p>It reaches {@code sun.misc.Unsafe} by name, so the library compiles without it. On a JDK that
 * has dropped it the exception lists the flags instead.
 */
final class JdkAccess {

  /** The system property that says who opens the packages. */
  static final String PROPERTY = "dev.presence.jdkAccess";

  /** The value of {@link #PROPERTY} for an application that is started with the flags. */
  static final String FLAGS = "flags";

  private static final Module JAVA_BASE = Object.class.getModule();

  private static final String CORE = "net.openhft.chronicle.core.";

  /**
   * Each package with the class that reaches into it. Without the first two no map opens, without
   * the third there is no lock-free store, and without one of the last two Chronicle warns that it
   * takes a slower way to release buffers.
   */
  private static final List<Grant> GRANTS =
      List.of(
          new Grant("java.lang", true, "net.openhft.compiler.CompilerUtils"),
          new Grant("java.lang.reflect", true, CORE + "Jvm"),
          new Grant("jdk.internal.misc", false, "dev.presence.internal.lockfree.RawMemory"),
          new Grant("jdk.internal.ref", false, CORE + "cleaner.CleanerServiceLocator"),
          new Grant("sun.nio.ch", false, CORE + "OS"));

  private JdkAccess() {}

  /**
   * Makes sure that each class may reach what it needs. Initialises none of them.
   *
   * @throws IllegalStateException listing the flags to add, if a class may not; or naming the flag
   *     by which this JVM denies what all of Chronicle needs
   */
  static void ensure() {
    UnsafeAccess.check();
    List<Grant> missing = missing();
    if (!FLAGS.equals(System.getProperty(PROPERTY))) {
      silenceUnsafeNotice();
      try {
        give(missing);
      } catch (Throwable e) {
        IllegalStateException denied = UnsafeAccess.explain(e);
        throw denied != null ? denied : new IllegalStateException(flagsMessage(missing), e);
      }
      missing = missing();
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException(flagsMessage(missing));
    }
  }

  private static List<Grant> missing() {
    return GRANTS.stream().filter(grant -> !grant.isGiven()).toList();
  }

  private static void give(List<Grant> grants) throws Throwable {
    if (grants.isEmpty()) {
      return;
    }
    MethodHandles.Lookup trusted = trustedLookup();
    MethodType type = MethodType.methodType(void.class, String.class, Module.class);
    MethodHandle open = trusted.findVirtual(Module.class, "implAddOpens", type);
    MethodHandle export = trusted.findVirtual(Module.class, "implAddExports", type);
    for (Grant grant : grants) {
      MethodHandle add = grant.opens() ? open : export;
      add.invokeExact(JAVA_BASE, grant.packageName(), grant.user());
    }
  }

  /**
   * A lookup whose handles may call restricted methods, such as those that link native functions,
   * without a word on the console: this module's own if the application has enabled native access
   * for it, else one of java.base, which always has native access. So no other code gets any.
   *
   * @return null if native access is refused: by {@link #FLAGS}, or by an option of the JVM that
   *     would make it throw
   */
  static MethodHandles.Lookup nativeLookup() throws Throwable {
    Method isEnabled = Module.class.getMethod("isNativeAccessEnabled");
    if ((boolean) isEnabled.invoke(JdkAccess.class.getModule())) {
      return MethodHandles.lookup();
    }
    if (FLAGS.equals(System.getProperty(PROPERTY)) || !(boolean) isEnabled.invoke(JAVA_BASE)) {
      return null;
    }
    MethodHandles.Lookup trusted = trustedLookup();
    // handles of the trusted lookup itself would tell the callee that this class is its caller
    return isNativeAccessDenied(trusted) ? null : trusted.in(Object.class);
  }

  /** Whether an option denies native access to all modules that no option names. */
  private static boolean isNativeAccessDenied(MethodHandles.Lookup trusted) throws Throwable {
    Class<?> bootstrap = Class.forName("jdk.internal.module.ModuleBootstrap");
    if (Runtime.version().feature() < 24) { // naming any module denies all others
      MethodType type = MethodType.methodType(boolean.class);
      return (boolean) trusted.findStatic(bootstrap, "hasEnableNativeAccessFlag", type).invoke();
    }
    Class<?> decision = Class.forName(bootstrap.getName() + "$IllegalNativeAccess");
    MethodType type = MethodType.methodType(decision);
    Object taken = trusted.findStatic(bootstrap, "illegalNativeAccess", type).invoke();
    return taken.toString().equals("DENY");
  }

  /**
   * The method of the JDK that tells the system to drop pages: {@code (long address, boolean
   * isPersistent, long bytes)}.
   *
   * @throws IllegalAccessException if flags open the packages and java.nio is not among them
   */
  static MethodHandle unload() throws ReflectiveOperationException {
    Class<?> pages = Class.forName("java.nio.MappedMemoryUtils");
    MethodHandles.Lookup lookup =
        FLAGS.equals(System.getProperty(PROPERTY))
            ? MethodHandles.privateLookupIn(pages, MethodHandles.lookup())
            : trustedLookup();
    MethodType type = MethodType.methodType(void.class, long.class, boolean.class, long.class);
    return lookup.findStatic(pages, "unload", type);
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

  /** JDK 24 and later print one notice per process; this claims that it has been printed. */
  private static void silenceUnsafeNotice() {
    try {
      Method takeTurn =
          Class.forName("sun.misc.Unsafe").getDeclaredMethod("trySetMemoryAccessWarned");
      takeTurn.setAccessible(true);
      takeTurn.invoke(null);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // There is no notice before JDK 24; if a later one keeps it elsewhere, it is printed.
      return;
    }
  }

  private static String flagsMessage(List<Grant> missing) {
    String flags = missing.stream().map(Grant::flag).collect(Collectors.joining(" "));
    return "Chronicle Map must reach into the JDK, start java with: " + flags;
  }

  /** A package of java.base, opened for reflection or just exported to the module of a class. */
  private record Grant(String packageName, boolean opens, String userClass) {

    Module user() {
      try {
        return Class.forName(userClass, false, JdkAccess.class.getClassLoader()).getModule();
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException("a jar of Chronicle Map is missing: class=" + userClass, e);
      }
    }

    boolean isGiven() {
      return opens
          ? JAVA_BASE.isOpen(packageName, user())
          : JAVA_BASE.isExported(packageName, user());
    }

    String flag() {
      Module user = user();
      String target = user.isNamed() ? user.getName() : "ALL-UNNAMED";
      return (opens ? "--add-opens=" : "--add-exports=")
          + "java.base/"
          + packageName
          + "="
          + target;
    }
  }
}
