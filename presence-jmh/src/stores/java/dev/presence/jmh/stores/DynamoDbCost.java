package dev.presence.jmh.stores;

import java.util.Map;

/**
 * What DynamoDB bills for requests to a table that is paid per request: a write takes one unit per
 * started KB of the item, an eventually consistent read half a unit per started 4 KB. A write whose
 * condition fails is billed too, and a batch is billed as its items.
 *
 * <p>The prices are examples for the reader to replace, in US dollars per million units:
 *
 * <pre>{@code
 * -Dpresence.stores.dynamodb.writePrice=0.625 -Dpresence.stores.dynamodb.readPrice=0.125
 * }</pre>
 *
 * @param writePrice dollars per million write units
 * @param readPrice dollars per million read units
 */
record DynamoDbCost(double writePrice, double readPrice) {

  static final String WRITE_PRICE = "presence.stores.dynamodb.writePrice";
  static final String READ_PRICE = "presence.stores.dynamodb.readPrice";

  private static final double EXAMPLE_WRITE_PRICE = 0.625;
  private static final double EXAMPLE_READ_PRICE = 0.125;
  private static final int WRITE_UNIT_BYTES = 1024;
  private static final int READ_UNIT_BYTES = 4096;
  private static final double MILLION = 1e6;
  private static final long DAY_SECONDS = 86_400;
  private static final long MONTH_DAYS = 30;

  /** Takes the prices from the system properties. */
  static DynamoDbCost configured() {
    return new DynamoDbCost(
        price(WRITE_PRICE, EXAMPLE_WRITE_PRICE), price(READ_PRICE, EXAMPLE_READ_PRICE));
  }

  /**
   * The size of an item whose attributes are all integers: per attribute, the bytes of the name,
   * one byte per two digits, one more, and one for a minus sign.
   */
  static int itemBytes(Map<String, Long> attributes) {
    return attributes.entrySet().stream()
        .mapToInt(
            attribute -> {
              String digits = Long.toString(attribute.getValue());
              int sign = digits.startsWith("-") ? 1 : 0;
              return attribute.getKey().length() + (digits.length() - sign + 1) / 2 + 1 + sign;
            })
        .sum();
  }

  /** Units per write. */
  static long writeUnits(int itemBytes) {
    return started(itemBytes, WRITE_UNIT_BYTES);
  }

  /** Units per eventually consistent read. */
  static double readUnits(int itemBytes) {
    return 0.5 * started(itemBytes, READ_UNIT_BYTES);
  }

  /** Dollars for so many writes. */
  double writes(double count, int itemBytes) {
    return count * writeUnits(itemBytes) * writePrice / MILLION;
  }

  /** Dollars for so many eventually consistent reads. */
  double reads(double count, int itemBytes) {
    return count * readUnits(itemBytes) * readPrice / MILLION;
  }

  /** Heartbeats in 30 days of users who are always online. */
  static double heartbeatsPerMonth(long users, int beatSeconds) {
    return (double) users * DAY_SECONDS * MONTH_DAYS / beatSeconds;
  }

  private static double price(String property, double otherwise) {
    String price = System.getProperty(property, "");
    return price.isBlank() ? otherwise : Double.parseDouble(price);
  }

  private static long started(int bytes, int unit) {
    return Math.max(1, (bytes + unit - 1) / unit);
  }
}
