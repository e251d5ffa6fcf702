package dev.presence.jmh.stores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.jmh.stores.StoreFigure.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.xml.sax.SAXException;

/** A report as small as can be, in which one server does not answer; times are not asked. */
@Tag("server")
class StoresReportTest {

  private static final String DEAD = "jdbc:mariadb://127.0.0.1:1/presence?user=me&password=secret";
  private static final List<StoreType> STORES =
      List.of(StoreType.PRESENCE, StoreType.MARIADB_UPSERT, StoreType.REDIS_SORTED_SET);

  @TempDir static Path folder;
  private static StoresResults results;

  @BeforeAll
  static void run() throws IOException, InterruptedException {
    System.setProperty("jmh.ignoreLock", "true");
    System.setProperty(ServerKind.MARIADB.property(), DEAD);
    results =
        StoresReport.run(
            new StoresPlan(
                STORES, List.of("20"), 1000, 100_000, 2, 1, 0, 1, TimeValue.milliseconds(5)),
            folder,
            "the command",
            VerboseMode.SILENT);
  }

  @AfterAll
  static void clearProperty() {
    System.clearProperty(ServerKind.MARIADB.property());
  }

  @Test
  void run_oneServerDead_measuresTheOthers() {
    assertThat(results.failures()).containsOnlyKeys(StoreType.MARIADB_UPSERT);
    for (StoreType store : List.of(StoreType.PRESENCE, StoreType.REDIS_SORTED_SET)) {
      assertThat(results.bytes().get(store)).isPositive();
      assertThat(results.figure(store, Task.isOnline, 20, 1)).isPresent();
      for (int threads : new int[] {1, 2}) {
        assertThat(results.figure(store, Task.statusOf, 20, threads)).isPresent();
        assertThat(results.figure(store, Task.heartbeat, 1, threads)).isPresent();
        assertThat(results.figure(store, Task.heartbeats, 100, threads)).isPresent();
      }
    }
  }

  @Test
  void summary_oneServerDead_hasItsMessageInPlaceOfFigures() throws IOException {
    assertThat(Files.readAllLines(folder.resolve(StoresResults.SUMMARY)))
        .anyMatch(line -> line.matches("\\| presence \\| [0-9.]+ .*"))
        .anyMatch(line -> line.matches("\\| Redis, sorted set \\| [0-9.]+ .*"))
        .anyMatch(line -> line.startsWith("| MariaDB, upsert | MARIADB: does not answer at "))
        .anyMatch(line -> line.startsWith("A batch of 20 takes presence "))
        .anyMatch(line -> line.startsWith("| *the design's own figures* | 662 | 5000 |"))
        .contains("the command")
        .noneMatch(line -> line.contains("not measured"));
  }

  @Test
  void files_always_nameNoSecretAndNoPlaceOnThisMachine() throws IOException {
    for (String name :
        List.of(StoresResults.BENCHMARKS, StoresResults.TABLE, StoresResults.SUMMARY)) {
      assertThat(Files.readString(folder.resolve(name)))
          .doesNotContain("secret", "redis://", System.getProperty("java.home"));
    }
  }

  @Test
  void chart_always_isXmlThatNamesWhatWasMeasured()
      throws IOException, ParserConfigurationException, SAXException {
    assertThat(
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve(StoresResults.CHART).toFile())
                .getElementsByTagName("desc")
                .item(0)
                .getTextContent())
        .contains("presence", "Redis, sorted set", "one batch of 20", "20 single lookups");
  }
}
