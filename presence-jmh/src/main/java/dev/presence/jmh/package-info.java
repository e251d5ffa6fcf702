/**
 * Benchmarks of {@link dev.presence.Presence} and of other ways to keep "user id to last heartbeat"
 * in one process: the contenders.
 *
 * <p>{@link dev.presence.jmh.ContenderType} opens all of them for the same number of users, with
 * the same window and the same clock, each configured to its advantage. {@code PRESENCE} is opened
 * as it ships: only the number of users and the benchmark's clock are set, and its sweeper runs.
 *
 * <p>Time stands still, or moves by a benchmark's own rule, but reading it costs what reading the
 * system's clock costs; {@link dev.presence.jmh.BenchmarkClock} says why. No figure comes from a
 * contender that has forgotten its users: each trial checks before and after.
 */
package dev.presence.jmh;
