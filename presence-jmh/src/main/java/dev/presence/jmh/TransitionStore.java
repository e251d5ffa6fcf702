package dev.presence.jmh;

import dev.presence.Presence;
import dev.presence.PresenceBuilder;

/** Opens what is measured, and refuses to measure what is not meant. */
final class TransitionStore {

  private TransitionStore() {}

  /** Opens an instance, which must be lock-free: figures of the other store would mislead. */
  static Presence open(PresenceBuilder builder) {
    Presence presence = builder.open();
    if (!presence.stats().lockFree()) {
      String text = presence.toString();
      presence.close();
      throw new IllegalStateException("the store must be lock-free: " + text);
    }
    return presence;
  }
}
