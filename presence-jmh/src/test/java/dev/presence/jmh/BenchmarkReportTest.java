package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** A whole report of two stores, as small as can be; how fast they are is not asked. */
class BenchmarkReportTest {

  private static final List<Store> STORES = List.of(Store.PRESENCE, Store.CONCURRENT_HASH_MAP);

  // With fewer, one of two threads moves the clock on so fast that the other one's users expire.
  private static final int USERS = 100_000;

  @TempDir static Path folder;

  @BeforeAll
  static void run() throws IOException, InterruptedException, RunnerException {
    // Another run of JMH on this machine would spoil timings, and there are none to spoil here.
    System.setProperty("jmh.ignoreLock", "true");
    BenchmarkReport.run(
        new ReportPlan(USERS, STORES, 0, 0, 1, TimeValue.milliseconds(5)),
        folder,
        new String[] {"tiny"},
        VerboseMode.SILENT);
  }

  @Test
  void run_always_measuresEveryPartOnce() throws IOException {
    List<Figure> figures = Results.read(folder).figures();

    // For each of two stores: 3 sizes of statusOf, isOnline, 2 of heartbeats, one with strangers;
    // and by two threads, for presence alone: statusOf and heartbeats.
    assertThat(figures).hasSize(2 * (3 + 1 + 2 + 1) + 2).doesNotHaveDuplicates();
    assertThat(figures).allSatisfy(figure -> assertThat(figure.nanos()).isFinite().isPositive());
    assertThat(figures).allSatisfy(figure -> assertThat(figure.users()).isEqualTo(USERS));
  }

  @Test
  void run_always_findsWhatTheTablesShow() throws IOException {
    Results results = Results.read(folder);

    assertThat(results.stores()).containsExactlyElementsOf(STORES);
    for (Store store : STORES) {
      assertThat(
              List.of(
                  Measure.IS_ONLINE,
                  Measure.STATUS_OF_20,
                  Measure.STATUS_OF_100,
                  Measure.STATUS_OF_1000,
                  Measure.HEARTBEAT,
                  Measure.HEARTBEATS_100,
                  Measure.STATUS_OF_100.oneInFiveOnline()))
          .allMatch(measure -> results.figure(measure, store).isPresent());
      assertThat(results.footprints().of(store)).isPresent();
    }
    assertThat(List.of(Measure.STATUS_OF_100, Measure.HEARTBEATS_100))
        .allMatch(measure -> results.figure(measure.byTwoThreads(), Store.PRESENCE).isPresent());
  }

  @Test
  void environment_always_saysWhereAndHow() throws IOException {
    Environment environment = Environment.read(folder.resolve(ReportFiles.ENVIRONMENT));

    assertThat(environment.get("jdk")).isEqualTo(System.getProperty("java.runtime.version"));
    assertThat(environment.get("command"))
        .isEqualTo(
            "java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.BenchmarkReport tiny");
    assertThat(environment.values().values()).doesNotContain("");
  }

  @Test
  void summary_always_hasEveryRow() throws IOException {
    assertThat(Files.readAllLines(folder.resolve(ReportFiles.SUMMARY)))
        .anyMatch(line -> line.matches("\\| presence( \\| [0-9.]+){7} \\|"))
        .anyMatch(line -> line.matches("\\| ConcurrentHashMap( \\| [0-9.]+){7} \\|"))
        .anyMatch(
            line -> line.matches("\\| statusOf 100: presence / Conc.* \\| (not )?reached \\|"))
        .anyMatch(
            line ->
                line.equals(
                    "| isOnline: presence / Chronicle Map | not measured | ≤ 0.25"
                        + " | not measured |"))
        .filteredOn(line -> line.matches(".*(≤|≥).*"))
        .hasSize(Target.all(Results.read(folder)).size());
  }

  @Test
  void summary_writtenAgain_isTheSame() throws IOException {
    Path file = folder.resolve(ReportFiles.SUMMARY);
    String before = Files.readString(file);
    Files.delete(file);

    Summary.main(new String[] {folder.toString()});

    assertThat(file).hasContent(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {ReportFiles.STATUS_BY_BATCH, ReportFiles.RIVALS, ReportFiles.BYTES_PER_USER})
  void charts_always_areXmlThatNamesEveryStore(String name)
      throws IOException, ParserConfigurationException, SAXException {
    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(folder.resolve(name).toFile());

    assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
        .contains("100,000 users", "JDK " + Runtime.version().feature());
    assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
        .contains(STORES.stream().map(Labels::of).toList());
  }
}
