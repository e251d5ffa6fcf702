package dev.presence.jmh.report;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.util.ShapeUtils;

/**
 * What a figure is about: its name in every table, and its colour and marker in every chart. No two
 * have both the same colour and the same marker. The colours are those of Okabe and Ito, which the
 * colour-blind can tell apart, without black and yellow, so that they show on white and on black.
 */
public enum Subject {
  PRESENCE("presence", Palette.VERMILLION, Marker.CIRCLE),

  HPPC("HPPC (one thread)", Palette.PURPLE, Marker.CROSS),
  CHRONICLE("Chronicle Map", Palette.BLUE, Marker.SQUARE),
  CHRONICLE_DATA("Chronicle Map (no boxing)", Palette.SKY_BLUE, Marker.DIAMOND),
  CONCURRENT_HASH_MAP("ConcurrentHashMap", Palette.GREEN, Marker.TRIANGLE),
  CONCURRENT_HASH_MAP_AFTER_GC("ConcurrentHashMap (after GC)", Palette.GREEN, Marker.CIRCLE),
  CONCURRENT_HASH_MAP_OF_CELLS("ConcurrentHashMap (cells)", Palette.GREEN, Marker.CROSS),
  CAFFEINE("Caffeine", Palette.ORANGE, Marker.INVERTED_TRIANGLE),

  MARIADB_REPLACE("MariaDB, REPLACE", Palette.BLUE, Marker.TRIANGLE),
  MARIADB_UPSERT("MariaDB, upsert", Palette.BLUE, Marker.INVERTED_TRIANGLE),
  MARIADB_BOOLEAN("MariaDB, boolean", Palette.BLUE, Marker.DIAMOND),
  REDIS_EXPIRING("Redis, SET EX", Palette.GREEN, Marker.SQUARE),
  REDIS_SORTED_SET("Redis, sorted set", Palette.GREEN, Marker.DIAMOND),
  DYNAMODB("DynamoDB Local", Palette.ORANGE, Marker.CROSS);

  private final String label;
  private final int rgb;
  private final Marker marker;

  Subject(String label, int rgb, Marker marker) {
    this.label = label;
    this.rgb = rgb;
    this.marker = marker;
  }

  /** The subject of the same name as a value of a benchmark's parameter. */
  public static Subject of(Enum<?> value) {
    return valueOf(value.name());
  }

  public String label() {
    return label;
  }

  public Color color() {
    return new Color(rgb);
  }

  public Shape shape() {
    return marker.shape();
  }

  private static final class Palette {
    private static final int VERMILLION = 0xD55E00;
    private static final int BLUE = 0x0072B2;
    private static final int SKY_BLUE = 0x56B4E9;
    private static final int GREEN = 0x009E73;
    private static final int ORANGE = 0xE69F00;
    private static final int PURPLE = 0xCC79A7;
  }

  private enum Marker {
    CIRCLE,
    CROSS,
    SQUARE,
    DIAMOND,
    TRIANGLE,
    INVERTED_TRIANGLE;

    private Shape shape() {
      return switch (this) {
        case CIRCLE -> new Ellipse2D.Double(-5.5, -5.5, 11, 11);
        case CROSS -> ShapeUtils.createDiagonalCross(4.5f, 1.2f);
        case SQUARE -> new Rectangle2D.Double(-4.5, -4.5, 9, 9);
        case DIAMOND -> ShapeUtils.createDiamond(6);
        case TRIANGLE -> ShapeUtils.createUpTriangle(5);
        case INVERTED_TRIANGLE -> ShapeUtils.createDownTriangle(5);
      };
    }
  }
}
