package dev.presence.internal.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Who in this JVM has which folder. The whole JVM shares it, whichever class loader loaded this
 * class: entries are system properties, and the monitor is an interned string. For use by any
 * number of threads.
 */
final class FolderRegistry {

  private static final String PREFIX = "dev.presence.folder.";
  private static final Object MONITOR = PREFIX.intern(); // of all class loaders

  private final Comparison comparison;

  /** Whether two paths lead to the same folder; fails if one is missing. */
  interface Comparison {
    boolean isSame(Path first, Path second) throws IOException;
  }

  FolderRegistry() {
    this(Files::isSameFile);
  }

  /** For tests, which can hardly mount a folder in two places. */
  FolderRegistry(Comparison comparison) {
    this.comparison = comparison;
  }

  /**
   * Enters a folder unless it is there, under this path or another: real paths differ where a
   * folder is mounted in two places.
   *
   * @param folder a real path
   * @param owner who is to have it
   * @return who has it already, or null
   */
  String enter(Path folder, String owner) {
    synchronized (MONITOR) {
      Properties entries = System.getProperties();
      for (String key : entries.stringPropertyNames()) {
        if (key.startsWith(PREFIX) && isSame(Path.of(key.substring(PREFIX.length())), folder)) {
          return entries.getProperty(key);
        }
      }
      entries.setProperty(PREFIX + folder, owner);
      return null;
    }
  }

  void leave(Path folder) {
    System.getProperties().remove(PREFIX + folder);
  }

  private boolean isSame(Path entry, Path folder) {
    try {
      return entry.equals(folder) || comparison.isSame(entry, folder);
    } catch (IOException e) {
      return false; // the other one is gone, or its disk is in trouble
    }
  }
}
