package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.stream.Stream;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;
import net.openhft.chronicle.core.shutdown.PriorityHook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What stays in a running JVM after the last presence is closed: nothing of the library, and of
 * Chronicle only what the application itself has started.
 */
class RedeployTest {

  @TempDir private Path folder;

  @Test
  void close_everyThreadHasCalledThePresence_leavesNoClassLoader() throws Exception {
    assertThat(redeploy(RedeployedApplication.CallsFromEveryThread.class, 12))
        .isEqualTo(ChildJvm.Result.QUIET);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        RedeployedApplication.KeepsSnapshots.class,
        RedeployedApplication.LockFreeCallsOnly.class,
        RedeployedApplication.OpensAgain.class,
        RedeployedApplication.FailsToOpen.class
      })
  void close_ofTheLastPresence_leavesNoClassLoader(Class<?> application) throws Exception {
    assertThat(redeploy(application, 4)).isEqualTo(ChildJvm.Result.QUIET);
  }

  @Test
  void close_virtualThreadsHaveCalledThePresence_leavesNoClassLoader() throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with JDK 21");

    assertThat(redeploy(RedeployedApplication.CallsFromVirtualThreads.class, 4))
        .isEqualTo(ChildJvm.Result.QUIET);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        ChronicleIsTheLibrarysAlone.class,
        ClosesInterrupted.class,
        ClosesWhileTheJvmEnds.class,
        UsesChronicleBefore.class,
        UsesChronicleMeanwhile.class
      })
  void close_ofTheLastPresence_stopsWhatNobodyElseUses(Class<?> program) throws Exception {
    assertThat(new ChildJvm(folder).run(program)).isEqualTo(ChildJvm.Result.QUIET);
  }

  private ChildJvm.Result redeploy(Class<?> application, int rounds) throws Exception {
    return new ChildJvm(folder)
        .run(
            Redeployments.class,
            "-D" + Redeployments.APPLICATION + "=" + application.getName(),
            "-D" + Redeployments.ROUNDS + "=" + rounds);
  }

  static final class ChronicleIsTheLibrarysAlone {
    public static void main(String[] args) throws Exception {
      try (Presence presence = Presence.open()) {
        FirstSteps.use(presence);
        try (Presence second = Presence.open()) {
          FirstSteps.use(second);
        }
        checkStarted("a presence is open", true);
      }
      checkStarted("the last presence is closed", false);
      FirstSteps.main(args);
      checkStarted("the last presence is closed again", false);
    }
  }

  static final class ClosesInterrupted {
    public static void main(String[] args) throws Exception {
      Presence presence = Presence.open();
      Thread.currentThread().interrupt();
      presence.close();
      FirstSteps.check("still interrupted", Thread.interrupted());
      checkStarted("the last presence is closed", false);
    }
  }

  static final class ClosesWhileTheJvmEnds {
    public static void main(String[] args) {
      Presence presence = Presence.open();
      Runtime.getRuntime().addShutdownHook(new Thread(presence::close));
    }
  }

  static final class UsesChronicleBefore {
    public static void main(String[] args) throws Exception {
      System.setProperty("slf4j.internal.verbosity", "ERROR"); // SLF4J warns without a provider
      BackgroundResourceReleaser.releasePendingResources();
      FirstSteps.main(args);
      checkStarted("the application started them before", true);
    }
  }

  static final class UsesChronicleMeanwhile {
    public static void main(String[] args) throws Exception {
      try (Presence presence = Presence.open()) {
        FirstSteps.use(presence);
        PriorityHook.add(50, () -> {});
      }
      checkStarted("the application has a hook", true);
    }
  }

  /** Checks whether Chronicle's thread and hook exist; the thread may take a moment to end. */
  private static void checkStarted(String when, boolean expected) throws InterruptedException {
    for (Thread thread : releasers().toList()) {
      thread.join(expected ? 1 : 60_000);
    }
    FirstSteps.check(when + ", thread", releasers().findAny().isPresent() == expected);
    FirstSteps.check(when + ", hook", (PriorityHook.getRegisteredHook() != null) == expected);
  }

  private static Stream<Thread> releasers() {
    String name = BackgroundResourceReleaser.BACKGROUND_RESOURCE_RELEASER;
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name));
  }
}
