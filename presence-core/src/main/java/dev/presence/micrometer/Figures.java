package dev.presence.micrometer;

import dev.presence.Presence;
import dev.presence.PresenceStats;
import dev.presence.internal.concurrent.Cached;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Reads the figures for all meters of a presence, which a registry asks one after the other. Does
 * not keep the presence alive, and neither do the functions it makes: each call brings it along.
 */
final class Figures {

  /** Long enough for one pass of a registry over its meters, and short for whoever looks. */
  private static final long STATS_NANOS = Duration.ofMillis(100).toNanos();

  private final Cached<PresenceStats> stats;
  private final Cached<Long> online;

  /**
   * Knows nothing yet.
   *
   * @param onlineInterval users are counted at most this often
   * @param nanoTime the machine's time
   */
  Figures(Duration onlineInterval, LongSupplier nanoTime) {
    this.stats = new Cached<>(STATS_NANOS, nanoTime);
    this.online = new Cached<>(onlineInterval.toNanos(), nanoTime);
  }

  /** A figure that goes up and down: NaN when the presence has closed. */
  ToDoubleFunction<Presence> gauge(ToDoubleFunction<PresenceStats> figure) {
    return presence -> {
      try {
        return figure.applyAsDouble(whileOpen(presence, stats.get(presence::stats)));
      } catch (IllegalStateException e) {
        return Double.NaN;
      }
    };
  }

  /** How many users are online: NaN when the presence has closed, or while its clock fails. */
  ToDoubleFunction<Presence> online() {
    return presence -> {
      try {
        return whileOpen(presence, online.get(presence::onlineCount));
      } catch (RuntimeException e) {
        return Double.NaN;
      }
    };
  }

  /** What was read before may be known for longer than the presence is open. */
  private static <T> T whileOpen(Presence presence, T known) {
    presence.name(); // throws otherwise
    return known;
  }

  /** A figure that only goes up: when the presence has closed, what was read last. */
  ToLongFunction<Presence> counter(ToLongFunction<PresenceStats> figure) {
    return presence -> {
      PresenceStats known;
      try {
        known = stats.get(presence::stats);
      } catch (IllegalStateException e) {
        known = stats.last();
      }
      return known == null ? 0 : figure.applyAsLong(known);
    };
  }
}
