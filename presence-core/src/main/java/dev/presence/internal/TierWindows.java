package dev.presence.internal;

import dev.presence.PresenceTiers;
import dev.presence.internal.store.Stamp;

/** Puts stamps into tiers. Immutable. */
final class TierWindows {

  private final long[] windowSeconds;

  TierWindows(PresenceTiers tiers) {
    this.windowSeconds = new long[tiers.size()];
    for (int tier = 0; tier < windowSeconds.length; tier++) {
      windowSeconds[tier] = tiers.window(tier).toSeconds();
    }
  }

  byte tierOf(int stamp, long nowSeconds) {
    final long[] windowSeconds = this.windowSeconds;
    for (int tier = 0; tier < windowSeconds.length; tier++) {
      if (Stamp.isYounger(stamp, nowSeconds, windowSeconds[tier])) {
        return (byte) tier;
      }
    }
    return PresenceTiers.NONE;
  }
}
