package dev.presence.internal.lockfree;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Reads, writes and compare-and-set on memory outside the heap, each named by its ordering. Nothing
 * is checked, and a wrong address crashes the JVM: so only this package uses it, and only inside
 * the gate.
 *
 * <p>The handles lead to {@code jdk.internal.misc.Unsafe} and compile to single instructions.
 * {@code JdkAccess} opens that package. {@code sun.misc.Unsafe} needs no opening, but checks each
 * access on JDK 24 and later.
 */
final class RawMemory {

  private static final MethodHandle GET_INT;
  private static final MethodHandle GET_INT_ACQUIRE;
  private static final MethodHandle GET_INT_VOLATILE;
  private static final MethodHandle GET_LONG;
  private static final MethodHandle PUT_LONG;
  private static final MethodHandle PUT_INT;
  private static final MethodHandle PUT_INT_RELEASE;
  private static final MethodHandle COMPARE_AND_SET_INT;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      Class<?> unsafeClass = Class.forName("jdk.internal.misc.Unsafe");
      Object unsafe =
          lookup.findStatic(unsafeClass, "getUnsafe", MethodType.methodType(unsafeClass)).invoke();
      MethodType getInt = MethodType.methodType(int.class, Object.class, long.class);
      MethodType getLong = MethodType.methodType(long.class, Object.class, long.class);
      MethodType putLong = MethodType.methodType(void.class, Object.class, long.class, long.class);
      MethodType putInt = MethodType.methodType(void.class, Object.class, long.class, int.class);
      MethodType compareAndSet =
          MethodType.methodType(boolean.class, Object.class, long.class, int.class, int.class);
      GET_INT = lookup.findVirtual(unsafeClass, "getInt", getInt).bindTo(unsafe);
      GET_INT_ACQUIRE = lookup.findVirtual(unsafeClass, "getIntAcquire", getInt).bindTo(unsafe);
      GET_INT_VOLATILE = lookup.findVirtual(unsafeClass, "getIntVolatile", getInt).bindTo(unsafe);
      GET_LONG = lookup.findVirtual(unsafeClass, "getLongUnaligned", getLong).bindTo(unsafe);
      PUT_LONG = lookup.findVirtual(unsafeClass, "putLongUnaligned", putLong).bindTo(unsafe);
      PUT_INT = lookup.findVirtual(unsafeClass, "putInt", putInt).bindTo(unsafe);
      PUT_INT_RELEASE = lookup.findVirtual(unsafeClass, "putIntRelease", putInt).bindTo(unsafe);
      COMPARE_AND_SET_INT =
          lookup.findVirtual(unsafeClass, "compareAndSetInt", compareAndSet).bindTo(unsafe);
    } catch (Throwable e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private RawMemory() {}

  static int getInt(long address) {
    try {
      return (int) GET_INT.invokeExact((Object) null, address);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int getIntAcquire(long address) {
    try {
      return (int) GET_INT_ACQUIRE.invokeExact((Object) null, address);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int getIntVolatile(long address) {
    try {
      return (int) GET_INT_VOLATILE.invokeExact((Object) null, address);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** At any address; not atomic. */
  static long getLong(long address) {
    try {
      return (long) GET_LONG.invokeExact((Object) null, address);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** At any address; not atomic. */
  static void putLong(long address, long value) {
    try {
      PUT_LONG.invokeExact((Object) null, address, value);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static void putInt(long address, int value) {
    try {
      PUT_INT.invokeExact((Object) null, address, value);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static void putIntRelease(long address, int value) {
    try {
      PUT_INT_RELEASE.invokeExact((Object) null, address, value);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static boolean compareAndSetInt(long address, int expected, int value) {
    try {
      return (boolean) COMPARE_AND_SET_INT.invokeExact((Object) null, address, expected, value);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static Error unexpected(Throwable e) {
    return e instanceof Error error ? error : new AssertionError(e); // they throw nothing else
  }
}
