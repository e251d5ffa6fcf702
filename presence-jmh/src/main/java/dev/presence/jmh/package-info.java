/**
 * Benchmarks of {@link dev.presence.Presence} beside other ways to keep "user id to last heartbeat"
 * in one process.
 *
 * <p>All of them are opened through {@link dev.presence.jmh.Store}, for the same number of users,
 * with the same window and the same clock, each in the configuration that suits it best. {@code
 * PRESENCE} is opened as it ships: the number of users is set, and the benchmark's clock, and
 * nothing else; its sweeper runs.
 *
 * <p>The time stands still, or moves by a benchmark's own rule, but reading it costs what reading
 * the system's clock costs; {@link dev.presence.jmh.BenchmarkClock} says why. No figure comes from
 * a store that has forgotten its users: each trial asks before and after.
 */
package dev.presence.jmh;
