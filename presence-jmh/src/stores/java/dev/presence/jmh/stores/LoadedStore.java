package dev.presence.jmh.stores;

import dev.presence.jmh.Users;
import java.util.Arrays;

/**
 * A store in which all users of a measurement are recorded. Its server is the one that a system
 * property names, or one that is started for it.
 */
final class LoadedStore implements AutoCloseable {

  /**
   * How long the remote stores keep stamps here: longer than any measurement, in which the users do
   * not beat. The window is the shipped one all the same.
   */
  static final int EXPIRY_SECONDS = 3600;

  /**
   * How many seconds pass for the heartbeats in one of the clock: so that a thread that comes round
   * to the same users several times in a second has a later stamp to write each time, as real
   * clients have, and so has the next JVM.
   */
  private static final int SPEED = 100;

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
   * Opens a store and records the users.
   *
   * @param loaded the second at which another JVM has recorded the users, which are looked for and
   *     not recorded again; or 0
   */
  static LoadedStore open(StoreType type, int users, long loaded, Connections connections) {
    // Some clients log, for which there is no provider here; not every JVM need say so.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    StoreServer server = type.server().map(ServerKind::open).orElse(null);
    PresenceStore store = null;
    try {
      store =
          type.open(
              server == null ? "" : server.address(),
              new StoreSettings(
                  StoreSettings.DEFAULT.windowSeconds(), EXPIRY_SECONDS, users, connections));
      boolean owner = loaded == 0 || server == null;
      long second = owner ? System.currentTimeMillis() / 1000 : loaded;
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

  /** Records users in chunks that every store takes well. */
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

  /** The time of all questions: everybody is online. */
  long nowSecond() {
    return loadedSecond + 1;
  }

  /** The time of the first heartbeats of this JVM: later than that of any before it. */
  long firstBeatSecond() {
    return loadedSecond + 1 + SPEED * (System.currentTimeMillis() / 1000 - loadedSecond);
  }

  @Override
  public void close() {
    if (owner) {
      store.drop();
    }
    close(store, server);
  }

  /** No figure comes from a store that has forgotten its users, or that knows others. */
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
