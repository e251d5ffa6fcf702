package dev.presence.jmh;

import java.io.IOException;
import java.nio.file.Path;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;

/** Writes a chart as SVG. */
final class Svg {
  private Svg() {}

  static void write(CategoryChart chart, Path file) throws IOException {
    VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
  }
}
