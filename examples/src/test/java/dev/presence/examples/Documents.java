package dev.presence.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The project's files, as a reader of the repository sees them. */
final class Documents {

  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** The folders that hold documents. */
  private static final List<String> FOLDERS =
      List.of("", ".github", "presence-core", "presence-jmh", "examples", "examples/spring-boot");

  private Documents() {}

  static String read(String path) throws IOException {
    return Files.readString(ROOT.resolve(path));
  }

  /** Returns every Markdown document. */
  static List<Path> markdown() throws IOException {
    List<Path> documents = new ArrayList<>();
    for (String folder : FOLDERS) {
      try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
      }
    }
    return documents;
  }
}
