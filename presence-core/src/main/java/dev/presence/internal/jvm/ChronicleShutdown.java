package dev.presence.internal.jvm;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Takes back what Chronicle starts while a map is in use, when the last map of this class loader is
 * closed: the thread that releases its resources, and the hook that releases them when the JVM
 * ends. Both would keep the class loader for as long as the JVM lives, and an application server
 * drops a class loader with each redeployment.
 *
 * <p>The application may use Chronicle, too. What was there before the first map, or has grown
 * since then, is the application's and stays. Nobody loses anything otherwise: without that thread
 * Chronicle releases resources in the thread that closes them. So nothing is restored for a map
 * opened later. And the thread may start: while maps are open, an application that comes to use
 * Chronicle beside them finds it as always.
 */
public final class ChronicleShutdown {

  private static final String HOOKS = "net.openhft.chronicle.core.shutdown.PriorityHook";
  private static final String RELEASER = "net.openhft.chronicle.core.io.BackgroundResourceReleaser";

  private static int openMaps;
  private static Started started = Started.UNKNOWN;

  private ChronicleShutdown() {}

  /** Who started what is to be taken back. */
  private enum Started {
    UNKNOWN,
    BY_US,
    BY_OTHERS,
    TAKEN_BACK
  }

  /**
   * Opens a map, which counts as open until {@link #closed()}.
   *
   * @param create opens the map
   */
  public static <T> T opening(Supplier<T> create) {
    opened();
    try {
      return create.get();
    } catch (Throwable e) {
      closed();
      throw e;
    }
  }

  private static synchronized void opened() {
    openMaps++;
    if (started == Started.UNKNOWN) {
      started = Started.BY_OTHERS;
      try {
        if (registeredHook() == null) {
          started = Started.BY_US;
        }
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        // An unknown version of Chronicle: what cannot be looked at stays.
        return;
      }
    }
  }

  /** Notes that a map has been closed; any thread may call this. */
  public static synchronized void closed() {
    openMaps--;
    if (openMaps == 0 && started == Started.BY_US) {
      try {
        takeBack();
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        // The JVM is ending, or this version of Chronicle is unknown: what is left stays.
        return;
      }
    }
  }

  private static void takeBack() throws ReflectiveOperationException {
    Class<?> hooks = chronicle(HOOKS);
    synchronized (hooks) { // as all its methods do
      Object hook = registeredHook();
      if (hook == null || !isOnlyForTheReleaser(hook)) {
        return;
      }
      hooks.getMethod("clear").invoke(null);
    }
    started = Started.TAKEN_BACK;
    chronicle(RELEASER).getMethod("stop").invoke(null); // first releases what waits for it
  }

  /** The releaser adds itself when it is initialised, so a single entry is the releaser's. */
  private static boolean isOnlyForTheReleaser(Object hook) throws ReflectiveOperationException {
    Field pool = hook.getClass().getDeclaredField("hookletPool");
    pool.setAccessible(true);
    return ((Map<?, ?>) pool.get(hook)).size() == 1;
  }

  /** The hook, or null if nothing in this class loader has needed one. */
  private static Object registeredHook() throws ReflectiveOperationException {
    return chronicle(HOOKS).getMethod("getRegisteredHook").invoke(null);
  }

  private static Class<?> chronicle(String name) throws ClassNotFoundException {
    return Class.forName(name, true, ChronicleShutdown.class.getClassLoader());
  }
}
