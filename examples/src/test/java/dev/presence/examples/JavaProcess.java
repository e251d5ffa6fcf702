package dev.presence.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program in a JVM of its own, started as {@code java -cp ...} without any flag. */
final class JavaProcess implements AutoCloseable {

  private static final long EXIT_SECONDS = 120;

  /** The bit of SIGINT in a set of signals. */
  private static final long SIGINT = 1L << 1;

  private final Process process;
  private final BufferedReader out;
  private final Path err;

  private JavaProcess(Process process, Path err) {
    this.process = process;
    this.out = process.inputReader(UTF_8);
    this.err = err;
  }

  static JavaProcess start(Class<?> main, String... args) throws IOException {
    return start(command(userClassPath(), main, args));
  }

  /** Starts a program that lacks one of the jars. */
  static JavaProcess startWithout(String jar, Class<?> main) throws IOException {
    List<String> entries = new ArrayList<>(List.of(userClassPath().split(File.pathSeparator, -1)));
    entries.removeIf(entry -> entry.contains(jar));
    return start(command(String.join(File.pathSeparator, entries), main));
  }

  /** Starts a program of the tests, which in turn runs a program as a user would. */
  static JavaProcess startParent(Class<?> parent, Class<?> main, String... args)
      throws IOException {
    String[] child = command(userClassPath(), main, args).toArray(String[]::new);
    return start(command(System.getProperty("java.class.path"), parent, child));
  }

  /**
   * Starts a program that may open so many files and sockets at once. What it writes to stderr
   * comes among its lines.
   */
  static JavaProcess startWithOpenFiles(int limit, Class<?> main, String... args)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c"));
    command.add("ulimit -n " + limit + " && exec \"$@\" 2>&1");
    command.add("sh");
    command.addAll(command(userClassPath(), main, args));
    return start(command);
  }

  private static JavaProcess start(List<String> command) throws IOException {
    Path err = Files.createTempFile("presence-examples", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
    // Options from the environment are flags too, and java reports them on stderr.
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    return new JavaProcess(builder.start(), err);
  }

  private static List<String> command(String classPath, Class<?> main, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(classPath);
    command.add(main.getName());
    command.addAll(List.of(args));
    return command;
  }

  /** What a user has: the examples, the library and their dependencies, but no tests. */
  private static String userClassPath() {
    String[] entries = System.getProperty("java.class.path").split(File.pathSeparator, -1);
    return Arrays.stream(entries)
        .filter(
            entry ->
                !entry.matches(
                    ".*(test-classes|junit|assertj|archunit|byte-buddy|surefire|databind"
                        + "|selenium|opentelemetry|com.google|org.jetbrains).*"))
        .reduce((left, right) -> left + File.pathSeparator + right)
        .orElseThrow();
  }

  /** Waits for the next line, or returns null at the end. */
  String readLine() throws IOException {
    return out.readLine();
  }

  /** Waits for a line that contains this, and goes on reading so that the program can write. */
  void awaitLine(String part) throws IOException {
    String line;
    do {
      line = readLine();
      assertThat(line).as("the program has not ended").isNotNull();
    } while (!line.contains(part));
    Thread reader = new Thread(() -> out.lines().forEach(rest -> {}), "output");
    reader.setDaemon(true);
    reader.start();
  }

  List<String> readLines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = readLine(); line != null; line = readLine()) {
      lines.add(line);
    }
    return lines;
  }

  /** Asks it to end, like {@code kill}. {@link Process#destroy()} would also close its output. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** Ends it at once, as {@code kill -9} does. */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  /**
   * Whether a process that this one starts can be interrupted. It cannot if a script has started
   * this one in the background: then SIGINT is ignored, and whatever is started inherits that.
   */
  static boolean canBeInterrupted() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return true;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .mapToLong(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
          .noneMatch(ignored -> (ignored & SIGINT) != 0);
    }
  }

  /** Interrupts it and all that it has started, as Ctrl-C in a terminal does. */
  void interrupt() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-INT", Long.toString(process.pid())));
    descendants().forEach(descendant -> command.add(Long.toString(descendant.pid())));
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
  }

  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  ProcessHandle child() {
    return process.children().findFirst().orElseThrow();
  }

  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)).as("has ended").isTrue();
    return process.exitValue();
  }

  String stderr() throws IOException {
    return Files.readString(err);
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.delete(err);
  }
}
