package dev.presence;

import dev.presence.internal.store.WholeSeconds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * Names for how long ago a user was last seen, such as online, away and recent. Each tier has a
 * window, the shortest first; a user is in the first tier whose window the last heartbeat is
 * younger than. At an age of exactly the window the user is in the next one, and after the last one
 * in {@linkplain #NONE none}.
 *
 * <pre>{@code
 * PresenceTiers.builder()
 *     .tier("ONLINE", Duration.ofSeconds(30))
 *     .tier("IDLE", Duration.ofMinutes(10))
 *     .build()
 * }</pre>
 *
 * <p>{@link Presence#tiersOf(long[], byte[])} answers with the index of the tier, from zero. Two
 * objects with the same names and windows are equal. Immutable, so any number of threads may use
 * it.
 */
public final class PresenceTiers {

  /** The answer for a user in no tier, last seen too long ago or unknown: {@value}. */
  public static final byte NONE = -1;

  /** The window of {@code AWAY} unless configured, as far as the retention reaches: 5 minutes. */
  public static final Duration DEFAULT_AWAY_WINDOW = Duration.ofMinutes(5);

  /** The window of {@code RECENT} unless configured, as far as the retention reaches: 7 days. */
  public static final Duration DEFAULT_RECENT_WINDOW = Duration.ofDays(7);

  private static final String NAME_OF_NONE = "OFFLINE";
  private static final int LARGEST_SIZE = Byte.MAX_VALUE;

  private final List<String> names;
  private final List<Duration> windows;

  private PresenceTiers(List<String> names, List<Duration> windows) {
    this.names = List.copyOf(names);
    this.windows = List.copyOf(windows);
  }

  /**
   * Starts with no tier.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** The tiers unless configured. A window that is not longer than the one before is left out. */
  static PresenceTiers upTo(Duration retention, Duration onlineWindow) {
    Builder builder = builder().tier("ONLINE", onlineWindow);
    builder.tierIfLonger("AWAY", shorter(DEFAULT_AWAY_WINDOW, retention));
    builder.tierIfLonger("RECENT", shorter(DEFAULT_RECENT_WINDOW, retention));
    return builder.build();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /**
   * How many tiers there are.
   *
   * @return from 1 to 127
   */
  public int size() {
    return names.size();
  }

  /**
   * The name of a tier, to print or to send. {@link #NONE} has a name too, {@code OFFLINE}, so that
   * every answer of {@link Presence#tiersOf(long[], byte[])} has one, and no other answer has the
   * same.
   *
   * @param tier from 0 to {@link #size()} - 1, or {@link #NONE}
   * @return the name
   * @throws IllegalArgumentException if {@code tier} is outside its range
   */
  public String name(int tier) {
    checkTier(tier, NONE);
    return tier == NONE ? NAME_OF_NONE : names.get(tier);
  }

  /**
   * The window of a tier: its users were last seen less than this long ago, and not within the
   * window of the tier before.
   *
   * @param tier from 0 to {@link #size()} - 1; {@link #NONE} has no window
   * @return whole seconds, at least one
   * @throws IllegalArgumentException if {@code tier} is outside its range
   */
  public Duration window(int tier) {
    checkTier(tier, 0);
    return windows.get(tier);
  }

  private void checkTier(int tier, int first) {
    if (tier < first) {
      throw new IllegalArgumentException("tier must be >= " + first + ": tier=" + tier);
    }
    if (tier >= size()) {
      throw new IllegalArgumentException("tier must be < size: tier=" + tier + " size=" + size());
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PresenceTiers tiers
        && names.equals(tiers.names)
        && windows.equals(tiers.windows);
  }

  @Override
  public int hashCode() {
    return Objects.hash(names, windows);
  }

  /**
   * Names every tier and its window, for example {@code PresenceTiers[ONLINE=PT30S, AWAY=PT5M]}.
   */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ", "PresenceTiers[", "]");
    for (int tier = 0; tier < size(); tier++) {
      text.add(names.get(tier) + "=" + windows.get(tier));
    }
    return text.toString();
  }

  /**
   * Collects tiers, the shortest window first. It rejects a bad tier at once and keeps those it
   * had; {@link #build()} freezes it. Not for use by several threads at once.
   */
  public static final class Builder {

    private final List<String> names = new ArrayList<>();
    private final List<Duration> windows = new ArrayList<>();
    private boolean built;

    private Builder() {}

    /**
     * Adds a tier. There may be 127.
     *
     * @param name any text that is not blank, not the name of another tier, and not {@code
     *     OFFLINE}, the name of {@link #NONE}
     * @param window whole seconds, from 1 second to {@link PresenceBuilder#LONGEST_RETENTION}, and
     *     longer than the window before
     * @return this builder
     * @throws NullPointerException if {@code name} or {@code window} is null
     * @throws IllegalArgumentException if one of them breaks its rule, or there are 127 tiers; that
     *     the retention is at least the last window is checked by {@link PresenceBuilder#open()}
     * @throws IllegalStateException if this builder has built its tiers
     */
    public Builder tier(String name, Duration window) {
      checkNotBuilt();
      checkName(name);
      WholeSeconds.checkUpToLongest("tier window", "window", window);
      if (!isLonger(window)) {
        throw new IllegalArgumentException(
            "tier window must be > the window before: window=" + window + " before=" + last());
      }
      if (names.size() == LARGEST_SIZE) {
        throw new IllegalArgumentException(
            "tiers must be <= " + LARGEST_SIZE + ": tiers=" + (names.size() + 1));
      }
      names.add(name);
      windows.add(window);
      return this;
    }

    /**
     * Makes the tiers.
     *
     * @return the tiers in the order in which they were added
     * @throws IllegalArgumentException if there is none; this builder can still take one
     * @throws IllegalStateException if this builder has built its tiers before
     */
    public PresenceTiers build() {
      checkNotBuilt();
      if (names.isEmpty()) {
        throw new IllegalArgumentException("tiers must be >= 1: tiers=0");
      }
      built = true;
      return new PresenceTiers(names, windows);
    }

    private void tierIfLonger(String name, Duration window) {
      if (isLonger(window)) {
        tier(name, window);
      }
    }

    private boolean isLonger(Duration window) {
      return windows.isEmpty() || window.compareTo(last()) > 0;
    }

    private Duration last() {
      return windows.get(windows.size() - 1);
    }

    private void checkName(String name) {
      Objects.requireNonNull(name, "name");
      if (name.isBlank()) {
        throw new IllegalArgumentException("tier name must not be blank: name=" + name);
      }
      if (names.contains(name)) {
        throw new IllegalArgumentException("tier name must not repeat: name=" + name);
      }
      if (name.equals(NAME_OF_NONE)) {
        throw new IllegalArgumentException("tier name must not be that of NONE: name=" + name);
      }
    }

    private void checkNotBuilt() {
      if (built) {
        throw new IllegalStateException("a builder must not be used after build()");
      }
    }
  }
}
