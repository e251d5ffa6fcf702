/**
 * The implementation of {@code dev.presence}. Not for use by applications: nothing in here or in
 * the packages below is kept stable.
 *
 * <p>Data flows one way. {@link dev.presence.PresenceBuilder} opens a {@code LocalPresence} through
 * {@link dev.presence.internal.PresenceFactory}. That applies the rules (arguments, time, window)
 * and asks a {@link dev.presence.internal.store.StampStore}: the {@link
 * dev.presence.internal.lockfree.LockFreeStore} on the memory of a Chronicle Map or, where that
 * memory is laid out in an unknown way, the {@link dev.presence.internal.chronicle.ChronicleStore}.
 * The sweeper thread and {@link dev.presence.internal.sweep.Room} hang off the store's side; a
 * caller waits for {@code Room} alone, and only when the store is full.
 *
 * <p>Each package keeps one secret, and none depends on one that stands before it here:
 *
 * <ul>
 *   <li>{@code internal}: the rules, and how an instance is put together;
 *   <li>{@code management}: an instance in the platform's MBean server;
 *   <li>{@code replication}: what nodes tell each other;
 *   <li>{@code sweep}: who is removed, and when;
 *   <li>{@code snapshot}: what survives the process;
 *   <li>{@code csv}: stamps as text;
 *   <li>{@code lockfree}: reads and heartbeats straight in memory;
 *   <li>{@code chronicle}: all of Chronicle Map;
 *   <li>{@code jvm}: what Chronicle Map asks of the JVM, and how it starts and ends;
 *   <li>{@code jfr}: what happens, as events of Flight Recorder;
 *   <li>{@code store}: what a store of stamps is;
 *   <li>{@code concurrent}: the gate, the library's own thread, pools.
 * </ul>
 */
package dev.presence.internal;
