package dev.presence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Strange things beside the snapshots, which stay as they are. */
enum FolderDamage implements Damage {
  LEFTOVER(folder -> Files.writeString(folder.resolve("snapshot.2.tmp"), "torn")),
  FOLDER_OF_A_LEFTOVERS_NAME(
      folder -> {
        Path inside = Files.createDirectory(folder.resolve("snapshot.2.tmp")).resolve("inside");
        Files.writeString(inside, "mine");
      }),
  FOREIGN_WITH_THE_NEXT_NUMBER(folder -> Files.writeString(folder.resolve("snapshot.2"), "mine")),
  FOREIGN_WITH_THE_LARGEST_NUMBER(
      folder -> Files.writeString(folder.resolve("snapshot.999999999999999999"), "mine")),
  FOREIGN_WITH_NUMBERS_OF_NO_USE(
      folder -> {
        for (String number : new String[] {"01", "-1", "", "1.", "9999999999999999999999", "x"}) {
          Files.writeString(folder.resolve("snapshot." + number), "mine" + number);
        }
      }),
  SET_ASIDE_BEFORE(
      folder -> {
        Files.writeString(folder.resolve("damaged.0"), "mine 0");
        Files.writeString(folder.resolve("damaged.1"), "mine 1");
        Files.writeString(folder.resolve("damaged.5"), "mine 5");
      }),
  LONG_LOCK_FILE(folder -> Files.writeString(folder.resolve("lock"), "x".repeat(1_000_000)));

  @SuppressWarnings("ImmutableEnumChecker") // they hold nothing
  private final Strange strange;

  FolderDamage(Strange strange) {
    this.strange = strange;
  }

  private interface Strange {
    void make(Path folder) throws IOException;
  }

  @Override
  public void apply(Hit hit) throws IOException {
    strange.make(hit.file().getParent());
  }
}
