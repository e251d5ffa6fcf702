package dev.presence.jmh.stores;

/** The process that has started this one, such as Maven. */
final class ParentProcess {

  private ParentProcess() {}

  /** What ends the parent also ends this JVM, and the servers with it. */
  static void endWithIt() {
    ProcessHandle.current()
        .parent()
        .ifPresent(
            parent -> {
              var unused = parent.onExit().thenRun(() -> System.exit(1));
            });
  }
}
