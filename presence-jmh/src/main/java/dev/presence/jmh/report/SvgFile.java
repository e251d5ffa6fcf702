package dev.presence.jmh.report;

import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jfree.chart.JFreeChart;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.ViewBox;

/** Writes charts as SVG, with their values as text for those who cannot see them. */
final class SvgFile {

  static {
    System.setProperty("java.awt.headless", "true");
  }

  private SvgFile() {}

  static void write(JFreeChart chart, int width, int height, String description, Path file)
      throws IOException {
    SVGGraphics2D svg = new SVGGraphics2D(width, height);
    svg.setDefsKeyPrefix("chart"); // the default differs from run to run
    svg.setGeomDoubleConverter(number -> Numbers.format("%.1f", number));
    chart.draw(svg, new Rectangle(width, height));
    String drawing = svg.getSVGElement(null, true, new ViewBox(0, 0, width, height), null, null);
    int inside = drawing.indexOf('>', drawing.indexOf("<svg")) + 1;
    String texts =
        Numbers.format(
            "%n<title>%s</title>%n<desc>%s</desc>%n",
            escaped(chart.getTitle().getText()), escaped(description));
    Files.writeString(
        file, drawing.substring(0, inside) + texts + drawing.substring(inside) + "\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
