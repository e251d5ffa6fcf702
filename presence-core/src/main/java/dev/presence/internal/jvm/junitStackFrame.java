package dev.presence.internal.jvm;

/**
 * A class whose name has {@code .junit} in it, which is what Chronicle looks for in the stacks of
 * all threads when it starts. Where it finds one it does not say where it was loaded from, and does
 * not load its parts for processor affinity and POSIX calls ahead of their use, which warn that JNA
 * and JNR are missing. An application that uses those parts itself still can.
 */
final class junitStackFrame {

  private junitStackFrame() {}

  static void run(Runnable action) {
    action.run();
  }
}
