package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs a program as an application does: in a JVM of its own, started by a plain {@code java -cp},
 * on a class path with the library and its dependencies but without the tests' tools. The home
 * folder, the working directory and the temporary folder are empty. The environment holds no
 * variable that could add an option to the JVM.
 */
final class ChildJvm {

  private static final Duration LIMIT = Duration.ofMinutes(3);

  private static final Pattern TEST_TOOL =
      Pattern.compile(
          "(junit|assertj|byte-buddy|opentest4j|apiguardian|jspecify|surefire|logback"
              + "|testng|jcommander|reactive-streams|micrometer|prometheus|HdrHistogram"
              + "|LatencyUtils|lettuce|netty|reactor|redis-authx|embedded-redis).*[.]jar");

  private static final Pattern CLIENT_OF_REDIS =
      Pattern.compile("(lettuce|netty|reactor|redis-authx|reactive-streams-\\d).*[.]jar");

  private static final Pattern LOGBACK = Pattern.compile("logback-.*[.]jar");

  /** The variables that a process needs to start on one system or another. */
  private static final Set<String> ENVIRONMENT = Set.of("PATH", "LD_LIBRARY_PATH", "SystemRoot");

  private final Path javaHome;
  private final Path home;
  private final Path work;
  private final Path temp;
  private final Path outFile;
  private final Path errFile;
  private final List<String> classPath = new ArrayList<>(applicationClassPath());

  /** Uses the Java that runs the tests, in an empty folder. */
  ChildJvm(Path folder) throws IOException {
    this(folder, Path.of(System.getProperty("java.home")));
  }

  ChildJvm(Path folder, Path javaHome) throws IOException {
    this.javaHome = javaHome;
    home = Files.createDirectory(folder.resolve("home"));
    work = Files.createDirectory(folder.resolve("work"));
    temp = Files.createDirectory(folder.resolve("temp"));
    outFile = folder.resolve("out.txt");
    errFile = folder.resolve("err.txt");
  }

  /** The working directory. */
  Path work() {
    return work;
  }

  /** The temporary folder. */
  Path temp() {
    return temp;
  }

  /** Adds a folder or jar of the application to the end of the class path. */
  void addToClassPath(Path entry) {
    classPath.add(entry.toAbsolutePath().toString());
  }

  /** Lets the application log through Logback, taken from the tests' own class path. */
  void addLogback() {
    classPathOfThisJvm()
        .filter(entry -> LOGBACK.matcher(entry.getFileName().toString()).matches())
        .forEach(this::addToClassPath);
  }

  /** Replaces another version of a jar, which must be on the class path. */
  void replaceOnClassPath(Path jar) {
    String artifact = artifact(jar);
    int before = classPath.size();
    classPath.removeIf(entry -> artifact(Path.of(entry)).equals(artifact));
    assertThat(classPath).as("without %s", artifact).hasSize(before - 1);
    addToClassPath(jar);
  }

  /** The name of a file without its version. */
  private static String artifact(Path jar) {
    return jar.getFileName().toString().replaceFirst("-\\d.*", "");
  }

  /** Runs {@code main} in a JVM with these options and waits until it ends. */
  Result run(Class<?> program, String... options) throws IOException, InterruptedException {
    return run(LIMIT, program, options);
  }

  /** Does the same with another limit; kills the process and fails the test when it is exceeded. */
  Result run(Duration limit, Class<?> program, String... options)
      throws IOException, InterruptedException {
    return run(limit, List.of(options), "-cp", classPath(), program.getName());
  }

  /** Starts {@code main} in a JVM with these options; the caller ends it. */
  Process start(Class<?> program, String... options) throws IOException {
    return start(List.of(options), "-cp", classPath(), program.getName());
  }

  private String classPath() {
    return String.join(File.pathSeparator, classPath);
  }

  /** Runs the main class of a module, named {@code module/class}, with these options. */
  Result runModule(Path modules, String program, String... options)
      throws IOException, InterruptedException {
    return run(LIMIT, List.of(options), "--module-path", modules.toString(), "--module", program);
  }

  private Process start(List<String> options, String... program) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command(options, program))
            .directory(work.toFile())
            .redirectOutput(outFile.toFile())
            .redirectError(errFile.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(ENVIRONMENT);
    environment.put("HOME", home.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private Result run(Duration limit, List<String> options, String... program)
      throws IOException, InterruptedException {
    Process process = start(options, program);
    try {
      if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        process.destroyForcibly().waitFor();
        fail("killed after %s: %s", limit, result(process));
      }
      return result(process);
    } finally {
      process.destroyForcibly();
    }
  }

  private List<String> command(List<String> options, String... program) {
    List<String> command = new ArrayList<>();
    command.add(javaHome.resolve("bin").resolve("java").toString());
    command.add("-Duser.home=" + home);
    command.add("-Djava.io.tmpdir=" + temp);
    command.addAll(options);
    command.addAll(List.of(program));
    return command;
  }

  /** How a process that has ended did so. */
  Result result(Process process) throws IOException {
    return new Result(process.exitValue(), Files.readString(outFile), Files.readString(errFile));
  }

  /** Every file and folder in the three folders, which were empty at the start. */
  List<Path> leftBehind() throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path root : List.of(home, work, temp)) {
      try (Stream<Path> paths = Files.walk(root)) {
        found.addAll(paths.filter(path -> !path.equals(root)).collect(Collectors.toList()));
      }
    }
    return found;
  }

  /** This JVM's class path without the tests' tools; the tests' own classes stay. */
  static List<String> applicationClassPath() {
    return classPathOfThisJvm()
        .filter(entry -> !TEST_TOOL.matcher(entry.getFileName().toString()).matches())
        .map(Path::toString)
        .toList();
  }

  /** The client of Redis and what it needs, from this JVM's class path. */
  static List<String> clientOfRedis() {
    return classPathOfThisJvm()
        .filter(entry -> CLIENT_OF_REDIS.matcher(entry.getFileName().toString()).matches())
        .map(Path::toString)
        .toList();
  }

  private static Stream<Path> classPathOfThisJvm() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath());
  }

  /** How a process ended, and everything it printed. */
  record Result(int exitCode, String out, String err) {

    /** A process that succeeded and printed nothing. */
    static final Result QUIET = new Result(0, "", "");
  }
}
