package dev.presence.jmh.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures in a JVM of its own, in which nothing has happened before. */
public final class NewJvm {

  private NewJvm() {}

  /**
   * Runs a program on the class path of this JVM until it has printed a line, then kills it.
   *
   * @param jvmArgs arguments of the new JVM
   * @param args arguments of the program
   * @return the line
   */
  public static String firstLine(Class<?> main, List<String> jvmArgs, List<String> args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArgs);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(args);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Thread stopIt = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(stopIt);
    String line;
    try (BufferedReader reader = process.inputReader()) {
      line = reader.readLine();
      process.destroyForcibly();
    }
    process.waitFor();
    Runtime.getRuntime().removeShutdownHook(stopIt);
    if (line == null) {
      throw new IOException(
          "the measuring JVM must succeed: program=" + main.getSimpleName() + " args=" + args);
    }
    return line;
  }
}
