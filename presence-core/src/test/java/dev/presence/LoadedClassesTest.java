package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The classes that a JVM loads when it only uses the library. They show what the library did. */
class LoadedClassesTest {

  @TempDir private static Path folder;

  private static List<String> loaded;

  @BeforeAll
  static void runWithClassLog() throws Exception {
    ChildJvm.Result result =
        new ChildJvm(folder).run(FirstSteps.class, "-Xlog:class+load=info:stdout:none");
    assertThat(result.exitCode()).as(result.err()).isZero();
    loaded = result.out().lines().map(line -> line.split(" ", 2)[0]).toList();
  }

  @Test
  void log_ofTheProgram_hasTheLibraryAndItsStorage() {
    assertThat(loaded)
        .contains(
            "java.lang.Object",
            "dev.presence.Presence",
            "net.openhft.chronicle.map.ChronicleMapBuilder",
            "net.openhft.chronicle.hash.VanillaGlobalMutableState$$Native");
  }

  /** No recording runs, so the library starts nothing of Flight Recorder. */
  @Test
  void eventsOfFlightRecorder_areNotLoaded() {
    assertThat(loaded)
        .contains("dev.presence.internal.jfr.Recorder")
        .doesNotContain("dev.presence.internal.jfr.RecordedEvents")
        .noneMatch(name -> name.matches("dev[.]presence[.]internal[.]jfr[.].+Event"));
  }

  /**
   * Chronicle links to the compiler's entry points but never runs the compiler: a run would load
   * classes of all these packages.
   */
  @ParameterizedTest
  @ValueSource(strings = {"main", "parser", "code", "comp", "jvm"})
  void compiler_ofTheJdk_isNotRun(String part) {
    assertThat(loaded).noneMatch(name -> name.startsWith("com.sun.tools.javac." + part + "."));
  }

  /** The map is too small for huge pages, so nothing is called in the C library. */
  @Test
  void foreignFunctions_ofTheJdk_areNotLoaded() {
    assertThat(loaded)
        .contains("dev.presence.internal.jvm.HugePages")
        .doesNotContain("java.lang.foreign.Linker", "jdk.internal.foreign.abi.AbstractLinker");
  }

  /** The library looks up no host name and opens no connection. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.net.InetAddress",
        "java.net.Socket",
        "java.net.ServerSocket",
        "java.net.DatagramSocket",
        "java.net.HttpURLConnection",
        "sun.nio.ch.Net",
        "sun.nio.ch.SocketChannelImpl",
        "sun.nio.ch.DatagramChannelImpl"
      })
  void network_classes_areNotLoaded(String name) {
    assertThat(loaded).doesNotContain(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "net.openhft.chronicle.analytics.Analytics",
        "com.sun.jna.Native",
        "jnr.ffi.LibraryLoader",
        "com.kenai.jffi.Foreign"
      })
  void usageReportingAndNativeBridges_areNotOnTheClassPath(String name) {
    String file = name.replace('.', '/') + ".class";

    assertThat(LoadedClassesTest.class.getClassLoader().getResource(file)).isNull();
    assertThat(loaded).doesNotContain(name);
  }
}
