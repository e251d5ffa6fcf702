package dev.presence.internal.jvm;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;

/**
 * Asks Linux for huge pages in the memory of a large map, by {@code madvise}. In a gigabyte of
 * pages of 4 KB a lookup that misses the processor's caches waits twice, for the translation of the
 * address and for the memory; with pages of 2 MB the translations fit into the caches.
 *
 * <p>The call goes through the Foreign Function &amp; Memory API, which is reached by name: the
 * library compiles on JDK 17, whose compiler does not know that API, and a multi-release jar would
 * need a newer JDK in every build. On JDK 21 the API is a preview, which only compilers care about.
 * The first call of a process costs some 60 ms of processor time; for smaller maps nothing of the
 * API is loaded.
 *
 * <p>Nothing depends on it. Before JDK 21, outside Linux, where native access is refused, and
 * whatever else fails, the map keeps its small pages.
 */
public final class HugePages {

  /**
   * A third of where huge pages gained a fifth, at 194 MB; what they gain below is not measured.
   */
  private static final long SMALLEST_BYTES = 64L << 20;

  private static final long PAGE_BYTES = 2L << 20;

  private static final int FIRST_JDK = 21;

  // from Linux's mman-common.h
  private static final int MADV_DONTNEED = 4;
  private static final int MADV_HUGEPAGE = 14;

  private static final String FOREIGN = "java.lang.foreign.";

  private HugePages() {}

  /**
   * Asks for huge pages in memory that holds nothing but zeros. Prints and throws nothing.
   *
   * <p>Linux makes a huge page only where no small one is, and whoever has read the memory has left
   * some behind. So this drops them; from Linux 6.14 on their tables go, too. Before, the kernel
   * merges small pages in its own time, by default 16 MB every 10 s.
   *
   * @param address where the memory begins
   * @param bytes how much it is; below 64 MB nothing happens
   * @return whether the kernel took the advice, which it does even if it is set not to follow it
   */
  public static boolean adviseFor(long address, long bytes) {
    if (bytes < SMALLEST_BYTES
        || Runtime.version().feature() < FIRST_JDK
        || !System.getProperty("os.name", "").equals("Linux")) {
      return false;
    }
    long start = (address + PAGE_BYTES - 1) & -PAGE_BYTES;
    long length = ((address + bytes) & -PAGE_BYTES) - start;
    try {
      MethodHandles.Lookup lookup = JdkAccess.nativeLookup();
      if (lookup == null) {
        return false;
      }
      MethodHandle madvise = madvise(lookup);
      return (int) madvise.invokeExact(start, length, MADV_HUGEPAGE) == 0
          && (int) madvise.invokeExact(start, length, MADV_DONTNEED) == 0;
    } catch (Throwable e) {
      return false; // the map works all the same
    }
  }

  /** The function of the C library; pointers and sizes are longs on all of 64-bit Linux. */
  private static MethodHandle madvise(MethodHandles.Lookup lookup) throws Throwable {
    Class<?> linkerType = Class.forName(FOREIGN + "Linker");
    Class<?> symbolsType = Class.forName(FOREIGN + "SymbolLookup");
    Class<?> descriptorType = Class.forName(FOREIGN + "FunctionDescriptor");

    Object linker = linkerType.getMethod("nativeLinker").invoke(null);
    Object symbols = linkerType.getMethod("defaultLookup").invoke(linker);
    Optional<?> symbol =
        (Optional<?>) symbolsType.getMethod("find", String.class).invoke(symbols, "madvise");

    return (MethodHandle)
        lookup
            .findVirtual(
                linkerType,
                "downcallHandle",
                MethodType.methodType(
                    MethodHandle.class,
                    Class.forName(FOREIGN + "MemorySegment"),
                    descriptorType,
                    Class.forName("[L" + FOREIGN + "Linker$Option;")))
            .invokeWithArguments(linker, symbol.orElseThrow(), descriptor(descriptorType));
  }

  private static Object descriptor(Class<?> type) throws Throwable {
    Class<?> values = Class.forName(FOREIGN + "ValueLayout");
    Object ofInt = values.getField("JAVA_INT").get(null);
    Object ofLong = values.getField("JAVA_LONG").get(null);
    Class<?> layout = Class.forName(FOREIGN + "MemoryLayout");
    return MethodHandles.publicLookup()
        .findStatic(type, "of", MethodType.methodType(type, layout, layout.arrayType()))
        .invokeWithArguments(ofInt, ofLong, ofLong, ofInt);
  }
}
