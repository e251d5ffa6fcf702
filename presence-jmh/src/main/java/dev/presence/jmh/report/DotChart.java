package dev.presence.jmh.report;

import java.awt.BasicStroke;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jfree.chart.annotations.XYAnnotation;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.DefaultXYDataset;

/**
 * Values as dots, one row for each subject of each group, with an error bar and with the value in
 * figures to its right. A row may have a second value, whose dot is hollow. On a logarithmic axis
 * an error bar that reaches zero or less ends at the left edge.
 */
public final class DotChart {

  private static final int WIDTH = 860;
  private static final int ROW_HEIGHT = 21;
  private static final int FRAME_HEIGHT = 130;

  /** The share of the plot's width that a character of a label needs, where names are long. */
  private static final double CHARACTER_SHARE = 0.0115;

  /** The share of the plot's width between a dot or its error bar and the label. */
  private static final double GAP_SHARE = 0.014;

  private final String title;
  private final String unit;
  private final boolean logarithmic;
  private final List<Row> rows = new ArrayList<>();

  /** A group's heading, or a subject with its score and perhaps a second one. */
  private record Row(String heading, Subject subject, Score score, Score hollow) {
    String text() {
      return heading != null ? heading : subject.label() + ": " + values();
    }

    String values() {
      return hollow == null ? score.text() : score.text() + "; hollow " + hollow.text();
    }

    List<Score> scores() {
      return hollow == null ? List.of(score) : List.of(score, hollow);
    }

    /** The share of the plot's width to the left of the label. */
    double share() {
      return 1 - GAP_SHARE - CHARACTER_SHARE * values().length();
    }

    double high() {
      return scores().stream().mapToDouble(DotChart::high).max().orElseThrow();
    }
  }

  private DotChart(String title, String unit, boolean logarithmic) {
    this.title = title;
    this.unit = unit;
    this.logarithmic = logarithmic;
  }

  public static DotChart logarithmic(String title, String unit) {
    return new DotChart(title, unit, true);
  }

  public static DotChart linear(String title, String unit) {
    return new DotChart(title, unit, false);
  }

  public void group(String heading) {
    rows.add(new Row(heading, null, null, null));
  }

  public void dot(Subject subject, Score score) {
    rows.add(new Row(null, subject, score, null));
  }

  /** Two values in one row, the second of which is a hollow dot. */
  public void pair(Subject subject, Score filled, Score hollow) {
    rows.add(new Row(null, subject, filled, hollow));
  }

  public void write(Path file) throws IOException {
    ValueAxis values = valueAxis();
    SymbolAxis names =
        new SymbolAxis(
            null,
            rows.stream()
                .map(row -> row.subject == null ? "" : row.subject.label())
                .toArray(String[]::new));
    names.setInverted(true);
    names.setGridBandsVisible(false);
    XYPlot plot = new XYPlot(new DefaultXYDataset(), values, names, null);
    ChartStyle.apply(plot);
    plot.setRangeGridlinesVisible(false);
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    plot.setRenderer(renderer);
    DefaultXYDataset dots = new DefaultXYDataset();
    for (int y = 0; y < rows.size(); y++) {
      Row row = rows.get(y);
      if (row.subject == null) {
        plot.addAnnotation(text(row.heading, values.getLowerBound(), y, true));
        continue;
      }
      for (int i = 0; i < row.scores().size(); i++) {
        Score score = row.scores().get(i);
        boolean filled = i == 0;
        int series = dots.getSeriesCount();
        dots.addSeries("dot " + series, new double[][] {{score.value()}, {y}});
        renderer.setSeriesPaint(series, row.subject.color());
        renderer.setSeriesShape(series, row.subject.shape());
        renderer.setSeriesShapesFilled(series, filled);
        renderer.setSeriesOutlineStroke(series, new BasicStroke(filled ? 1 : 2));
        if (!Double.isNaN(score.error())) {
          plot.addAnnotation(errorBar(row.subject, score, y, values.getLowerBound()));
        }
      }
      plot.addAnnotation(text(row.values(), beside(row.high(), values), y, false));
    }
    plot.setDataset(dots);
    String note =
        logarithmic
            ? unit + ", logarithmic; bars: 99.9 % confidence, cut off at the left edge"
            : unit;
    SvgFile.write(
        ChartStyle.chart(title, note, plot),
        WIDTH,
        FRAME_HEIGHT + ROW_HEIGHT * rows.size(),
        unit + "; " + rows.stream().map(Row::text).collect(Collectors.joining("; ")),
        file);
  }

  /** An axis that has room for each row's label. */
  private ValueAxis valueAxis() {
    List<Row> dots = rows.stream().filter(row -> row.subject != null).toList();
    if (!logarithmic) {
      return ChartStyle.linear(
          null, dots.stream().mapToDouble(row -> row.high() / row.share()).max().orElse(1));
    }
    double lowest =
        dots.stream()
            .flatMap(row -> row.scores().stream())
            .mapToDouble(Score::value)
            .min()
            .orElse(1);
    double lower = ChartStyle.powerOfTenBelow(lowest);
    double length =
        dots.stream()
            .mapToDouble(row -> Math.log(row.high() / lower) / row.share())
            .max()
            .orElse(1);
    return ChartStyle.logarithmic(null, lower, lower * Math.exp(length));
  }

  private static double high(Score score) {
    return Double.isNaN(score.error()) ? score.value() : score.value() + score.error();
  }

  /** A few pixels to the right. */
  private double beside(double x, ValueAxis axis) {
    return logarithmic
        ? x * Math.pow(axis.getUpperBound() / axis.getLowerBound(), GAP_SHARE)
        : x + GAP_SHARE * axis.getUpperBound();
  }

  private static XYAnnotation errorBar(Subject subject, Score score, int y, double lowerBound) {
    double low = Math.max(score.value() - score.error(), lowerBound);
    return new XYLineAnnotation(low, y, high(score), y, new BasicStroke(2), subject.color());
  }

  private static XYAnnotation text(String text, double x, double y, boolean heading) {
    Font font = heading ? ChartStyle.BOLD : ChartStyle.PLAIN;
    return ChartStyle.text(text, x, y, font, ChartStyle.TEXT, TextAnchor.CENTER_LEFT);
  }
}
