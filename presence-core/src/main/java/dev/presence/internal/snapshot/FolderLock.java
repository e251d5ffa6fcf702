package dev.presence.internal.snapshot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets one process, and in it one instance, write a folder.
 *
 * <p>The file {@code lock} is never deleted: whoever deleted it would let two processes lock two
 * files of the same name. The system drops the lock when the process ends, however it ends, so a
 * dead owner keeps nobody waiting. It also drops the lock when <em>any</em> descriptor of the file
 * is closed in this process. So before the file is touched, the folder is entered in the JVM's
 * {@link FolderRegistry}. The {@link OwnerLine} in the file tells others who the owner is; the lock
 * lies on a byte behind it.
 */
final class FolderLock {

  static final String NAME = "lock";

  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private final Path folder;
  private final FolderRegistry registry;
  private FileChannel channel;
  private Object fileKey;
  private String ownLine;
  private final AtomicBoolean isReleased = new AtomicBoolean();

  private FolderLock(Path folder, FolderRegistry registry) {
    this.folder = folder;
    this.registry = registry;
  }

  /**
   * Takes the lock.
   *
   * @param folder a folder that exists
   * @throws IllegalStateException if another instance has it, in this process or another
   */
  static FolderLock take(Path folder) throws IOException {
    return take(folder, new FolderRegistry());
  }

  static FolderLock take(Path folder, FolderRegistry registry) throws IOException {
    Path real = folder.toRealPath();
    FolderLock lock = new FolderLock(real, registry);
    String owner = OwnerLine.ofThisProcess();
    String other = registry.enter(real, owner);
    if (other != null) {
      throw taken(real, other);
    }
    try {
      lock.lock(owner);
      return lock;
    } catch (Throwable e) {
      registry.leave(real);
      throw e;
    }
  }

  private void lock(String owner) throws IOException {
    Path file = folder.resolve(NAME);
    if (Files.isSymbolicLink(file)) { // opening it would fail, too, and not say where
      throw new FileSystemException(file.toString(), null, "must not be a link");
    }
    channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS),
            SystemFiles.permissions("rw-------"));
    try {
      if (tryLock() == null) {
        throw taken(folder, OwnerLine.readOther(() -> OwnerLine.read(channel)));
      }
      OwnerLine.write(channel, owner);
      fileKey = keyOf(file);
      ownLine = owner;
    } catch (Throwable e) {
      channel.close();
      throw e;
    }
  }

  private FileLock tryLock() throws IOException {
    try {
      return channel.tryLock(LOCKED_BYTE, 1, false);
    } catch (OverlappingFileLockException e) {
      return null; // another library in this JVM has locked it
    }
  }

  private static IllegalStateException taken(Path folder, String owner) {
    return new IllegalStateException(
        "a folder must be used by one presence at a time: folder=" + folder + " " + owner);
  }

  /**
   * Makes sure that the lock still is on the file of that name, as an administrator may have
   * removed the folder and made it again; and that nobody else has signed the file, as the
   * application may have copied it, and so dropped the lock, and another process has taken it.
   *
   * @throws IllegalStateException if another instance has it now
   */
  void ensure() throws IOException {
    Path file = folder.resolve(NAME);
    if (channel.isOpen()
        && Objects.equals(fileKey, keyOf(file))
        && OwnerLine.read(channel).equals(ownLine)) {
      return;
    }
    channel.close();
    lock(OwnerLine.ofThisProcess());
  }

  /** Null where the file is missing or the system has no such keys. */
  private static Object keyOf(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .fileKey();
    } catch (NoSuchFileException e) {
      return "missing";
    }
  }

  Path folder() {
    return folder;
  }

  /** Gives the lock back. Does nothing the second time: somebody else may have it by then. */
  void release() {
    if (isReleased.getAndSet(true)) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      return; // the system drops the lock when the process ends
    } finally {
      registry.leave(folder);
    }
  }
}
