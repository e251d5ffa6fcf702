package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.FreshJvmTest.ComparesProperties;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The library leaves the system properties alone. Chronicle would add to them what a file {@code
 * system.properties} holds.
 */
class SystemPropertiesTest {

  private static final String NAME = "system.properties";

  @TempDir private Path folder;

  private ChildJvm jvm;

  @BeforeEach
  void makeJvm() throws Exception {
    jvm = new ChildJvm(folder);
  }

  @Test
  void properties_fileOnTheClassPath_areAsBefore() throws Exception {
    Path application = Files.createDirectory(folder.resolve("application"));
    write(application);
    jvm.addToClassPath(application);

    assertPropertiesStay();
  }

  @Test
  void properties_fileInTheWorkingFolder_areAsBefore() throws Exception {
    write(jvm.work());

    assertPropertiesStay();
  }

  @Test
  void properties_fileAboveTheWorkingFolder_areAsBefore() throws Exception {
    write(jvm.work().getParent());

    assertPropertiesStay();
  }

  @Test
  void properties_fileThatTheApplicationNames_areAsBefore() throws Exception {
    write(jvm.work());

    assertPropertiesStay("-Dsystem.properties=" + jvm.work().resolve(NAME));
  }

  /** System properties should be strings, but nothing enforces it. */
  @Test
  void properties_thatAreNotStrings_areAsBefore() throws Exception {
    assertThat(jvm.run(HasOddProperties.class)).isEqualTo(ChildJvm.Result.QUIET);
  }

  @Test
  void properties_librariesInTwoClassLoadersThatStartAtOnce_areAsBefore() throws Exception {
    assertThat(jvm.run(StartsTwice.class)).isEqualTo(ChildJvm.Result.QUIET);
  }

  private void assertPropertiesStay(String... options) throws Exception {
    assertThat(jvm.run(ComparesProperties.class, options)).isEqualTo(ChildJvm.Result.QUIET);
  }

  private static void write(Path parent) throws Exception {
    Files.writeString(parent.resolve(NAME), "added.by.chronicle=true\n");
  }

  static final class HasOddProperties {
    public static void main(String[] args) {
      System.getProperties().put(NAME, 1);
      System.getProperties().put("project.build.directory", 2);
      System.getProperties().put("chronicle.announcer.disable", 3);
      ComparesProperties.main(args);
    }
  }

  static final class StartsTwice {
    public static void main(String[] args) throws Exception {
      TimeZone.getDefault(); // the first call adds a property
      Map<Object, Object> before = new HashMap<>(System.getProperties());
      CyclicBarrier start = new CyclicBarrier(2);
      List<FutureTask<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        FutureTask<Void> task = new FutureTask<>(() -> startFirstSteps(start), null);
        tasks.add(task);
        new Thread(task).start();
      }
      for (FutureTask<Void> task : tasks) {
        task.get();
      }
      Map<Object, Object> after = new HashMap<>(System.getProperties());
      FirstSteps.check("the system properties are as before: " + after, after.equals(before));
    }

    private static void startFirstSteps(CyclicBarrier start) {
      try {
        List<URL> classPath = new ArrayList<>();
        for (String entry : ChildJvm.applicationClassPath()) {
          classPath.add(Path.of(entry).toUri().toURL());
        }
        URL[] urls = classPath.toArray(URL[]::new);
        try (URLClassLoader loader =
            new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
          Class<?> program = Class.forName(FirstSteps.class.getName(), true, loader);
          Method main = program.getDeclaredMethod("main", String[].class);
          main.setAccessible(true);
          start.await();
          main.invoke(null, (Object) new String[0]);
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
