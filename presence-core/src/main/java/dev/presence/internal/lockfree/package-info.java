/**
 * The fast path: reads and heartbeats straight in the memory of a map, without a lock. The door is
 * {@link dev.presence.internal.lockfree.LockFreeStore}, which holds the argument for its
 * correctness; {@link dev.presence.internal.lockfree.LayoutProbe} tells whether a map's memory is
 * laid out as this package knows it. {@code RawMemory}, which can crash the JVM, is used here and
 * nowhere else.
 */
package dev.presence.internal.lockfree;
