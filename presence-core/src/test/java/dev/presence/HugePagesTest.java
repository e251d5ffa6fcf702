package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which maps have asked Linux for huge pages, by what the kernel tells of the process's memory. */
class HugePagesTest {

  private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";
  private static final String DENIED = "--illegal-native-access=deny";

  private static final int JDK = Runtime.version().feature();

  @TempDir private Path folder;

  @BeforeEach
  void assumeTheKernelHasHugePages() {
    assumeTrue(Files.exists(Path.of("/sys/kernel/mm/transparent_hugepage")), "none in this kernel");
  }

  @Test
  void open_bigMap_asksFromJdk21OnAndIsQuiet() throws Exception {
    assertThat(run(BigMap.class)).isEqualTo(pages(JDK >= 21 ? "huge" : "small"));
  }

  @Test
  void open_smallMap_doesNotAsk() throws Exception {
    assertThat(run(SmallMap.class)).isEqualTo(pages("small"));
  }

  @Test
  void open_nativeAccessDenied_doesNotAskAndIsQuiet() throws Exception {
    assumeTrue(JDK >= 24, "the option came with JDK 24");

    assertThat(run(BigMap.class, DENIED)).isEqualTo(pages("small"));
  }

  @Test
  void open_nativeAccessDeniedToOthers_asks() throws Exception {
    assumeTrue(JDK >= 24, "the option came with JDK 24");

    assertThat(run(BigMap.class, DENIED, NATIVE_ACCESS)).isEqualTo(pages("huge"));
  }

  /** Up to JDK 23 naming one module denies native access to all others. */
  @Test
  void open_nativeAccessForAnotherModule_isQuiet() throws Exception {
    assumeTrue(JDK >= 21, "there is no native access to deny");

    assertThat(run(BigMap.class, "--enable-native-access=java.base"))
        .isEqualTo(pages(JDK >= 24 ? "huge" : "small"));
  }

  @Test
  void open_byFlags_doesNotAsk() throws Exception {
    assertByFlags("small");
  }

  @Test
  void open_byFlagsWithNativeAccess_asks() throws Exception {
    assumeTrue(JDK >= 21, "there is no native access to allow");

    assertByFlags("huge", NATIVE_ACCESS);
  }

  /** Here the JDK prints its notice about {@code sun.misc.Unsafe}, and nothing else may appear. */
  private void assertByFlags(String expected, String... more) throws Exception {
    Stream<String> byFlags = Stream.of(JdkAccessFlagsTest.BY_FLAGS);
    Stream<String> flags = Stream.concat(JdkAccessFlagsTest.FLAGS.stream(), Stream.of(more));

    ChildJvm.Result result =
        run(BigMap.class, Stream.concat(byFlags, flags).toArray(String[]::new));

    assertThat(result.err().lines()).allMatch(JdkAccessFlagsTest.NOTICE.asMatchPredicate());
    assertThat(result.out()).isEqualTo(expected);
    assertThat(result.exitCode()).isZero();
  }

  private ChildJvm.Result run(Class<?> program, String... options) throws Exception {
    return new ChildJvm(folder).run(program, options);
  }

  private static ChildJvm.Result pages(String out) {
    return new ChildJvm.Result(0, out, "");
  }

  static final class BigMap {
    public static void main(String[] args) throws Exception {
      printPages(4_000_000);
    }
  }

  static final class SmallMap {
    public static void main(String[] args) throws Exception {
      printPages(3_000_000);
    }
  }

  private static void printPages(long maxUsers) throws Exception {
    boolean before = isNativeAccessEnabled();
    try (Presence presence = Presence.builder().maxUsers(maxUsers).open()) {
      long bytes = presence.stats().offHeapBytes();
      long advised = advisedBytes();
      boolean allButTheEnds = advised > bytes - (5 << 20) && advised <= bytes;
      System.out.print(advised == 0 ? "small" : allButTheEnds ? "huge" : advised + " of " + bytes);
      FirstSteps.use(presence);
    }
    FirstSteps.check("native access is as before", isNativeAccessEnabled() == before);
  }

  private static boolean isNativeAccessEnabled() throws ReflectiveOperationException {
    return JDK >= 21
        && (boolean)
            Module.class.getMethod("isNativeAccessEnabled").invoke(HugePagesTest.class.getModule());
  }

  /** How much of the process's memory is marked so; a mapping's flags follow its size. */
  private static long advisedBytes() throws Exception {
    long advised = 0;
    long kilobytes = 0;
    for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
      List<String> words = List.of(line.split(" +", -1));
      if (words.get(0).equals("Size:")) {
        kilobytes = Long.parseLong(words.get(1));
      } else if (words.get(0).equals("VmFlags:") && words.contains("hg")) {
        advised += kilobytes << 10;
      }
    }
    return advised;
  }
}
