package dev.presence.internal.jvm;

import java.io.File;
import java.lang.reflect.Field;

/**
 * Keeps Chronicle's class {@code OS} from making folders when it is initialised. While the system
 * property {@code project.build.directory} is set, {@code OS} makes a folder in the one named there
 * alone, and fails to if that does not exist: so it makes nothing.
 */
final class ChronicleFolders {

  /** The name of the system property. */
  static final String PROPERTY = "project.build.directory";

  private final String nowhere;

  ChronicleFolders() {
    // In the temporary folder, because Chronicle answers with it when asked for a folder later.
    nowhere =
        new File(
                System.getProperty("java.io.tmpdir", "tmp"),
                "presence-nowhere-" + ProcessHandle.current().pid() + "-" + System.nanoTime())
            .getPath();
  }

  /** The value for the property: a folder that nobody has made, because nobody knows its name. */
  String nowhere() {
    return nowhere;
  }

  /**
   * Gives {@code OS.TMP} the value that it has without the property. A part of Chronicle that the
   * application may use keeps a file there that processes share.
   */
  void correct(Class<?> os) {
    try {
      Field found = os.getField("TMP");
      if (!found.get(null).toString().contains(new File(nowhere).getName())) {
        return; // the application has started Chronicle before
      }
      File folder = new File(System.getProperty("java.io.tmpdir", "tmp"));
      boolean isGood = folder.isDirectory() && folder.canWrite();
      Class<?> unsafeClass = Class.forName("jdk.internal.misc.Unsafe");
      Object unsafe = unsafeClass.getMethod("getUnsafe").invoke(null);
      Object base = unsafeClass.getMethod("staticFieldBase", Field.class).invoke(unsafe, found);
      Object offset = unsafeClass.getMethod("staticFieldOffset", Field.class).invoke(unsafe, found);
      unsafeClass
          .getMethod("putReference", Object.class, long.class, Object.class)
          .invoke(unsafe, base, offset, isGood ? folder.getPath() : "tmp");
    } catch (ReflectiveOperationException | RuntimeException e) {
      return; // another version; this library does not use that value
    }
  }
}
