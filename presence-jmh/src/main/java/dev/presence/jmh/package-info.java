/**
 * Benchmarks of {@link dev.presence.Presence} and of other ways to keep "user id to last heartbeat"
 * in one process: the contenders.
 *
 * <p>{@link dev.presence.jmh.ContenderType} opens all of them for the same number of users, with
 * the same window and the same clock, each configured to its advantage and filled in the order that
 * suits it. {@code PRESENCE} is opened as it ships: only the number of users and the benchmark's
 * clock are set, and its sweeper runs.
 *
 * <p>Time stands still, or moves by a benchmark's own rule; {@link dev.presence.jmh.BenchmarkClock}
 * says why. Reading it costs what reading the system's clock costs, and single calls are measured
 * with a clock that costs nothing, too: see {@link dev.presence.jmh.ClockType}. No figure comes
 * from a contender that has forgotten its users: each trial checks before and after.
 */
package dev.presence.jmh;
