package dev.presence;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Something else in the place of a snapshot. */
enum FileDamage implements Damage {
  FOLDER(
      hit -> {
        Files.delete(hit.file());
        Files.createDirectory(hit.file());
      }),
  FULL_FOLDER(
      hit -> {
        Files.delete(hit.file());
        Files.createDirectory(hit.file());
        Files.writeString(hit.file().resolve("inside"), "mine");
      }),
  LINK_TO_A_SNAPSHOT(hit -> link(hit, hit.foreign())),
  LINK_TO_ITS_SIBLING(hit -> link(hit, hit.sibling())),
  LINK_TO_ITSELF(hit -> link(hit, hit.file())),
  LINK_TO_NOTHING(hit -> link(hit, hit.file().resolveSibling("nothing"))),
  LINK_TO_ENDLESS_ZEROS(hit -> link(hit, Path.of("/dev/zero"))),
  PIPE(
      hit -> {
        Files.delete(hit.file());
        run("mkfifo", hit.file().toString());
      }),
  NO_PERMISSION( // but root may read it all the same
      hit ->
          Files.setPosixFilePermissions(hit.file(), PosixFilePermissions.fromString("---------"))),
  A_TERABYTE_OF_NOTHING_APPENDED(
      hit -> {
        try (RandomAccessFile file = new RandomAccessFile(hit.file().toFile(), "rw")) {
          file.setLength(1L << 40);
        }
      });

  @SuppressWarnings("ImmutableEnumChecker") // they hold nothing
  private final Damage action;

  FileDamage(Damage action) {
    this.action = action;
  }

  @Override
  public void apply(Hit hit) throws IOException {
    action.apply(hit);
  }

  private static void link(Hit hit, Path target) throws IOException {
    Files.delete(hit.file());
    Files.createSymbolicLink(hit.file(), target);
  }

  private static void run(String... command) throws IOException {
    try {
      if (new ProcessBuilder(command).start().waitFor() != 0) {
        throw new IOException("failed: " + String.join(" ", command));
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
