/**
 * How {@code dev.presence} does it. Not for use by applications: nothing here is kept stable.
 *
 * <p>Data flows one way: {@link dev.presence.PresenceBuilder} opens a {@code LocalPresence} through
 * {@link dev.presence.internal.PresenceFactory}; that applies the rules (arguments, time, window)
 * and asks the {@code StampStore}. That is a {@code LockFreeStore} on the memory of a Chronicle
 * Map; or, where that memory is laid out in another way than expected, the {@code ChronicleStore},
 * which is also the only class that knows Chronicle Map. The {@code Sweeper} and {@code Room} hang
 * off the store's side; callers wait for {@code Room} alone, when there is none.
 */
package dev.presence.internal;
