package dev.presence.internal;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.ServiceConfigurationError;

/**
 * How much memory Linux lets this process use before it kills it: the lowest limit of its control
 * group and all groups above it, of version 1 or 2. Reserving more memory than that works without a
 * word; using it ends the process without a word in its log. So {@code open()} warns.
 *
 * <p>The limit is compared with the sum of what the map and the largest heap may use. What else the
 * JVM needs, and what else runs in the same control group, comes on top and is not known here.
 */
final class MemoryLimit {

  private static final String LOGGER = "dev.presence";
  private static final int LONGEST_FILE = 1 << 16;

  private final Path root;

  /** Reads the files below this folder; tests use another one. */
  MemoryLimit(Path root) {
    this.root = root;
  }

  static MemoryLimit ofThisProcess() {
    return new MemoryLimit(Path.of("/"));
  }

  /** Warns, through the platform's logger, if the process may not use that much. */
  void warnIfBelow(long offHeapBytes) {
    String warning = warning(offHeapBytes, Runtime.getRuntime().maxMemory());
    if (warning == null) {
      return;
    }
    try {
      System.getLogger(LOGGER).log(System.Logger.Level.WARNING, warning);
    } catch (RuntimeException | ServiceConfigurationError e) {
      return; // the application's logging is broken; the store works without it
    }
  }

  /** The warning, or null if there is no limit, or it cannot be read, or it is high enough. */
  String warning(long offHeapBytes, long maxHeapBytes) {
    OptionalLong limit = bytes();
    if (limit.isEmpty() || limit.getAsLong() - offHeapBytes >= maxHeapBytes) {
      return null;
    }
    return "the memory limit of the control group must hold the map and the largest heap, or the"
        + " system kills the process when they fill: memoryLimit="
        + limit.getAsLong()
        + " offHeapBytes="
        + offHeapBytes
        + " maxHeapBytes="
        + maxHeapBytes;
  }

  /** The lowest limit; empty if there is none or none can be read. */
  OptionalLong bytes() {
    OptionalLong lowest = OptionalLong.empty();
    for (String line : lines(root.resolve("proc/self/cgroup"))) {
      String[] group = line.split(":", 3); // a number, the controllers, the path
      if (group.length < 3) {
        continue;
      }
      if (group[1].isEmpty()) {
        lowest = lower(lowest, lowest("sys/fs/cgroup", group[2], "memory.max"));
      } else if (List.of(group[1].split(",", -1)).contains("memory")) {
        lowest = lower(lowest, lowest("sys/fs/cgroup/memory", group[2], "memory.limit_in_bytes"));
      }
    }
    return lowest;
  }

  /**
   * The lowest limit from a group up to the top. In a container the path may be the host's and lead
   * nowhere; then the container's own group is the top.
   */
  private OptionalLong lowest(String mount, String group, String file) {
    Path top = root.resolve(mount);
    Path folder = folder(top, group);
    OptionalLong lowest = OptionalLong.empty();
    while (folder != null && folder.startsWith(top)) {
      lowest = lower(lowest, number(folder.resolve(file)));
      folder = folder.getParent();
    }
    return lower(lowest, number(top.resolve(file)));
  }

  private static Path folder(Path top, String group) {
    try {
      return top.resolve("./" + group).normalize();
    } catch (InvalidPathException e) {
      return top;
    }
  }

  private static OptionalLong number(Path file) {
    for (String line : lines(file)) {
      try {
        long number = Long.parseLong(line.strip());
        return number > 0 ? OptionalLong.of(number) : OptionalLong.empty();
      } catch (NumberFormatException e) {
        return OptionalLong.empty(); // "max", mostly
      }
    }
    return OptionalLong.empty();
  }

  /** Uses a stream: a channel would load network classes, and would react to an interrupt. */
  private static List<String> lines(Path file) {
    try (InputStream in = new FileInputStream(file.toFile())) {
      return new String(in.readNBytes(LONGEST_FILE), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException | RuntimeException e) {
      return List.of();
    }
  }

  private static OptionalLong lower(OptionalLong one, OptionalLong other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    return one.getAsLong() <= other.getAsLong() ? one : other;
  }
}
