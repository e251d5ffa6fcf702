package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.jmh.report.Effort;
import dev.presence.jmh.report.Subject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.runner.RunnerException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** A whole report of two contenders, as small as can be, however fast they are. */
class BenchmarkReportTest {

  private static final List<ContenderType> CONTENDERS =
      List.of(ContenderType.PRESENCE, ContenderType.CONCURRENT_HASH_MAP);

  // With fewer, one of two threads advances the clock so fast that the other one's users expire.
  private static final int USERS = 100_000;

  private static final BenchmarkPlan PLAN =
      new BenchmarkPlan(USERS, CONTENDERS, new Effort(0, 0, 1, 5), new Effort(0, 0, 1, 5), 1);

  @TempDir static Path folder;
  private static final ByteArrayOutputStream OUTPUT = new ByteArrayOutputStream();

  @BeforeAll
  static void run() throws IOException, InterruptedException, RunnerException {
    // Another run of JMH on this machine spoils nothing here.
    System.setProperty("jmh.ignoreLock", "true");
    BenchmarkReport.measure(
        PLAN, folder, "the command", new PrintStream(OUTPUT, true, StandardCharsets.UTF_8));
    BenchmarkReport.write(folder, folder);
  }

  @Test
  void measure_always_yieldsEveryMeasurementOnce() throws IOException {
    BenchmarkResults results = BenchmarkResults.read(folder);

    // For each of two contenders: statusOf in 3 sizes, two single calls with 2 clocks, heartbeats,
    // and statusOf with strangers; and statusOf and heartbeats of presence in two threads.
    assertThat(results.figures().all())
        .hasSize(2 * (3 + 2 * 2 + 1 + 1) + 2)
        .doesNotHaveDuplicates();
    assertThat(results.figures().all())
        .allSatisfy(figure -> assertThat(figure.score().value()).isFinite().isPositive());
    assertThat(results.users()).isEqualTo(USERS);
    assertThat(results.contenders()).isEqualTo(CONTENDERS);
    assertThat(results.footprints()).hasSize(2);
  }

  @Test
  void measure_always_countsPartsAndMeasurements() {
    int measurements = 2 + PLAN.steps().stream().mapToInt(step -> step.part().measurements()).sum();
    int parts = 1 + PLAN.steps().size();

    assertThat(OUTPUT.toString(StandardCharsets.UTF_8).lines())
        .contains("# Part 1 of " + parts + ": bytes per user")
        .anyMatch(line -> line.startsWith("# Part " + parts + " of " + parts + ": "))
        .contains("# 1 of " + measurements + ", 60 s left: footprint of PRESENCE")
        .anyMatch(line -> line.startsWith("# " + measurements + " of " + measurements + ", "))
        .noneMatch(line -> line.contains("JMH"));
  }

  @Test
  void environment_always_saysWhereAndHow() throws IOException {
    assertThat(BenchmarkResults.read(folder).environment().paragraph())
        .anyMatch(line -> line.contains(System.getProperty("java.runtime.version")))
        .contains("the command");
  }

  @Test
  void summary_always_hasEveryRow() throws IOException {
    BenchmarkResults results = BenchmarkResults.read(folder);

    assertThat(Files.readAllLines(folder.resolve(BenchmarkTables.SUMMARY)))
        .anyMatch(line -> line.matches("\\| presence( \\| [0-9.,]+){9} \\|"))
        .anyMatch(line -> line.matches("\\| ConcurrentHashMap( \\| [0-9.,]+){9} \\|"))
        .anyMatch(
            line -> line.matches("\\| statusOf 100: presence / Conc.* \\| (not )?reached \\|"))
        .contains(
            "| isOnline, system clock: presence / Chronicle Map | not measured | ≤ 0.25 | not measured |",
            "| isOnline, free clock: presence / Chronicle Map | not measured | ≤ 0.30 | not measured |")
        .filteredOn(line -> line.matches(".*(≤|≥).*"))
        .hasSize(Target.first(results).size() + Target.later(results).size());
  }

  @Test
  void headline_always_hasSingleCallsWithBothClocks() throws IOException {
    assertThat(Files.readAllLines(folder.resolve(BenchmarkTables.HEADLINE)))
        .extracting(line -> line.replaceAll("^\\| ([^|]*)\\|.*", "$1").strip())
        .contains(
            "one status, system clock, ns",
            "one status, free clock, ns",
            "one heartbeat, system clock, ns",
            "one heartbeat, free clock, ns");
  }

  @Test
  void write_again_yieldsTheSameFiles(@TempDir Path other) throws IOException {
    BenchmarkReport.write(folder, other);

    for (String file :
        List.of(
            BenchmarkTables.SUMMARY,
            BenchmarkTables.HEADLINE,
            BenchmarkCharts.CONTENDERS,
            BenchmarkCharts.STATUS_BY_BATCH,
            BenchmarkCharts.BYTES_PER_USER)) {
      assertThat(other.resolve(file)).hasSameTextualContentAs(folder.resolve(file));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        BenchmarkCharts.STATUS_BY_BATCH,
        BenchmarkCharts.CONTENDERS,
        BenchmarkCharts.BYTES_PER_USER
      })
  void charts_always_areXmlThatNamesEveryContender(String name)
      throws IOException, ParserConfigurationException, SAXException {
    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(folder.resolve(name).toFile());

    assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
        .contains("100,000 users", "JDK " + Runtime.version().feature());
    assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
        .contains(CONTENDERS.stream().map(one -> Subject.of(one).label()).toList());
  }
}
