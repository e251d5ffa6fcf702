package dev.presence.jmh;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** Where and how the figures came about, by name, in the order in which it is printed. */
public record Environment(Map<String, String> values) {

  private static final String UNKNOWN = "unknown";
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");
  private static final String COMMAND =
      "java -cp presence-jmh/target/benchmarks.jar " + BenchmarkReport.class.getName();

  static Environment capture(String[] args) throws IOException, InterruptedException {
    return capture((COMMAND + " " + String.join(" ", args)).strip());
  }

  /** Here and now, and with this command. */
  public static Environment capture(String command) throws IOException, InterruptedException {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    values.put("commit", commit());
    values.put("jdk", System.getProperty("java.runtime.version"));
    values.put("vm", System.getProperty("java.vm.name"));
    values.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    values.put("cpu", cpu());
    values.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    values.put("memory", memory());
    values.put("command", command);
    return new Environment(values);
  }

  /** What is missing from the file reads as unknown. */
  static Environment read(Path file) throws IOException {
    Properties properties = new Properties();
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String name :
        new String[] {"date", "commit", "jdk", "vm", "os", "cpu", "cores", "memory", "command"}) {
      values.put(name, properties.getProperty(name, UNKNOWN));
    }
    return new Environment(values);
  }

  /** One of the values, or a word for that there is none. */
  public String get(String name) {
    return values.getOrDefault(name, UNKNOWN);
  }

  /** What a summary ends with. */
  public List<String> lines() {
    return List.of(
        String.format(
            "JDK %s (%s), %s, %s, %s cores, %s of memory; %s, commit %s:",
            get("jdk"),
            get("vm"),
            get("os"),
            get("cpu"),
            get("cores"),
            get("memory"),
            get("date"),
            get("commit")),
        "",
        "```sh",
        get("command"),
        "```");
  }

  /** Not with {@code Properties.store}, which sorts nothing and adds a second date. */
  void write(Path file) throws IOException {
    Files.write(
        file,
        values.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\"))
            .toList());
  }

  private static String commit() throws IOException, InterruptedException {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty", "--exclude=*")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String line = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return git.waitFor() == 0 && !line.isEmpty() ? line : UNKNOWN;
    } catch (IOException e) { // there is no git, which a report can do without
      return UNKNOWN;
    }
  }

  private static String cpu() throws IOException {
    if (!Files.isReadable(CPUINFO)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(CPUINFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }

  private static String memory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? String.format(Locale.ROOT, "%.1f GiB", system.getTotalMemorySize() / (double) (1 << 30))
        : UNKNOWN;
  }
}
