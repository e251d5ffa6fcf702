package dev.presence.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Maven starts the server and may be killed; then no server stays behind with the port open. */
class StopWithParentTest {

  /** Runs the command it is given and waits, like Maven's {@code exec:exec}. */
  static final class Parent {

    private Parent() {}

    public static void main(String[] command) throws IOException, InterruptedException {
      new ProcessBuilder(command).inheritIO().start().waitFor();
    }
  }

  @Test
  void presenceServer_parentKilled_ends() throws Exception {
    try (JavaProcess maven =
        JavaProcess.startParent(
            Parent.class, PresenceServer.class, "0", "127.0.0.1", "stop-with-parent")) {
      assertThat(maven.readLine()).startsWith("presence server listens on ");
      ProcessHandle server = maven.child();

      try {
        maven.kill();

        assertThat(server.onExit().get(60, TimeUnit.SECONDS).isAlive()).isFalse();
      } finally {
        server.destroyForcibly();
      }
    }
  }
}
