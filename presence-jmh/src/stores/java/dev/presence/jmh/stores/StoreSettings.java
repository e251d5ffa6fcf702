package dev.presence.jmh.stores;

import dev.presence.PresenceBuilder;

/**
 * How a store is opened.
 *
 * @param windowSeconds a user is online while the last heartbeat is younger than this
 * @param expirySeconds how long a store keeps a stamp; at least the window. Only the remote stores
 *     are told: this library's default is the window
 * @param maxUsers how many this library makes room for; nobody else asks
 * @param connections whether connections are kept
 */
public record StoreSettings(
    int windowSeconds, int expirySeconds, long maxUsers, Connections connections) {

  /** The shipped window of this library, which is the design's, and its default size. */
  public static final StoreSettings DEFAULT =
      new StoreSettings(
          (int) PresenceBuilder.DEFAULT_ONLINE_WINDOW.toSeconds(),
          (int) PresenceBuilder.DEFAULT_ONLINE_WINDOW.toSeconds(),
          PresenceBuilder.DEFAULT_MAX_USERS,
          Connections.KEPT);

  /** The same with an expiry of its own. */
  public StoreSettings expiringAfter(int seconds) {
    return new StoreSettings(windowSeconds, seconds, maxUsers, connections);
  }

  /** The same with another window, and the expiry that goes with it. */
  public StoreSettings withWindow(int seconds) {
    return new StoreSettings(seconds, seconds, maxUsers, connections);
  }

  /** The same with other connections. */
  public StoreSettings with(Connections connections) {
    return new StoreSettings(windowSeconds, expirySeconds, maxUsers, connections);
  }

  /** The rule of this library: an age of exactly the window is offline, one below zero online. */
  boolean isOnline(long stamp, long nowSecond) {
    return nowSecond - stamp < windowSeconds;
  }
}
