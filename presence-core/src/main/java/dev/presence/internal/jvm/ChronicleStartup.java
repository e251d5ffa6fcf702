package dev.presence.internal.jvm;

import dev.presence.internal.concurrent.PlatformLane;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;

/**
 * Prepares this JVM for Chronicle Map, once, before the first class of Chronicle is initialised.
 * Then a map opens in a fraction of a second, without flags, without a compiler, and without a word
 * on the console. This class
 *
 * <ul>
 *   <li>opens the packages of the JDK that Chronicle needs: {@link JdkAccess};
 *   <li>defines the class that Chronicle would compile while a map opens, from a resource that
 *       {@code src/build/java/Pregenerate.java} made;
 *   <li>defines a stand-in for the compiler in a runtime image without {@code jdk.compiler},
 *       because Chronicle asks for the compiler even if nothing is left to compile;
 *   <li>starts SLF4J, through which Chronicle logs, without its notice that there is no provider;
 *       if there is one, nothing changes;
 *   <li>keeps Chronicle from what it makes, reads and logs when it starts: {@link QuietStart}.
 * </ul>
 */
public final class ChronicleStartup {

  private static final String MAP = "net.openhft.chronicle.map.ChronicleMap";
  private static final String STATE = "net.openhft.chronicle.hash.VanillaGlobalMutableState";
  private static final String STATE_NATIVE = STATE + "$$Native";
  private static final String JAVAC = "com.sun.tools.javac.api.JavacTool";
  private static final String SLF4J = "org.slf4j.LoggerFactory";
  private static final String SLF4J_PROVIDERS =
      "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";
  private static final String SLF4J_VERBOSITY = "slf4j.internal.verbosity";

  private static boolean done;

  private ChronicleStartup() {}

  /**
   * Prepares the JVM unless that has been done.
   *
   * @throws IllegalStateException if this JVM does not grant what Chronicle Map needs, or if this
   *     library does not work with the jars of Chronicle
   * @throws LinkageError if those jars do not fit together, see {@link ChronicleVersions#misfit}
   */
  public static synchronized void ensure() {
    if (!done) {
      PlatformLane.once(ChronicleStartup::prepare);
      done = true;
    }
  }

  /** Runs on a platform thread of the library's own, with the library's context class loader. */
  private static void prepare() {
    ClassLoader loader = ChronicleStartup.class.getClassLoader();
    ChronicleVersions.check(loader);
    NeededModules.check();
    try {
      JdkAccess.ensure();
      synchronized (QuietStart.TURN) {
        startSlf4j(loader);
        QuietStart.run(loader);
      }
      defineStateClass(loader);
      defineCompilerStandIn(loader);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "Chronicle Map cannot start in this JVM: java.version="
              + System.getProperty("java.version"),
          e);
    }
  }

  private static void startSlf4j(ClassLoader loader) throws ReflectiveOperationException {
    boolean quiet =
        loader.getResource(SLF4J_PROVIDERS) == null && System.getProperty(SLF4J_VERBOSITY) == null;
    if (quiet) {
      System.setProperty(SLF4J_VERBOSITY, "ERROR");
    }
    try {
      Class.forName(SLF4J, true, loader).getMethod("getILoggerFactory").invoke(null);
    } finally {
      if (quiet) {
        System.clearProperty(SLF4J_VERBOSITY);
      }
    }
  }

  private static void defineStateClass(ClassLoader loader) throws ReflectiveOperationException {
    Class<?> state = Class.forName(STATE, false, loader);
    if (!isPresent(STATE_NATIVE, state.getClassLoader())) {
      MethodHandles.privateLookupIn(state, MethodHandles.lookup())
          .defineClass(resource("chronicle-global-state.bin"));
    }
  }

  /** Uses the access to {@code ClassLoader.defineClass} that is open for Chronicle by now. */
  private static void defineCompilerStandIn(ClassLoader loader)
      throws ReflectiveOperationException {
    ClassLoader chronicle = Class.forName(MAP, false, loader).getClassLoader();
    if (ModuleLayer.boot().findModule("jdk.compiler").isPresent() || isPresent(JAVAC, chronicle)) {
      return;
    }
    byte[] bytes = resource("chronicle-no-compiler.bin");
    Method define =
        ClassLoader.class.getDeclaredMethod(
            "defineClass", String.class, byte[].class, int.class, int.class);
    define.setAccessible(true);
    define.invoke(chronicle, JAVAC, bytes, 0, bytes.length);
  }

  private static boolean isPresent(String className, ClassLoader loader) {
    try {
      Class.forName(className, false, loader);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = ChronicleStartup.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar of presence-core is incomplete: resource=" + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
