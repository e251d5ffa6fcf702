package dev.presence.internal.jvm;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Takes back what Chronicle starts while a map is in use, once the last store of this class loader
 * is closed: the thread that releases its resources, and the hook that does so when the JVM ends.
 * Both would keep the class loader for as long as the JVM lives, and an application server drops
 * one with each redeployment.
 *
 * <p>Chronicle may be the application's too. What was there before the first store, or has become
 * more since then, is somebody else's and stays as it is. Nobody loses anything otherwise: without
 * the thread Chronicle releases in the thread that closes, and whatever is open later, here or
 * there, works like that. This is also why nothing is restored for a store that is opened later,
 * and why the thread is not kept from starting: while stores are open, an application that comes to
 * use Chronicle beside them finds it as it always is.
 *
 * <p>Chronicle's classes are named by strings, as in {@link ChronicleStartup}.
 */
public final class ChronicleShutdown {

  private static final String HOOKS = "net.openhft.chronicle.core.shutdown.PriorityHook";
  private static final String RELEASER = "net.openhft.chronicle.core.io.BackgroundResourceReleaser";

  private static int openStores;
  private static Started started = Started.UNKNOWN;

  private ChronicleShutdown() {}

  /** Who caused what is to be taken back. */
  private enum Started {
    UNKNOWN,
    BY_US,
    BY_OTHERS,
    TAKEN_BACK
  }

  /**
   * Opens a map, which counts until {@link #closed()}.
   *
   * @param create opens it
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
    openStores++;
    if (started == Started.UNKNOWN) {
      started = Started.BY_OTHERS;
      try {
        if (registeredHook() == null) {
          started = Started.BY_US;
        }
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        // Another Chronicle than we know: what cannot be looked at stays.
        return;
      }
    }
  }

  /** A map is closed, whichever thread does it. */
  public static synchronized void closed() {
    openStores--;
    if (openStores == 0 && started == Started.BY_US) {
      try {
        takeBack();
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        // The JVM is ending, or this is another Chronicle than we know: what is left stays.
        return;
      }
    }
  }

  private static void takeBack() throws ReflectiveOperationException {
    Class<?> hooks = chronicle(HOOKS);
    synchronized (hooks) { // all its methods do
      Object hook = registeredHook();
      if (hook == null || !isOnlyForTheReleaser(hook)) {
        return;
      }
      hooks.getMethod("clear").invoke(null);
    }
    started = Started.TAKEN_BACK;
    chronicle(RELEASER).getMethod("stop").invoke(null); // releases first what waits for it
  }

  /** The releaser adds itself when it is initialised, so a single one is the releaser's. */
  private static boolean isOnlyForTheReleaser(Object hook) throws ReflectiveOperationException {
    Field pool = hook.getClass().getDeclaredField("hookletPool");
    pool.setAccessible(true);
    return ((Map<?, ?>) pool.get(hook)).size() == 1;
  }

  /** The hook, or null where nothing in this class loader has needed one. */
  private static Object registeredHook() throws ReflectiveOperationException {
    return chronicle(HOOKS).getMethod("getRegisteredHook").invoke(null);
  }

  private static Class<?> chronicle(String name) throws ClassNotFoundException {
    return Class.forName(name, true, ChronicleShutdown.class.getClassLoader());
  }
}
