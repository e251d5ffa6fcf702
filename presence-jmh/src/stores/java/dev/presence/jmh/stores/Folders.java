package dev.presence.jmh.stores;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Copies files out of the class path, and deletes folders. */
final class Folders {

  private Folders() {}

  /** Copies one file and makes it executable. */
  static Path copy(URL resource, Path target) throws IOException {
    try (InputStream in = resource.openStream()) {
      Files.copy(in, target);
    }
    return executable(target);
  }

  /** Copies all files below a folder in a jar. */
  static void copyAll(URL folderInJar, Path target) throws IOException {
    JarURLConnection connection = (JarURLConnection) folderInJar.openConnection();
    connection.setUseCaches(false);
    String prefix = connection.getEntryName();
    try (JarFile jar = connection.getJarFile()) {
      for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
        if (entry.getName().startsWith(prefix) && !entry.isDirectory()) {
          Path file = target.resolve(entry.getName().substring(prefix.length())).normalize();
          Files.createDirectories(file.getParent());
          try (InputStream in = jar.getInputStream(entry)) {
            Files.copy(in, file);
          }
        }
      }
    }
  }

  static Path executable(Path file) {
    if (!file.toFile().setExecutable(true)) {
      throw new UncheckedIOException(new IOException("file must be executable: file=" + file));
    }
    return file;
  }

  /**
   * Deletes a folder and everything in it. It is no error if another process deletes some of it.
   */
  static void delete(Path folder) {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.sorted(Comparator.reverseOrder()).forEach(files::add);
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      if (Files.exists(folder)) {
        System.err.println("folder is left behind: folder=" + folder + " cause=" + e.getMessage());
      }
    }
  }
}
