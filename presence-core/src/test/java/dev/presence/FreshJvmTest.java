package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPLoggerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * In an application's JVM, without flags and without the tests' tools, the library does its work
 * and nothing that shows from outside.
 */
class FreshJvmTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      classes = {
        FirstSteps.class,
        LeavesOpen.class,
        NoContextLoader.class,
        BlindContextLoader.class,
        BrokenContextLoader.class,
        ComparesProperties.class,
        ComparesPackages.class
      })
  void program_withoutAnyFlag_worksQuietlyAndLeavesNoFile(Class<?> program) throws Exception {
    ChildJvm jvm = new ChildJvm(folder);

    assertThat(jvm.run(program)).isEqualTo(ChildJvm.Result.QUIET);

    assertThat(jvm.leftBehind()).isEmpty();
  }

  @Test
  void open_applicationWithALoggingProvider_leavesItInCharge() throws Exception {
    Path services = Files.createDirectories(folder.resolve("application/META-INF/services"));
    Files.writeString(
        services.resolve(SLF4JServiceProvider.class.getName()), LoggingProvider.class.getName());
    ChildJvm jvm = new ChildJvm(folder);
    jvm.addToClassPath(folder.resolve("application"));

    assertThat(jvm.run(Logs.class)).isEqualTo(ChildJvm.Result.QUIET);
  }

  /** The JVM must exit while the sweeper thread still runs. */
  static final class LeavesOpen {
    public static void main(String[] args) {
      FirstSteps.use(Presence.open());
    }
  }

  static final class NoContextLoader {
    public static void main(String[] args) {
      FirstSteps.runWithContextLoader(null);
    }
  }

  static final class BlindContextLoader {
    public static void main(String[] args) {
      FirstSteps.runWithContextLoader(ClassLoader.getPlatformClassLoader());
    }
  }

  /** A loader that fails when asked for any resource, such as a service file. */
  static final class BrokenContextLoader {
    public static void main(String[] args) {
      FirstSteps.runWithContextLoader(
          new ClassLoader(null) {
            @Override
            public Enumeration<URL> getResources(String name) {
              throw new IllegalStateException("asked for a resource: name=" + name);
            }
          });
    }
  }

  static final class ComparesProperties {
    public static void main(String[] args) {
      TimeZone.getDefault(); // the first call adds a property
      Map<Object, Object> before = new HashMap<>(System.getProperties());
      FirstSteps.main(args);
      Map<Object, Object> after = new HashMap<>(System.getProperties());
      FirstSteps.check("the system properties are as before: " + after, after.equals(before));
    }
  }

  /**
   * Everything on the class path can reach what is opened to Chronicle, so that should be little.
   */
  static final class ComparesPackages {
    public static void main(String[] args) {
      Set<String> before = reachable();
      FirstSteps.main(args);
      Set<String> after = reachable();
      after.removeAll(before);
      FirstSteps.check(
          "only these five are opened or exported: " + after,
          after.equals(
              Set.of(
                  "opens java.lang",
                  "opens java.lang.reflect",
                  "exports jdk.internal.misc",
                  "exports jdk.internal.ref",
                  "exports sun.nio.ch")));
    }

    private static Set<String> reachable() {
      Set<String> found = new HashSet<>();
      Module application = ComparesPackages.class.getModule();
      for (Module module : ModuleLayer.boot().modules()) {
        for (String name : module.getPackages()) {
          if (module.isOpen(name, application)) {
            found.add("opens " + name);
          } else if (module.isExported(name, application)) {
            found.add("exports " + name);
          }
        }
      }
      return found;
    }
  }

  static final class Logs {
    public static void main(String[] args) {
      FirstSteps.main(args);
      ILoggerFactory factory = LoggerFactory.getILoggerFactory();
      FirstSteps.check(
          "the application's provider is in charge: " + factory,
          factory == LoggingProvider.LOGGERS);
    }
  }

  /** The application's own provider, which SLF4J finds through its service file. */
  public static final class LoggingProvider implements SLF4JServiceProvider {
    static final ILoggerFactory LOGGERS = new NOPLoggerFactory();

    @Override
    public ILoggerFactory getLoggerFactory() {
      return LOGGERS;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
      return new BasicMarkerFactory();
    }

    @Override
    public MDCAdapter getMDCAdapter() {
      return new NOPMDCAdapter();
    }

    @Override
    public String getRequestedApiVersion() {
      return "2.0.99";
    }

    @Override
    public void initialize() {}
  }
}
