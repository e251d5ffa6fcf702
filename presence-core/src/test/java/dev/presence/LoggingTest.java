package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application that logs everything sees when it opens, uses and closes a presence. */
class LoggingTest {

  private static final String CONFIGURATION =
      """
      <configuration>
        <appender name="ALL" class="ch.qos.logback.core.ConsoleAppender">
          <encoder>
            <pattern>%level %logger: %replace(%msg){'\\\\R', ' '}%nopex%n</pattern>
          </encoder>
        </appender>
        <root level="TRACE">
          <appender-ref ref="ALL"/>
        </root>
      </configuration>
      """;

  private static final Pattern ADVERTISEMENT =
      Pattern.compile(
          "e-?mail|https?:|\\breleases?\\b|process id|chronicle map", Pattern.CASE_INSENSITIVE);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(classes = {FirstSteps.class, FromAVirtualThread.class, BelowChronicle.class})
  void log_fromOpenToClose_hasNothingAboveDebugAndNoAdvertisement(Class<?> program)
      throws Exception {
    List<String> lines = log(program);

    assertThat(lines)
        .isNotEmpty()
        .allMatch(line -> line.startsWith("DEBUG ") || line.startsWith("TRACE "))
        .noneMatch(line -> ADVERTISEMENT.matcher(line).find());
  }

  @Test
  void log_ofAnApplicationThatAsksForAnnouncements_hasThem() throws Exception {
    assertThat(log(FirstSteps.class, "-Dchronicle.announcer.disable=false"))
        .anyMatch(line -> line.startsWith("INFO "));
  }

  private List<String> log(Class<?> program, String... options) throws Exception {
    Path configuration = Files.writeString(folder.resolve("all.xml"), CONFIGURATION);
    ChildJvm jvm = new ChildJvm(folder);
    jvm.addLogback();
    List<String> all = new ArrayList<>(List.of(options));
    all.add("-Dlogback.configurationFile=" + configuration);

    ChildJvm.Result result = jvm.run(program, all.toArray(String[]::new));

    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    return result.out().lines().toList();
  }

  /** Uses a platform thread before JDK 21. */
  static final class FromAVirtualThread {
    public static void main(String[] args) throws Exception {
      Runnable work = () -> FirstSteps.main(args);
      Thread thread = Runtime.version().feature() < 21 ? new Thread(work) : virtual(work);
      thread.start();
      thread.join();
    }

    private static Thread virtual(Runnable work) throws ReflectiveOperationException {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      Method unstarted =
          Class.forName("java.lang.Thread$Builder").getMethod("unstarted", Runnable.class);
      return (Thread) unstarted.invoke(builder, work);
    }
  }

  /** Loads the library in a class loader below Chronicle's, which Chronicle cannot see. */
  static final class BelowChronicle {
    public static void main(String[] args) throws Exception {
      List<URL> folders = new ArrayList<>();
      List<URL> jars = new ArrayList<>();
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        (entry.endsWith(".jar") ? jars : folders).add(Path.of(entry).toUri().toURL());
      }
      ClassLoader platform = ClassLoader.getPlatformClassLoader();
      try (URLClassLoader above = new URLClassLoader(jars.toArray(URL[]::new), platform);
          URLClassLoader below = new URLClassLoader(folders.toArray(URL[]::new), above)) {
        Method main =
            Class.forName(FirstSteps.class.getName(), true, below)
                .getDeclaredMethod("main", String[].class);
        main.setAccessible(true);
        main.invoke(null, (Object) args);
      }
    }
  }
}
