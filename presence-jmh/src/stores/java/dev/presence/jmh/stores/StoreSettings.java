package dev.presence.jmh.stores;

import dev.presence.PresenceBuilder;

/**
 * How a store is opened.
 *
 * @param windowSeconds age of the last heartbeat at which a user goes offline
 * @param expirySeconds how long a remote store keeps a stamp, at least the window; this library
 *     keeps it for the window, its default
 * @param maxUsers number of users that this library makes room for; the others need not know
 * @param connections where connections come from
 */
public record StoreSettings(
    int windowSeconds, int expirySeconds, long maxUsers, Connections connections) {

  /** This library's defaults; the window is the design's, too. */
  public static final StoreSettings DEFAULT =
      new StoreSettings(
          (int) PresenceBuilder.DEFAULT_ONLINE_WINDOW.toSeconds(),
          (int) PresenceBuilder.DEFAULT_ONLINE_WINDOW.toSeconds(),
          PresenceBuilder.DEFAULT_MAX_USERS,
          Connections.KEPT);

  /** The same with another window and an expiry of the same length. */
  public StoreSettings withWindowSeconds(int seconds) {
    return new StoreSettings(seconds, seconds, maxUsers, connections);
  }

  /** The same with other connections. */
  public StoreSettings with(Connections connections) {
    return new StoreSettings(windowSeconds, expirySeconds, maxUsers, connections);
  }

  /** This library's rule: offline at an age of exactly the window, online at a negative age. */
  boolean isOnline(long stamp, long nowSecond) {
    return nowSecond - stamp < windowSeconds;
  }
}
