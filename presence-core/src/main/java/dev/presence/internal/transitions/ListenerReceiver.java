package dev.presence.internal.transitions;

import dev.presence.PresenceListener;

/** Tells a listener, which takes whatever comes. */
final class ListenerReceiver implements Receiver {

  private final PresenceListener listener;

  ListenerReceiver(PresenceListener listener) {
    this.listener = listener;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void receive(EventQueue.Event event) {
    long epochSecond = Integer.toUnsignedLong(event.stamp);
    switch (event.kind) {
      case EventQueue.ONLINE -> listener.onOnline(event.userId, epochSecond);
      case EventQueue.OFFLINE -> listener.onOffline(event.userId, epochSecond);
      default -> listener.onResync();
    }
  }

  @Override
  public boolean wantsEnd() {
    return false;
  }

  @Override
  public void end() {}

  @Override
  public String name() {
    return "listener";
  }
}
