/**
 * How {@code dev.presence} does it. Not for use by applications: nothing here is kept stable.
 *
 * <p>Data flows one way: {@link dev.presence.PresenceBuilder} opens a {@code LocalPresence} through
 * {@link dev.presence.internal.PresenceFactory}; that applies the rules (arguments, time, window)
 * and asks the {@code ChronicleStore}, the only class that knows Chronicle Map. The {@code Sweeper}
 * hangs off the store's side, and no caller waits for it.
 */
package dev.presence.internal;
