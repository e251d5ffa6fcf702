package dev.presence.jmh.stores;

/** A server that answers; started by {@link ServerKind#open()} or found there. */
public interface StoreServer extends AutoCloseable {

  /** Where it is, in the form that its property takes. */
  String address();

  /** Stops what was started, and removes its folder. A server that was there already stays. */
  @Override
  void close();
}
