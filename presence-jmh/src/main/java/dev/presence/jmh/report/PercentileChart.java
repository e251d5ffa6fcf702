package dev.presence.jmh.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Stroke;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.DefaultXYDataset;

/** Lines over percentiles, in one panel per operation, with the values in figures. */
public final class PercentileChart {

  private static final int WIDTH = 860;
  private static final int PANEL_HEIGHT = 330;
  private static final int FRAME_HEIGHT = 90;

  /** The share of a percentile's width between a point and its label. */
  private static final double GAP = 0.07;

  private final String title;
  private final String unit;
  private final List<String> percentiles;
  private final Map<String, List<Line>> panels = new LinkedHashMap<>();

  /** Dotted, solid and dashed; the first is the baseline, all others are about presence. */
  private static final float[][] DASHES = {{1, 3}, null, {8, 5}};

  private record Line(String name, List<Double> values, int order) {
    Color color() {
      return order == 0 ? ChartStyle.TEXT : Subject.PRESENCE.color();
    }

    Stroke stroke() {
      return new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES[order], 0);
    }
  }

  public PercentileChart(String title, String unit, List<String> percentiles) {
    this.title = title;
    this.unit = unit;
    this.percentiles = percentiles;
  }

  /** Adds a line to an operation's panel: first the baseline, then at most two others. */
  public void line(String operation, String name, List<Double> values) {
    List<Line> lines = panels.computeIfAbsent(operation, key -> new ArrayList<>());
    lines.add(new Line(name, values, lines.size()));
  }

  public void write(Path file) throws IOException {
    SymbolAxis axis = new SymbolAxis(null, percentiles.toArray(String[]::new));
    axis.setRange(-0.5, percentiles.size() - 0.3);
    axis.setGridBandsVisible(false);
    CombinedDomainXYPlot plot = new CombinedDomainXYPlot(axis);
    plot.setGap(18);
    ChartStyle.apply(plot);
    panels.forEach((operation, lines) -> plot.add(panel(operation, lines)));
    JFreeChart chart = ChartStyle.chart(title, unit + ", logarithmic", plot);
    LegendTitle legend = new LegendTitle(plot.getSubplots().get(0));
    legend.setItemFont(ChartStyle.PLAIN);
    legend.setItemPaint(ChartStyle.TEXT);
    legend.setBackgroundPaint(null);
    legend.setPosition(RectangleEdge.TOP);
    legend.setHorizontalAlignment(HorizontalAlignment.LEFT);
    chart.addSubtitle(legend);
    SvgFile.write(chart, WIDTH, FRAME_HEIGHT + PANEL_HEIGHT * panels.size(), description(), file);
  }

  private XYPlot panel(String operation, List<Line> lines) {
    DoubleSummaryStatistics values =
        lines.stream()
            .flatMap(line -> line.values.stream())
            .mapToDouble(Double::doubleValue)
            .summaryStatistics();
    double lower = values.getMin() / 3;
    double upper = values.getMax() * 3;
    DefaultXYDataset points = new DefaultXYDataset();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
    for (Line line : lines) {
      int series = line.order;
      points.addSeries(
          line.name,
          new double[][] {
            IntStream.range(0, percentiles.size()).asDoubleStream().toArray(),
            line.values.stream().mapToDouble(Double::doubleValue).toArray()
          });
      renderer.setSeriesPaint(series, line.color());
      renderer.setSeriesShape(series, Subject.PRESENCE.shape());
      renderer.setSeriesShapesFilled(series, line.order == 1);
      renderer.setSeriesStroke(series, line.stroke());
    }
    XYPlot plot =
        new XYPlot(points, null, ChartStyle.logarithmic(operation, lower, upper), renderer);
    ChartStyle.apply(plot);
    for (int x = 0; x < percentiles.size(); x++) {
      label(plot, lines, x);
    }
    return plot;
  }

  /**
   * Percentiles only rise, so that the highest line leaves room to the upper left of its points,
   * and every line leaves room to the lower right.
   */
  private static void label(XYPlot plot, List<Line> lines, int percentile) {
    double highest =
        lines.stream().mapToDouble(line -> line.values.get(percentile)).max().orElseThrow();
    for (Line line : lines) {
      double value = line.values.get(percentile);
      boolean above = value == highest;
      plot.addAnnotation(
          ChartStyle.text(
              Numbers.few(value),
              percentile + (above ? -GAP : GAP),
              value,
              ChartStyle.PLAIN,
              line.color(),
              above ? TextAnchor.BOTTOM_RIGHT : TextAnchor.TOP_LEFT));
    }
  }

  private String description() {
    return panels.entrySet().stream()
        .flatMap(
            panel ->
                panel.getValue().stream()
                    .map(line -> panel.getKey() + ", " + line.name + ": " + line.values))
        .collect(Collectors.joining("; ", unit + " at " + percentiles + "; ", ""));
  }
}
