package dev.presence.jmh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;

/**
 * Writes a chart as SVG. All writing in it is drawn as shapes, so that it needs no font; for those
 * who cannot see it, its title and its values are added as text.
 */
public final class Svg {

  private static final String DOCTYPE = "<!DOCTYPE[^>]*>\\R?";

  private Svg() {}

  /** Writes the chart as it would be shown. */
  public static void write(CategoryChart chart, Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    VectorGraphicsEncoder.saveVectorGraphic(chart, bytes, VectorGraphicsFormat.SVG);
    String drawing = bytes.toString(StandardCharsets.UTF_8).replaceFirst(DOCTYPE, "");
    int inside = drawing.indexOf('>', drawing.indexOf("<svg")) + 1;
    Files.writeString(
        file, drawing.substring(0, inside) + description(chart) + drawing.substring(inside));
  }

  private static String description(CategoryChart chart) {
    return "\n  <title>"
        + chart.getTitle()
        + "</title>\n  <desc>"
        + chart.getYAxisTitle()
        + "; "
        + chart.getSeriesMap().values().stream()
            .map(Svg::description)
            .collect(Collectors.joining("; "))
        + "</desc>";
  }

  private static String description(CategorySeries series) {
    StringBuilder text = new StringBuilder(series.getName()).append(": ");
    Object[] x = series.getXData().toArray();
    Object[] y = series.getYData().toArray();
    for (int i = 0; i < x.length; i++) {
      text.append(i == 0 ? "" : ", ").append(x[i]).append(' ').append(Labels.number((double) y[i]));
    }
    return text.toString();
  }
}
