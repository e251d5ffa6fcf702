package dev.presence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Something that happens to a file. */
interface Damage {

  void apply(Hit hit) throws IOException;

  /**
   * A file that is damaged.
   *
   * @param file the snapshot
   * @param sibling the other snapshot of the folder
   * @param foreign the snapshot of the same name in another application's folder
   */
  record Hit(Path file, Path sibling, Path foreign, SplittableRandom random) {

    byte[] bytes() throws IOException {
      return Files.readAllBytes(file);
    }

    int below(int bound) {
      return random.nextInt(bound);
    }

    byte[] garbage(int length) {
      byte[] garbage = new byte[length];
      random.nextBytes(garbage);
      return garbage;
    }
  }
}
