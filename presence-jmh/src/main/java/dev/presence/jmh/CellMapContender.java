package dev.presence.jmh;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongToIntFunction;

/**
 * A {@code ConcurrentHashMap} from user id to an object that holds the stamp, sized and filled like
 * {@link ConcurrentHashMapContender}. A heartbeat raises the stamp in place by compare-and-set, and
 * changes the map only for a new user. Nothing removes users: a service that does would have to see
 * to it that no heartbeat goes to an object that has just been taken out.
 */
final class CellMapContender implements Contender {

  private final ConcurrentHashMap<Long, Cell> cells;
  private final LongToIntFunction order;
  private final BenchmarkClock clock;

  CellMapContender(int users, BenchmarkClock clock) {
    this.cells = new ConcurrentHashMap<>(users);
    this.order = TableOrder.of(users);
    this.clock = clock;
  }

  @Override
  public Optional<LongToIntFunction> fillingOrder() {
    return Optional.of(order);
  }

  @Override
  public void heartbeat(long userId) {
    raise(userId, clock.second());
  }

  @Override
  public void heartbeats(long[] userIds) {
    int now = clock.second();
    for (long userId : userIds) {
      raise(userId, now);
    }
  }

  private void raise(long userId, int now) {
    Cell cell = cells.get(userId);
    if (cell == null) {
      cell = cells.putIfAbsent(userId, new Cell(now));
    }
    if (cell != null) {
      cell.raise(now);
    }
  }

  @Override
  public boolean isOnline(long userId) {
    return isOnline(userId, clock.second());
  }

  @Override
  public void statusOf(long[] userIds, boolean[] online) {
    int now = clock.second();
    for (int i = 0; i < userIds.length; i++) {
      online[i] = isOnline(userIds[i], now);
    }
  }

  private boolean isOnline(long userId, int now) {
    Cell cell = cells.get(userId);
    return cell != null && now - cell.stamp < WINDOW_SECONDS;
  }

  private static final class Cell {

    private static final VarHandle STAMP;

    static {
      try {
        STAMP = MethodHandles.lookup().findVarHandle(Cell.class, "stamp", int.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    private volatile int stamp;

    Cell(int stamp) {
      this.stamp = stamp;
    }

    void raise(int now) {
      int stored;
      do {
        stored = stamp;
      } while (stored < now && !STAMP.compareAndSet(this, stored, now));
    }
  }
}
