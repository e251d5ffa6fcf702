package dev.presence.internal.jvm;

import java.io.File;
import java.util.Map;

/**
 * Initialises the classes of Chronicle whose start does more than this library wants, so that they
 * make, read, change and say nothing:
 *
 * <ul>
 *   <li>{@code OS} makes a folder in the temporary or the working folder: see {@link
 *       ChronicleFolders}.
 *   <li>{@code Jvm} reads a file {@code system.properties} on the class path, in the working folder
 *       or in its parent, and adds its values to the system properties. The property of that name
 *       says which file to read. During the start it names an empty one, even if the application
 *       has set it.
 *   <li>{@code Jvm} logs where it was loaded from, and what is missing: see {@link
 *       junitStackFrame}.
 *   <li>The announcer logs an advertisement unless {@code chronicle.announcer.disable} is set. An
 *       application that has set it gets what it asked for.
 * </ul>
 *
 * <p>The system properties belong to the whole JVM: other threads may see the values set here while
 * these classes start. Afterwards all are as before. Copies of this library in several class
 * loaders take turns. If the application has started Chronicle before, this does nothing.
 */
final class QuietStart {

  private static final String CORE = "net.openhft.chronicle.core.";
  private static final String JVM = CORE + "Jvm";
  private static final String OS = CORE + "OS";
  private static final String ANNOUNCER = CORE + "internal.announcer.InternalAnnouncer";

  private static final String WHICH_FILE = "system.properties";
  private static final String NO_ANNOUNCER = "chronicle.announcer.disable";

  /** One object in the whole JVM, whichever class loader; hold it while properties differ. */
  static final Object TURN = "dev.presence: Chronicle starts".intern();

  private final ClassLoader loader;
  private final ChronicleFolders folders = new ChronicleFolders();

  private QuietStart(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * Starts the Chronicle that this loader finds. The caller holds {@link #TURN} and is a platform
   * thread, because Chronicle does not see the stacks of virtual ones.
   */
  static void run(ClassLoader loader) throws ClassNotFoundException {
    new QuietStart(loader).run();
  }

  private void run() throws ClassNotFoundException {
    TemporaryProperties.during(
        this::initialise,
        Map.of(
            ChronicleFolders.PROPERTY,
            folders.nowhere(),
            WHICH_FILE,
            emptyFile(),
            NO_ANNOUNCER,
            System.getProperty(NO_ANNOUNCER, "true")));
  }

  private void initialise() {
    junitStackFrame.run(() -> initialise(JVM));
    folders.correct(initialise(OS));
    initialise(ANNOUNCER);
  }

  private Class<?> initialise(String name) {
    try {
      return Class.forName(name, true, loader);
    } catch (ClassNotFoundException e) {
      throw new NoClassDefFoundError(name);
    }
  }

  /** A resource of this library or, if Chronicle cannot see it, the file that is always empty. */
  private String emptyFile() throws ClassNotFoundException {
    String resource = QuietStart.class.getPackageName().replace('.', '/') + "/no-system.properties";
    ClassLoader chronicle = Class.forName(JVM, false, loader).getClassLoader();
    if (chronicle.getResource(resource) != null) {
      return resource;
    }
    return File.separatorChar == '\\' ? "NUL" : "/dev/null";
  }
}
