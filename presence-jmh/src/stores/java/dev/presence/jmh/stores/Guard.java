package dev.presence.jmh.stores;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Ends a server and deletes its folder if this JVM is killed and cannot. It is a shell that waits
 * for the end of its input, a pipe that ends with this JVM.
 */
final class Guard {

  private static final String SCRIPT =
      "cat > /dev/null; kill $1; for i in 1 2 3 4 5 6 7 8 9 10; do"
          + " kill -0 $1 2> /dev/null || break; sleep 0.3; done;"
          + " kill -9 $1 2> /dev/null; rm -rf \"$2\"";

  private final Process shell;

  private Guard(Process shell) {
    this.shell = shell;
  }

  static Guard over(Process server, Path folder) throws IOException {
    return new Guard(
        new ProcessBuilder(
                "sh", "-c", SCRIPT, "guard", Long.toString(server.pid()), folder.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** Ends the shell without any effect. */
  void dismiss() {
    var children = shell.descendants().toList();
    shell.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
