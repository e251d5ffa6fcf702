package dev.presence.jmh.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where, when and by which command a report was made. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Environment(
    String date,
    String commit,
    String jdk,
    String vm,
    String os,
    String cpu,
    int cores,
    String memory,
    String command) {

  private static final String UNKNOWN = "unknown";
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** This machine, now. */
  public static Environment capture(String command) throws IOException, InterruptedException {
    long memoryBytes =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return new Environment(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        commitOf(Path.of("").toAbsolutePath()),
        System.getProperty("java.runtime.version"),
        System.getProperty("java.vm.name"),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        cpuModel(),
        Runtime.getRuntime().availableProcessors(),
        Numbers.format("%.1f GiB", memoryBytes / (double) (1 << 30)),
        command);
  }

  /** One line for the head of a plain text. */
  public String line() {
    return Numbers.format(
        "%s %s, %s, %s, %d cores, %s of memory, %s, commit %s",
        vm, jdk, os, cpu, cores, memory, date, commit);
  }

  /** A paragraph for the end of a Markdown document, with the command. */
  public List<String> paragraph() {
    return List.of(line() + ":", "", "```sh", command, "```");
  }

  /** The JDK's version without its build, for a chart. */
  public String jdkVersion() {
    return "JDK " + jdk.replaceAll("[+-].*", "");
  }

  /**
   * The commit of the code in a folder, with {@code -dirty} if some has changed since. Documents
   * and results do not count: one report writes into them before the next one starts.
   */
  static String commitOf(Path folder) throws InterruptedException {
    try {
      String commit = git(folder, "describe", "--always", "--exclude=*");
      String changes =
          git(
              folder,
              "status",
              "--porcelain",
              "--untracked-files=no",
              "--",
              ":/",
              ":(top,exclude)*.md",
              ":(top,exclude)presence-jmh/results");
      return changes.isEmpty() ? commit : commit + "-dirty";
    } catch (IOException e) { // git is not installed, or the folder is not a clone
      return UNKNOWN;
    }
  }

  private static String git(Path folder, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process git =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (git.waitFor() != 0) {
      throw new IOException("git failed: command=" + command);
    }
    return printed.strip();
  }

  private static String cpuModel() throws IOException {
    String architecture = System.getProperty("os.arch");
    if (!Files.isReadable(CPU_INFO)) {
      return architecture;
    }
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(architecture);
    }
  }
}
