package dev.presence.jmh;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongToIntFunction;

/**
 * A {@code ConcurrentHashMap<Long, Integer>} in its best form. It is sized in advance, so that its
 * table never grows: the constructor chooses a power of two of bins, at least a third more than
 * users, and the table doubles when three quarters of the bins are exceeded. It is filled by one
 * thread in the order of its table ({@link TableOrder}), which a service could not choose. A
 * heartbeat is one {@code merge} that keeps the later stamp. Nothing removes users who are offline:
 * a service would have to.
 *
 * <p>Objects do not stay where they were made. With {@code collected}, a full garbage collection
 * follows the filling: it moves every node, key and value together, without the gaps that dead
 * objects and half-empty regions left, and into the old generation, so that no collection while the
 * map is measured moves them again. G1 keeps their order, so a full collection does not undo the
 * order of the filling.
 */
final class ConcurrentHashMapContender extends BoxedMapContender {

  private final ConcurrentHashMap<Long, Integer> stamps;
  private final LongToIntFunction order;
  private final boolean collected;

  ConcurrentHashMapContender(int users, BenchmarkClock clock, boolean collected) {
    this(new ConcurrentHashMap<>(users), TableOrder.of(users), clock, collected);
  }

  private ConcurrentHashMapContender(
      ConcurrentHashMap<Long, Integer> stamps,
      LongToIntFunction order,
      BenchmarkClock clock,
      boolean collected) {
    super(stamps, clock);
    this.stamps = stamps;
    this.order = order;
    this.collected = collected;
  }

  @Override
  public Optional<LongToIntFunction> fillingOrder() {
    return Optional.of(order);
  }

  @Override
  public void settle() {
    if (collected) {
      System.gc();
    }
  }

  @Override
  void put(long userId, Integer nowSecond) {
    stamps.merge(userId, nowSecond, ConcurrentHashMapContender::later);
  }

  // Returns one of its arguments; Math::max would allocate an Integer for each heartbeat.
  private static Integer later(Integer stored, Integer now) {
    return stored.intValue() >= now.intValue() ? stored : now;
  }
}
