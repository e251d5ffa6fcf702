package dev.presence.internal.jvm;

/**
 * A class whose name contains {@code .junit}, which Chronicle looks for in the stacks of all
 * threads when it starts. If it finds one, it does not log where it was loaded from, and does not
 * load its parts for processor affinity and POSIX calls early, which would warn that JNA and JNR
 * are missing. An application can still use those parts.
 */
final class junitStackFrame {

  private junitStackFrame() {}

  static void run(Runnable action) {
    action.run();
  }
}
