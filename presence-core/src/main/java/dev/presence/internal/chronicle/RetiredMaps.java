package dev.presence.internal.chronicle;

import java.lang.ref.Cleaner;
import net.openhft.chronicle.map.VanillaChronicleMap;

/**
 * Closes maps when nobody can read their memory any more, which only the garbage collector knows: a
 * lookup that had to announce itself would take a third longer. Until then a map holds addresses
 * and no memory, where {@link dev.presence.internal.jvm.PhysicalMemory} can drop it.
 *
 * <p>No map knows who used it, so one that waits here keeps nothing else alive.
 */
final class RetiredMaps {

  /** How often {@link #collect} looks again, each time after a garbage collection. */
  private static final int COLLECTIONS = 3;

  private static final long PATIENCE_MILLIS = 500;

  private static final Cleaner CLEANER = Cleaner.create();

  /** How many maps wait. Guarded by the class. */
  private static int waiting;

  private RetiredMaps() {}

  /**
   * Closes a map once an object is unreachable.
   *
   * @param readers what everybody who may read the map's memory can reach
   * @param map of the class that {@link UserMap} knows it by: to check whether that fits another
   *     type, the JVM would load classes of Chronicle before it is known that they can be used
   */
  static void closeWhenUnreachable(Object readers, VanillaChronicleMap<?, ?, ?> map) {
    synchronized (RetiredMaps.class) {
      waiting++;
    }
    CLEANER.register(readers, () -> close(map));
  }

  private static void close(VanillaChronicleMap<?, ?, ?> map) {
    try {
      map.close();
    } finally {
      synchronized (RetiredMaps.class) {
        waiting--;
        RetiredMaps.class.notifyAll();
      }
    }
  }

  /**
   * Has the garbage collector look for maps that nobody reads any more, as the JDK does when there
   * is no room for another direct buffer.
   *
   * @return whether a map has been closed meanwhile
   */
  static synchronized boolean collect() {
    int before = waiting;
    for (int i = 0; i < COLLECTIONS && waiting > 0 && waiting == before; i++) {
      System.gc();
      try {
        RetiredMaps.class.wait(PATIENCE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return waiting < before;
  }
}
