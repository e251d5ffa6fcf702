package dev.presence.jmh.report;

import java.awt.BasicStroke;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYAnnotation;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.DefaultXYDataset;

/**
 * Values of subjects as lines from left to right, a panel for each of several things that were
 * measured, and the last value of each line in figures. A value that is NaN is left out.
 */
public final class LineChart {

  private static final int WIDTH = 860;
  private static final int PANEL_HEIGHT = 180;
  private static final int FRAME_HEIGHT = 110;

  /** Between a point and its label, in widths of a step. */
  private static final double GAP = 0.05;

  /** Above the highest value, as a share of it. */
  private static final double HEADROOM = 0.15;

  /** The height of a label, as a share of the highest value. */
  private static final double LABEL_SHARE = 0.13;

  private final String title;
  private final String unit;
  private final List<String> steps;
  private final Map<String, List<Line>> panels = new LinkedHashMap<>();

  private record Line(Subject subject, List<Double> values) {}

  /** The steps are the labels below the lines' points, the same for all lines. */
  public LineChart(String title, String unit, List<String> steps) {
    this.title = title;
    this.unit = unit;
    this.steps = List.copyOf(steps);
  }

  /** Adds a line with a value for each step; every panel has the same subjects. */
  public void line(String panel, Subject subject, List<Double> values) {
    panels.computeIfAbsent(panel, key -> new ArrayList<>()).add(new Line(subject, values));
  }

  public void write(Path file) throws IOException {
    SymbolAxis axis = new SymbolAxis(null, steps.toArray(String[]::new));
    axis.setRange(-0.3, steps.size() - 0.5);
    axis.setGridBandsVisible(false);
    CombinedDomainXYPlot plot = new CombinedDomainXYPlot(axis);
    plot.setGap(18);
    ChartStyle.apply(plot);
    panels.forEach((name, lines) -> plot.add(panel(name, lines)));
    JFreeChart chart = ChartStyle.chart(title, unit, plot);
    LegendTitle legend = new LegendTitle(plot.getSubplots().get(0));
    legend.setItemFont(ChartStyle.PLAIN);
    legend.setItemPaint(ChartStyle.TEXT);
    legend.setBackgroundPaint(null);
    legend.setPosition(RectangleEdge.TOP);
    legend.setHorizontalAlignment(HorizontalAlignment.LEFT);
    chart.addSubtitle(legend);
    SvgFile.write(chart, WIDTH, FRAME_HEIGHT + PANEL_HEIGHT * panels.size(), description(), file);
  }

  private XYPlot panel(String name, List<Line> lines) {
    double highest =
        lines.stream()
            .flatMap(line -> line.values.stream())
            .filter(Double::isFinite)
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(1);
    DefaultXYDataset points = new DefaultXYDataset();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
    XYPlot plot =
        new XYPlot(points, null, ChartStyle.linear(name, highest * (1 + HEADROOM)), renderer);
    for (int series = 0; series < lines.size(); series++) {
      Line line = lines.get(series);
      int[] measured =
          IntStream.range(0, steps.size())
              .filter(step -> Double.isFinite(line.values.get(step)))
              .toArray();
      points.addSeries(
          line.subject.label(),
          new double[][] {
            IntStream.of(measured).asDoubleStream().toArray(),
            IntStream.of(measured).mapToDouble(line.values::get).toArray()
          });
      renderer.setSeriesPaint(series, line.subject.color());
      renderer.setSeriesShape(series, line.subject.shape());
      renderer.setSeriesStroke(series, new BasicStroke(2));
      if (measured.length > 0) {
        plot.addAnnotation(label(line, measured[measured.length - 1], lines, highest));
      }
    }
    ChartStyle.apply(plot);
    return plot;
  }

  /**
   * Above the line if it ends highest, else below it, so that labels of two lines do not meet, and
   * not below the axis.
   */
  private static XYAnnotation label(Line line, int step, List<Line> lines, double highest) {
    double value = line.values.get(step);
    boolean isHighest = lines.stream().noneMatch(other -> other.values.get(step) > value);
    return ChartStyle.text(
        Numbers.few(value),
        step + GAP,
        isHighest ? value : Math.max(value, LABEL_SHARE * highest),
        ChartStyle.PLAIN,
        line.subject.color(),
        isHighest ? TextAnchor.BOTTOM_LEFT : TextAnchor.TOP_LEFT);
  }

  private String description() {
    return panels.entrySet().stream()
        .flatMap(
            panel ->
                panel.getValue().stream()
                    .map(line -> panel.getKey() + ", " + line.subject.label() + ": " + texts(line)))
        .collect(Collectors.joining("; ", unit + " at " + steps + "; ", ""));
  }

  private static String texts(Line line) {
    return line.values.stream()
        .map(value -> value.isNaN() ? Numbers.NOT_MEASURED : Numbers.few(value))
        .collect(Collectors.joining(", "));
  }
}
