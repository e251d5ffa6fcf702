package dev.presence.jmh.stores;

import dev.presence.jmh.Users;
import java.util.Arrays;

/**
 * A store that holds all users of a measurement. Its server is the one that a system property
 * names, or one that is started for it.
 */
final class LoadedStore implements AutoCloseable {

  /**
   * How long the remote stores keep stamps: longer than any measurement, because the users do not
   * beat meanwhile. The window is the shipped one.
   */
  private static final int EXPIRY_SECONDS = 3600;

  /**
   * Seconds of the heartbeats' time per second of the clock. A thread that returns to the same
   * users several times per second thus has a later stamp to write each time, like real clients,
   * and so has the next JVM.
   */
  private static final int SPEED_UP = 100;

  private static final int CHUNK = 1000;

  private final StoreServer server;
  private final PresenceStore store;
  private final long[] users;
  private final long loadedSecond;
  private final boolean owner;

  private LoadedStore(
      StoreServer server, PresenceStore store, long[] users, long loadedSecond, boolean owner) {
    this.server = server;
    this.store = store;
    this.users = users;
    this.loadedSecond = loadedSecond;
    this.owner = owner;
  }

  /**
   * Opens a store and records the users, or checks that another JVM has recorded them.
   *
   * @param loadedSecond epoch second at which another JVM has recorded the users; 0 if none has
   */
  static LoadedStore open(StoreType type, int users, long loadedSecond, Connections connections) {
    // Some clients log, and there is no provider here; once is enough to say so.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    StoreServer server = type.server().map(StoreServers::open).orElse(null);
    PresenceStore store = null;
    try {
      store = type.open(server == null ? "" : server.address(), settings(users, connections));
      boolean owner = loadedSecond == 0 || server == null;
      long second = owner ? System.currentTimeMillis() / 1000 : loadedSecond;
      long[] ids = Users.shuffled(users);
      if (owner) {
        load(store, ids, second);
      }
      check(type, store, ids, second);
      return new LoadedStore(server, store, ids, second, owner);
    } catch (RuntimeException e) {
      close(store, server);
      throw e;
    }
  }

  /** How a measurement's store is opened. */
  static StoreSettings settings(int users, Connections connections) {
    return new StoreSettings(
        StoreSettings.DEFAULT.windowSeconds(), EXPIRY_SECONDS, users, connections);
  }

  /** Records users in chunks that suit every store. */
  static void load(PresenceStore store, long[] ids, long second) {
    for (int first = 0; first < ids.length; first += CHUNK) {
      store.heartbeats(Arrays.copyOfRange(ids, first, Math.min(first + CHUNK, ids.length)), second);
    }
  }

  PresenceStore store() {
    return store;
  }

  /** All users, in random order. */
  long[] users() {
    return users;
  }

  /** The time of all questions, when everybody is online. */
  long nowSecond() {
    return loadedSecond + 1;
  }

  /** The time of this JVM's first heartbeats, later than those of any JVM before it. */
  long firstBeatSecond() {
    return loadedSecond + 1 + SPEED_UP * (System.currentTimeMillis() / 1000 - loadedSecond);
  }

  @Override
  public void close() {
    if (owner) {
      store.drop();
    }
    close(store, server);
  }

  /** No figure comes from a store that has forgotten its users, or knows others. */
  private static void check(StoreType type, PresenceStore store, long[] ids, long second) {
    long[] sample = Arrays.copyOf(ids, Math.min(CHUNK, ids.length));
    for (boolean online : store.statusOf(sample, second + 1)) {
      if (!online) {
        throw new IllegalStateException("all recorded users must be online: store=" + type);
      }
    }
    if (store.isOnline(Users.id(ids.length), second + 1)) {
      throw new IllegalStateException("nobody else must be online: store=" + type);
    }
  }

  private static void close(PresenceStore store, StoreServer server) {
    if (store != null) {
      store.close();
    }
    if (server != null) {
      server.close();
    }
  }
}
