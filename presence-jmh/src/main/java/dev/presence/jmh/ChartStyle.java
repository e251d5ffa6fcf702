package dev.presence.jmh;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.DoubleSummaryStatistics;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler;

/** One look for all charts: presence in a colour of its own, the others beside it. */
public final class ChartStyle {

  private static final Color GRID = new Color(0xDDDDDD);

  private ChartStyle() {}

  /** An empty chart. */
  public static CategoryChart chart(String title, String xTitle, String yTitle) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(1000)
            .height(560)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    CategoryStyler styler = chart.getStyler();
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setChartTitleBoxVisible(false);
    styler.setChartTitleFont(font(Font.BOLD, 18));
    styler.setAxisTitleFont(font(Font.BOLD, 14));
    styler.setAxisTickLabelsFont(font(Font.PLAIN, 14));
    styler.setLegendFont(font(Font.PLAIN, 14));
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendPosition(Styler.LegendPosition.OutsideE);
    styler.setLabelsFont(font(Font.PLAIN, 12));
    styler.setDecimalPattern("#,##0.##");
    styler.setChartPadding(16);
    styler.setAxisTickPadding(8);
    styler.setPlotMargin(8);
    return chart;
  }

  /** From one power of ten to another, or the lowest bars would have no height. */
  public static void logarithmic(CategoryChart chart, DoubleSummaryStatistics values) {
    CategoryStyler styler = chart.getStyler();
    styler.setYAxisLogarithmic(true);
    styler.setYAxisMin(Math.pow(10, Math.floor(Math.log10(values.getMin()))));
    styler.setYAxisMax(Math.pow(10, Math.ceil(Math.log10(values.getMax()))));
  }

  private static Color color(Store store) {
    return switch (store) {
      case PRESENCE -> new Color(0xD7301F);
      case HPPC -> new Color(0x636363);
      case CHRONICLE -> new Color(0x2171B5);
      case CHRONICLE_DATA -> new Color(0x8CBEE0);
      case CONCURRENT_HASH_MAP -> new Color(0x41AB5D);
      case CAFFEINE -> new Color(0xB39BC8);
    };
  }

  static void paint(CategorySeries series, Store store) {
    series.setFillColor(color(store));
    series.setLineColor(color(store));
    series.setMarkerColor(color(store));
    series.setLineStyle(new BasicStroke(store == Store.PRESENCE ? 4f : 2f));
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }
}
