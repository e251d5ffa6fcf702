package dev.presence.jmh.stores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.jmh.report.Effort;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
import org.xml.sax.SAXException;

/** A report as small as can be, in which one server does not answer. */
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
    StoresReport.measure(
        new StoresPlan(STORES, List.of("20"), 1000, 100_000, 2, new Effort(1, 0, 1, 5), 1),
        folder,
        "the command",
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    results = StoresReport.write(folder, folder);
  }

  @AfterAll
  static void clearProperty() {
    System.clearProperty(ServerKind.MARIADB.property());
  }

  @Test
  void run_oneServerDead_measuresTheOthers() {
    assertThat(results.run().failures()).containsOnlyKeys(StoreType.MARIADB_UPSERT);
    for (StoreType store : List.of(StoreType.PRESENCE, StoreType.REDIS_SORTED_SET)) {
      assertThat(results.run().bytesPerUser().get(store)).isPositive();
      assertThat(results.score(StoresResults.isOnline(20), store)).isPresent();
      for (int threads : new int[] {1, 2}) {
        assertThat(results.score(StoresResults.statusOf(20).inThreads(threads), store)).isPresent();
        assertThat(results.heartbeatsPerSecond(store, 1, threads)).isPresent();
        assertThat(results.heartbeatsPerSecond(store, 100, threads)).isPresent();
      }
    }
  }

  @Test
  void summary_oneServerDead_hasItsMessageInPlaceOfFigures() throws IOException {
    assertThat(Files.readAllLines(folder.resolve(StoresTables.SUMMARY)))
        .anyMatch(line -> line.matches("\\| presence \\| [0-9.,]+ .*"))
        .anyMatch(line -> line.matches("\\| Redis, sorted set \\| [0-9.,]+ .*"))
        .anyMatch(line -> line.startsWith("| MariaDB, upsert | MARIADB: does not answer at "))
        .anyMatch(line -> line.startsWith("A batch of 20 takes "))
        .anyMatch(line -> line.startsWith("| *the design's own figures* | 662 | 5,000 |"))
        .contains("the command");
  }

  @Test
  void files_always_nameNoSecretAndNoPlaceOnThisMachine() throws IOException {
    for (String name : List.of(StoresResults.BENCHMARKS, StoresResults.RUN, StoresTables.SUMMARY)) {
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
                .parse(folder.resolve(StoresReport.CHART).toFile())
                .getElementsByTagName("desc")
                .item(0)
                .getTextContent())
        .contains(
            "presence", "Redis, sorted set", "one call for 20 users", "20 calls for one user");
  }
}
