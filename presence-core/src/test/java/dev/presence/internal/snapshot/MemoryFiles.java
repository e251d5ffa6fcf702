package dev.presence.internal.snapshot;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A folder in memory that loses power. Until a force, each sector of a write may keep its old
 * content, have the new one, or hold garbage, and a file may have any length between the old and
 * the new one. Until a force of the folder, each creation, renaming and deletion may have happened
 * or not, independently of the others. Contents and names are apart: forcing one does not force the
 * other.
 */
final class MemoryFiles implements SnapshotFiles {

  private static final int SECTOR_BYTES = 512;

  private final SplittableRandom random;
  private Map<String, File> names = new TreeMap<>();
  private Map<String, File> forcedNames = new TreeMap<>();
  private final List<NameChange> unforced = new ArrayList<>();
  private long stepsLeft = Long.MAX_VALUE;

  MemoryFiles(SplittableRandom random) {
    this.random = random;
  }

  /** The step at which power fails, counted from now; it may or may not take effect. */
  void failAfter(long steps) {
    stepsLeft = steps;
  }

  /** What is left when the computer starts again. */
  void restart() {
    stepsLeft = Long.MAX_VALUE;
    Map<String, File> left = new TreeMap<>(forcedNames);
    for (NameChange change : unforced) {
      if (random.nextBoolean()) {
        change.apply(left);
      }
    }
    left.values().forEach(file -> file.losePower(random));
    names = left;
    forcedNames = new TreeMap<>(left);
    unforced.clear();
  }

  private void step(Runnable effect) {
    if (stepsLeft-- <= 0) {
      throw new PowerFailure();
    }
    if (stepsLeft == 0) {
      if (random.nextBoolean()) {
        effect.run();
      }
      throw new PowerFailure();
    }
    effect.run();
  }

  @Override
  public List<String> list() {
    return List.copyOf(names.keySet());
  }

  @Override
  public InputStream read(String name) throws IOException {
    return new ByteArrayInputStream(existing(name).content.clone());
  }

  private File existing(String name) throws IOException {
    File file = names.get(name);
    if (file == null) {
      throw new NoSuchFileException(name);
    }
    return file;
  }

  @Override
  public Output create(String name) throws IOException {
    if (names.containsKey(name)) {
      throw new FileAlreadyExistsException(name);
    }
    File file = new File();
    step(() -> change(left -> left.put(name, file)));
    return file.new Writer();
  }

  @Override
  public void rename(String from, String to) throws IOException {
    File file = existing(from);
    step(
        () ->
            change(
                left -> {
                  left.remove(from, file);
                  left.put(to, file);
                }));
  }

  @Override
  public void delete(String name) {
    File file = names.get(name);
    if (file != null) {
      step(() -> change(left -> left.remove(name, file)));
    }
  }

  @Override
  public void forceFolder() {
    step(
        () -> {
          forcedNames = new TreeMap<>(names);
          unforced.clear();
        });
  }

  private void change(NameChange change) {
    change.apply(names);
    unforced.add(change);
  }

  private interface NameChange {
    void apply(Map<String, File> names);
  }

  /** Stops the program at a step. */
  static final class PowerFailure extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final class File {
    private byte[] content = new byte[0];
    private byte[] forced = new byte[0];

    private void losePower(SplittableRandom random) {
      int shorter = Math.min(forced.length, content.length);
      int length = shorter + random.nextInt(Math.abs(content.length - forced.length) + 1);
      byte[] left = Arrays.copyOf(forced, length);
      for (int start = 0; start < length; start += SECTOR_BYTES) {
        int end = Math.min(start + SECTOR_BYTES, length);
        if (!isForced(start, end)) {
          loseSector(left, start, end, random.nextInt(3), random);
        }
      }
      content = left;
      forced = left;
    }

    private boolean isForced(int start, int end) {
      return end <= forced.length
          && end <= content.length
          && Arrays.equals(forced, start, end, content, start, end);
    }

    private void loseSector(byte[] left, int start, int end, int fate, SplittableRandom random) {
      for (int i = start; i < end; i++) {
        if (fate == 0 && i < content.length) {
          left[i] = content[i];
        } else if (fate == 1) {
          left[i] = (byte) random.nextInt();
        }
      }
    }

    private final class Writer implements Output {

      @Override
      public void write(long position, byte[] bytes, int length) {
        step(
            () -> {
              int end = Math.max(content.length, (int) position + length);
              byte[] next = Arrays.copyOf(content, end);
              System.arraycopy(bytes, 0, next, (int) position, length);
              content = next;
            });
      }

      @Override
      public void force() {
        step(() -> forced = content);
      }

      @Override
      public void close() {}
    }
  }
}
