package dev.presence.jmh.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DynamoDbCostTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "1024, 1", "1025, 2", "2048, 2", "2049, 3"})
  void writeUnits_anyItem_areKilobytesBegun(int bytes, long units) {
    assertThat(DynamoDbCost.writeUnits(bytes)).isEqualTo(units);
  }

  @ParameterizedTest
  @CsvSource({"1, 0.5", "4096, 0.5", "4097, 1.0"})
  void readUnits_anyItem_areHalfOfFourKilobytesBegun(int bytes, double units) {
    assertThat(DynamoDbCost.readUnits(bytes)).isEqualTo(units);
  }

  @Test
  void itemBytes_integers_areNamesAndTwoDigitsAByte() {
    assertThat(DynamoDbCost.itemBytes(Map.of("id", 12345L))).isEqualTo(2 + 3 + 1);
    assertThat(DynamoDbCost.itemBytes(Map.of("id", -12L))).isEqualTo(2 + 1 + 1 + 1);
  }

  @Test
  void heartbeatsPerMonth_aMillionUsersEveryTenSeconds() {
    assertThat(DynamoDbCost.heartbeatsPerMonth(1_000_000, 10)).isEqualTo(259.2e9);
  }

  @Test
  void writes_aMillionOfOneUnit_costThePrice() {
    DynamoDbCost cost = new DynamoDbCost(1.25, 0.25);

    assertThat(cost.writes(1e6, 100)).isEqualTo(1.25);
    assertThat(cost.writes(1e6, 2000)).isEqualTo(2.5);
    assertThat(cost.reads(1e6, 100)).isEqualTo(0.125);
    assertThat(cost.writes(DynamoDbCost.heartbeatsPerMonth(1_000_000, 10), 100))
        .isEqualTo(324_000.0);
  }
}
