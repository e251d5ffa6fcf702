package dev.presence.jmh.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A measured value with its error.
 *
 * @param value the mean of all iterations of all forks
 * @param error half the width of the 99.9 % confidence interval; NaN with fewer than two iterations
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Score(@JsonProperty("score") double value, @JsonProperty("scoreError") double error) {

  public static Score exact(double value) {
    return new Score(value, Double.NaN);
  }

  /** The share of one of {@code parts} equal parts. */
  public Score dividedBy(double parts) {
    return new Score(value / parts, error / parts);
  }

  /** The text of a table's cell. */
  public String text() {
    return Numbers.few(value) + (Double.isNaN(error) ? "" : " ± " + Numbers.few(error));
  }
}
