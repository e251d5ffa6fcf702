package dev.presence.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A file in which Linux tells sizes, in lines such as {@code VmRSS: 1024 kB}.
 *
 * @param path of the file, which other systems do not have
 */
record ProcFile(Path path) {

  static final ProcFile MEMORY = new ProcFile(Path.of("/proc/meminfo"));
  static final ProcFile STATUS = new ProcFile(Path.of("/proc/self/status"));
  static final ProcFile MAPPINGS = new ProcFile(Path.of("/proc/self/smaps_rollup"));

  private static final long UNIT_BYTES = 1024;

  /** A size in bytes; empty without such a file or line. */
  OptionalLong bytes(String name) throws IOException {
    if (!Files.isReadable(path)) {
      return OptionalLong.empty();
    }
    try (Stream<String> lines = Files.lines(path)) {
      return lines
          .filter(line -> line.startsWith(name + ":"))
          .mapToLong(line -> UNIT_BYTES * Long.parseLong(line.replaceAll(".*:|[^0-9]", "")))
          .findFirst();
    }
  }
}
