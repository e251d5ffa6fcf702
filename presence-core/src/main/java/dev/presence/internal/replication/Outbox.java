package dev.presence.internal.replication;

import dev.presence.internal.concurrent.Stripes;
import dev.presence.internal.store.Batch;
import dev.presence.internal.store.Stamp;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What this node's callers have done and the other nodes do not know yet. Callers only leave it
 * here, in one of several places, so that they hardly ever meet; the thread of replication empties
 * it.
 *
 * <p>A heartbeat is to be published only if it moves the user's stamp into another cell: a time of
 * one or more seconds. One in the same cell is noted as <em>repeated</em>, because a disconnect
 * elsewhere may have come in between.
 *
 * <p><strong>The order of one user's heartbeats and disconnects at this node</strong> is told by
 * {@code order}, a count of disconnects. A disconnect takes the next number before it lowers the
 * stamp, a heartbeat reads the number after it has raised the stamp. So a heartbeat whose number is
 * lower than the disconnect's was not begun after it; and if one call ended before the other began,
 * the numbers tell.
 *
 * <p><strong>No heartbeat falls between outbox and scan.</strong> A heartbeat raises the stamp and
 * then reads whether the outbox is on. Whoever switches it on scans the store afterwards: either
 * the heartbeat sees the outbox on, or the scan sees the stamp.
 */
public final class Outbox {

  /** How many departures are kept while the log is away. */
  private static final int MOST_DEPARTURES = 1 << 18;

  /** A stamp that is further ahead is left from a time when the clock was wrong. */
  private static final long SECONDS_AHEAD = 4;

  private final Stripe[] stripes;
  private final long cellSeconds;
  private final AtomicInteger order = new AtomicInteger();
  private final Queue<Departure> departures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger departureCount = new AtomicInteger();

  private volatile boolean on;

  /** The earliest second of a heartbeat that came while this was off. */
  private final AtomicLong earliestMissed = new AtomicLong(Long.MAX_VALUE);

  /** The users of those heartbeats. */
  private final MissedUsers missedUsers = new MissedUsers();

  /**
   * A disconnect at this node.
   *
   * @param millis when, by the node's clock
   * @param order its number
   */
  record Departure(long userId, long millis, int order) {}

  /**
   * An empty outbox, which is off.
   *
   * @param cellSeconds a user is published once in so many seconds at most
   * @param mostEntries how many heartbeats are held between two exchanges, in all
   */
  Outbox(long cellSeconds, int mostEntries) {
    this.cellSeconds = cellSeconds;
    this.stripes = new Stripe[Stripes.perProcessor()];
    int most = Math.max(Stripe.SMALLEST, mostEntries / stripes.length);
    for (int i = 0; i < stripes.length; i++) {
      stripes[i] = new Stripe(most);
    }
  }

  /**
   * Leaves a heartbeat that has been recorded.
   *
   * @param before the stamp so far, as an unsigned number
   */
  public void heartbeat(long userId, long before, long second) {
    if (!on) {
      missedUsers.add(userId);
      missed(second);
      if (!on) { // whoever has switched it on meanwhile may not have seen the second
        return;
      }
    }
    boolean isRepeated = isRepeated(before, second);
    stripe().add(userId, (int) second, entryOrder(isRepeated));
  }

  /** Leaves the heartbeats of a batch, whose stamps so far are in {@link Batch#stamps}. */
  public void heartbeats(Batch batch, long second) {
    if (!on) {
      for (int i = 0; i < batch.size; i++) {
        missedUsers.add(batch.userIds[i]);
      }
      missed(second);
      if (!on) {
        return;
      }
    }
    Stripe stripe = stripe();
    int published = entryOrder(false);
    int repeated = entryOrder(true);
    synchronized (stripe) {
      for (int i = 0; i < batch.size; i++) {
        boolean isRepeated = isRepeated(Integer.toUnsignedLong(batch.stamps[i]), second);
        stripe.put(batch.userIds[i], (int) second, isRepeated ? repeated : published);
      }
    }
  }

  private void missed(long second) {
    if (second < earliestMissed.get()) {
      earliestMissed.accumulateAndGet(second, Math::min);
    }
  }

  private boolean isRepeated(long before, long second) {
    if (before == Stamp.NONE) {
      return false;
    }
    return before >= second
        ? before - second <= SECONDS_AHEAD
        : cellSeconds > 1 && before / cellSeconds == second / cellSeconds;
  }

  /** Whether a cell is longer than a second. */
  boolean hasLongCells() {
    return cellSeconds > 1;
  }

  private int entryOrder(boolean isRepeated) {
    return (order.get() << 1) | (isRepeated ? 1 : 0);
  }

  private Stripe stripe() {
    return stripes[Stripes.ofThread(stripes.length)];
  }

  /** Leaves a disconnect, before the user's stamp is lowered. */
  public void disconnect(long userId, long nodeMillis) {
    int number = order.incrementAndGet() & Integer.MAX_VALUE; // one bit less, as in an entry
    if (departureCount.incrementAndGet() > MOST_DEPARTURES) {
      departureCount.decrementAndGet(); // the window ends those
    } else {
      departures.add(new Departure(userId, nodeMillis, number));
    }
  }

  /** The next departure, or null. */
  Departure nextDeparture() {
    Departure next = departures.poll();
    if (next != null) {
      departureCount.decrementAndGet();
    }
    return next;
  }

  /**
   * Heartbeats are kept from now on.
   *
   * @return the earliest second of those that were not kept, or {@code Long.MAX_VALUE}
   */
  long switchOn() {
    on = true;
    return earliestMissed.getAndSet(Long.MAX_VALUE);
  }

  /** Throws away what is here, and whatever comes until this is on again; notes the seconds. */
  void switchOff() {
    on = false;
    for (Stripe stripe : stripes) {
      synchronized (stripe) { // so that no heartbeat comes between
        stripe.forEach((userId, order) -> missedUsers.add(userId));
        missed(stripe.clear());
      }
    }
  }

  /** Tells the users whose heartbeats are here, with their orders. */
  void forEach(Waiting action) {
    for (Stripe stripe : stripes) {
      stripe.forEach(action);
    }
  }

  /** Takes a heartbeat that is still in the outbox. */
  interface Waiting {
    void heartbeat(long userId, int order);
  }

  /** The users whose heartbeats came, or were thrown away, while this was off. */
  MissedUsers missedUsers() {
    return missedUsers;
  }

  int stripes() {
    return stripes.length;
  }

  /** Moves what is in one of the places into an empty one. */
  void drain(int number, Stripe into) {
    stripes[number].swap(into);
  }

  /** A spare place. */
  Stripe spare() {
    return new Stripe(0);
  }

  /** One place; locked by whoever uses it, for a moment. */
  static final class Stripe {

    private static final int SMALLEST = 256;

    /** Repeated heartbeats are order alone, and not worth more. */
    private static final int MOST_REPEATED = 4_096;

    long[] userIds = {};
    int[] seconds = {};
    int[] orders = {};
    int size;

    /** The earliest second of the heartbeats that were to be published and found no place. */
    long earliestLost = Long.MAX_VALUE;

    /** Whether one that was repeated found none. */
    boolean lostRepeated;

    private int repeated;
    private int most;

    private Stripe(int most) {
      this.most = most;
    }

    synchronized void add(long userId, int second, int order) {
      put(userId, second, order);
    }

    /** Under the lock. */
    private void put(long userId, int second, int order) {
      if ((order & 1) != 0 && repeated++ >= MOST_REPEATED) {
        lostRepeated = true;
        return;
      }
      if (size == userIds.length && !grow()) {
        earliestLost = Math.min(earliestLost, Integer.toUnsignedLong(second));
        return;
      }
      userIds[size] = userId;
      seconds[size] = second;
      orders[size++] = order;
    }

    private boolean grow() {
      if (size >= most) {
        return false;
      }
      int capacity = Math.min(most, Math.max(SMALLEST, 2 * size));
      userIds = Arrays.copyOf(userIds, capacity);
      seconds = Arrays.copyOf(seconds, capacity);
      orders = Arrays.copyOf(orders, capacity);
      return true;
    }

    /** Gives what is here to one that is empty, and takes its memory, or more if it is less. */
    synchronized void swap(Stripe other) {
      if (other.userIds.length < userIds.length) { // so that callers do not have to grow it again
        other.userIds = new long[userIds.length];
        other.seconds = new int[userIds.length];
        other.orders = new int[userIds.length];
      }
      long[] otherIds = other.userIds;
      int[] otherSeconds = other.seconds;
      int[] otherOrders = other.orders;
      other.userIds = userIds;
      other.seconds = seconds;
      other.orders = orders;
      other.size = size;
      other.earliestLost = earliestLost;
      other.lostRepeated = lostRepeated;
      userIds = otherIds;
      seconds = otherSeconds;
      orders = otherOrders;
      forget();
    }

    /** Empties this and gives the memory back; returns the earliest second that was here. */
    synchronized long clear() {
      long earliest = earliestLost;
      for (int i = 0; i < size; i++) {
        earliest = Math.min(earliest, Integer.toUnsignedLong(seconds[i]));
      }
      userIds = new long[0];
      seconds = new int[0];
      orders = new int[0];
      forget();
      return earliest;
    }

    private synchronized void forEach(Waiting action) {
      for (int i = 0; i < size; i++) {
        action.heartbeat(userIds[i], order(i));
      }
    }

    private void forget() {
      size = 0;
      repeated = 0;
      earliestLost = Long.MAX_VALUE;
      lostRepeated = false;
    }

    boolean isRepeated(int i) {
      return (orders[i] & 1) != 0;
    }

    /**
     * The number of the last disconnect, of any user, that the heartbeat at a position has seen.
     */
    int order(int i) {
      return orders[i] >>> 1;
    }
  }
}
