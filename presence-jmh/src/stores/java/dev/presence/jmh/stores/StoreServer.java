package dev.presence.jmh.stores;

/** A server that answers: one that {@link StoreServers} has started, or found. */
public interface StoreServer extends AutoCloseable {

  /** The address, in the form of the kind's system property. */
  String address();

  /** Stops a server that was started, and deletes its folder; leaves one that was found. */
  @Override
  void close();
}
