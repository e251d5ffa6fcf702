package dev.presence.jmh.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.text.NumberFormat;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;

/**
 * One look for all charts: no background, and text in a grey that reads equally well on white and
 * on the black of a dark page.
 */
final class ChartStyle {

  static final Color TEXT = new Color(0x747B84);
  static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 13);

  private static final Color GRID = new Color(0x74, 0x7B, 0x84, 0x50);
  private static final RectangleInsets PADDING = new RectangleInsets(10, 12, 10, 12);

  private ChartStyle() {}

  static JFreeChart chart(String title, String note, Plot plot) {
    JFreeChart chart = new JFreeChart(title, new Font(Font.SANS_SERIF, Font.BOLD, 16), plot, false);
    chart.setBackgroundPaint(null);
    chart.setPadding(PADDING);
    left(chart.getTitle());
    TextTitle subtitle = new TextTitle(note, PLAIN);
    left(subtitle);
    chart.addSubtitle(subtitle);
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    return chart;
  }

  static void apply(XYPlot plot) {
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinePaint(GRID);
    plot.setRangeGridlinePaint(GRID);
    plot.setDomainGridlineStroke(new BasicStroke(1));
    plot.setRangeGridlineStroke(new BasicStroke(1));
    apply(plot.getDomainAxis());
    apply(plot.getRangeAxis());
  }

  static XYTextAnnotation text(
      String text, double x, double y, Font font, Color color, TextAnchor anchor) {
    XYTextAnnotation annotation = new XYTextAnnotation(text, x, y);
    annotation.setFont(font);
    annotation.setPaint(color);
    annotation.setTextAnchor(anchor);
    return annotation;
  }

  /** Has ticks at powers of ten. */
  static ValueAxis logarithmic(String label, double lower, double upper) {
    LogAxis axis = new LogAxis(label);
    axis.setRange(lower, upper);
    axis.setTickUnit(new NumberTickUnit(1));
    axis.setNumberFormatOverride(NumberFormat.getInstance(Locale.ROOT));
    axis.setMinorTickMarksVisible(false);
    return axis;
  }

  static ValueAxis linear(String label, double upper) {
    NumberAxis axis = new NumberAxis(label);
    axis.setRange(0, upper);
    return axis;
  }

  static double powerOfTenBelow(double value) {
    return Math.pow(10, Math.floor(Math.log10(value)));
  }

  private static void left(TextTitle title) {
    title.setPaint(TEXT);
    title.setHorizontalAlignment(HorizontalAlignment.LEFT);
    title.setTextAlignment(HorizontalAlignment.LEFT);
  }

  private static void apply(ValueAxis axis) {
    if (axis == null) {
      return; // two plots share one
    }
    axis.setLabelPaint(TEXT);
    axis.setLabelFont(PLAIN);
    axis.setTickLabelPaint(TEXT);
    axis.setTickLabelFont(PLAIN);
    axis.setAxisLineVisible(false);
    axis.setTickMarksVisible(false);
  }
}
