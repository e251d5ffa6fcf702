/**
 * What threads share, whatever they work on: the {@link dev.presence.internal.concurrent.CallGate},
 * which knows the calls inside; the {@link dev.presence.internal.concurrent.PlatformLane}, the
 * library's own thread; and a {@link dev.presence.internal.concurrent.Pool} of working memory. All
 * of it holds when an Error ends a caller anywhere.
 */
package dev.presence.internal.concurrent;
