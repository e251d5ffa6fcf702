package dev.presence.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of replication: what it tells, and what it leaves behind. */
@Timeout(180)
class TwoNodesTest {

  private static final String TABLE = "         user    1 2 3 4    1 2 3 4    ○ offline";

  /** A row: after how many seconds, and what both nodes say. */
  private static final Pattern ROW = Pattern.compile("  after (\\d+\\.\\d) s    (.*)");

  /** The window, less a second of rounding and the time between two beats. */
  private static final double OUTAGE_SECONDS = 2.5;

  @BeforeAll
  static void aRedisStartsHere() throws Exception {
    Redis.started().close();
  }

  @Test
  void run_tellsWhatBothNodesSay() throws Exception {
    List<String> lines;
    try (JavaProcess program = JavaProcess.start(TwoNodes.class)) {
      lines = program.readLines();
      assertThat(program.stderr()).isEmpty();
      assertThat(program.exitCode()).isZero();
    }

    assertThat(lines.get(1))
        .matches("redis://127\\.0\\.0\\.1:\\d+ \\(keys presence-example-[0-9a-f]+:log:\\*\\)\\.");
    List<String> table = lines.subList(lines.indexOf(TABLE) + 1, lines.size());
    assumeTrue(isFast(table), "a machine that stands still for so long loses heartbeats");
    assertThat(table.stream().map(line -> line.replaceFirst("after .* s    ", "")))
        .containsExactly(
            "Users 1 and 2 beat at A. B hears of them through Redis.",
            "  ● ● ○ ○    ● ● ○ ○",
            "Users 3 and 4 beat at B. Each node answers for all, from its own memory.",
            "  ● ● ● ●    ● ● ● ●",
            "User 2 signs out at A, and is offline at B too, long before the window is over.",
            "  ● ○ ● ●    ● ○ ● ●",
            "User 2 beats at A again.",
            "  ● ● ● ●    ● ● ● ●",
            "A is killed, and nobody beats for its users. At B they expire with the window.",
            "  killed     ● ● ● ●",
            "  killed     ○ ○ ● ●",
            "A has been started again. From its first answer on it knows the users of B.",
            "  ○ ○ ● ●    ○ ○ ● ●",
            "Users 1 and 2 beat at A again.",
            "  ● ● ● ●    ● ● ● ●",
            "Redis is killed, and starts empty. The nodes fill it again, and no dot changes.",
            "  ● ● ● ●    ● ● ● ●",
            "Redis is killed, and stays away. Each node goes on with its own users alone.",
            "  ● ● ● ●    ● ● ● ●",
            "  ● ● ○ ○    ○ ○ ● ●",
            "Redis starts, empty again. The nodes tell each other what they have missed.",
            "  ● ● ● ●    ● ● ● ●");
  }

  /** Whether no dot has had the time to change where none should. */
  private static boolean isFast(List<String> table) {
    String sentence = "";
    for (String line : table) {
      Matcher row = ROW.matcher(line);
      if (!row.matches()) {
        sentence = line;
      } else if ((sentence.contains("no dot") || row.group(2).endsWith("● ● ● ●"))
          && sentence.contains("killed")
          && Double.parseDouble(row.group(1)) > OUTAGE_SECONDS) {
        return false;
      }
    }
    return true;
  }

  @Test
  void run_interrupted_leavesNothing() throws Exception {
    assumeTrue(JavaProcess.canBeInterrupted(), "SIGINT is ignored, as in a job in the background");
    try (JavaProcess program = JavaProcess.start(TwoNodes.class)) {
      program.awaitLine(TABLE);
      List<ProcessHandle> descendants = program.descendants();
      assertThat(descendants).hasSizeGreaterThanOrEqualTo(4); // Redis, its janitor, and two nodes
      Path folder = folderOfRedis(descendants);

      program.interrupt();

      assertThat(program.exitCode()).isEqualTo(130);
      assertThat(program.stderr()).isEmpty();
      assertGone(descendants, folder);
    }
  }

  @Test
  void run_killed_leavesNothing() throws Exception {
    try (JavaProcess program = JavaProcess.start(TwoNodes.class)) {
      program.awaitLine("Clients beat every ");
      List<ProcessHandle> descendants = program.descendants();
      Path folder = folderOfRedis(descendants);

      program.kill();

      assertGone(descendants, folder);
    }
  }

  @Test
  void run_withARedisThatRunsAlready_leavesItAlone() throws Exception {
    try (LocalRedis redis = Redis.started();
        JavaProcess program = JavaProcess.start(TwoNodes.class, "--redis=" + redis.uri())) {
      String password = redis.uri().replaceAll(".*:(.*)@.*", "$1");
      assertThat(program.readLine()).isNotNull();
      assertThat(program.readLine())
          .startsWith(redis.uri().replace(":" + password + "@", "") + " (keys ");
      List<ProcessHandle> nodes = program.descendants();
      while (nodes.size() < 2) {
        nodes = program.descendants();
      }
      assertThat(nodes).allSatisfy(node -> assertThat(commandLine(node)).doesNotContain(password));

      program.terminate();

      assertThat(program.exitCode()).isEqualTo(143);
      assertThat(program.stderr()).doesNotContain(password);
      for (ProcessHandle node : nodes) {
        node.onExit().get(60, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void redisMissing_isSaidInASentence() throws Exception {
    try (JavaProcess program = JavaProcess.startWithout("embedded-redis", TwoNodes.class)) {
      assertThat(program.readLines()).isEmpty();
      assertThat(program.exitCode()).isEqualTo(1);
      assertThat(program.stderr())
          .matches("there is no Redis for this platform, \\S+; name one that runs by --redis=\\R");
    }
  }

  @Test
  void arguments_thatAreWrong_areRefusedWithoutTheirSecrets() throws Exception {
    String usage = "; usage: TwoNodes [--redis=redis://host:port]";

    assertThat(refusal("--reddis=redis://:secret@host"))
        .isEqualTo("argument must begin with --redis=" + usage);
    assertThat(refusal("--redis=http://:secret@host"))
        .isEqualTo(
            "uri must be redis://host:port, rediss://host:port or"
                + " redis-sentinel://host:port,host:port#master: scheme=http"
                + usage);
  }

  private static String refusal(String argument) throws Exception {
    try (JavaProcess process = JavaProcess.start(TwoNodes.class, argument)) {
      assertThat(process.readLines()).isEmpty();
      assertThat(process.exitCode()).isEqualTo(2);
      return process.stderr().stripTrailing();
    }
  }

  private static Path folderOfRedis(List<ProcessHandle> processes) {
    return processes.stream()
        .flatMap(process -> process.info().command().stream())
        .filter(command -> command.endsWith("redis-server"))
        .map(command -> Path.of(command).getParent())
        .findFirst()
        .orElseThrow();
  }

  private static String commandLine(ProcessHandle process) {
    return process.info().commandLine().orElse("");
  }

  private static void assertGone(List<ProcessHandle> processes, Path folder) throws Exception {
    for (ProcessHandle process : processes) {
      process.onExit().get(60, TimeUnit.SECONDS);
    }
    assertThat(folder).doesNotExist();
  }
}
