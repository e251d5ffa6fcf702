package dev.presence.internal.jvm;

import java.lang.invoke.MethodHandle;

/**
 * Gives memory back to Linux while its addresses stay mapped: whoever still reads there reads
 * zeros. The JDK has a method that does this, {@code madvise} with {@code MADV_DONTNEED}, for
 * buffers that are mapped to files.
 *
 * <p>Nothing depends on it. Where that method cannot be reached or there is another system, the
 * memory goes back when its addresses do.
 */
public final class PhysicalMemory {

  /** The largest page of any Linux that the JDK runs on; huge pages are split. */
  private static final long PAGE_BYTES = 64L << 10;

  private PhysicalMemory() {}

  /**
   * Drops what the memory holds, but for the ends that do not fill a page. Prints and throws
   * nothing.
   *
   * @param address where the memory begins
   * @param bytes how much it is
   * @return whether it has been dropped
   */
  public static boolean drop(long address, long bytes) {
    long start = (address + PAGE_BYTES - 1) & -PAGE_BYTES;
    long end = (address + bytes) & -PAGE_BYTES;
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return false;
    }
    try {
      MethodHandle unload = JdkAccess.unload();
      if (end > start) {
        unload.invokeExact(start, false, end - start);
      }
      return true;
    } catch (Throwable e) {
      return false; // it goes later
    }
  }
}
