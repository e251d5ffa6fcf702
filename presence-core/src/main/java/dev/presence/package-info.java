/**
 * Who is online, answered in the process. An application records heartbeats and asks for many users
 * at once; see {@link dev.presence.Presence}.
 *
 * <p><strong>Priorities</strong>, in this order: no heartbeat is lost and nobody is falsely
 * offline; answers are fast and make no garbage; memory is small and known in advance.
 *
 * <p><strong>Meaning.</strong> The epoch second of each user's last heartbeat is stored. A user is
 * online while that stamp is younger than a window, so a client that crashes goes offline by
 * itself. One predicate decides for single answers, batches, counts, iteration and the sweeper, so
 * an answer never depends on when a sweep ran.
 *
 * <p><strong>Threading.</strong> Every {@link dev.presence.Presence} is safe for use by any number
 * of platform and virtual threads. One daemon thread per instance removes users who have expired, a
 * small part of the map at a time. Another one opens and closes the storage and removes users for
 * callers who ask for it; it ends when there is nothing to do. A third one writes snapshots, if
 * there is a folder for them, and a fourth one finds out who has come and gone while anybody
 * listens. Code of the application (the clock, an action given to {@code forEachOnline}) runs on
 * the calling thread and under no lock, and listeners run on their executor; those threads call the
 * clock, too.
 *
 * <p><strong>Time.</strong> All stamps come from the configured {@link java.time.InstantSource}, in
 * whole seconds. Two clients whose heartbeats come from two machines compare as well as the clocks
 * of those machines agree; {@code recordHeartbeat(userId)} uses this machine's alone. A clock that
 * jumps ahead makes users expire early; one that steps back keeps them online.
 *
 * <p><strong>Durability.</strong> The stamps live in memory outside the Java heap and end with the
 * process, unless {@link dev.presence.PresenceBuilder#persistTo} names a folder: then a thread
 * writes a snapshot of them every few seconds, and the next process begins with the newest one.
 * What it knows then is never wrong, only older. Otherwise clients that beat again fill a new
 * presence within one heartbeat interval.
 *
 * <p><strong>Figures.</strong> {@link dev.presence.Presence#stats()} has all of them; nothing is
 * counted on the path of heartbeats and answers. {@code dev.presence.micrometer.PresenceMetrics}
 * makes meters of them for applications that have Micrometer, and {@link
 * dev.presence.PresenceBuilder#registerMXBean} shows them to JMX. JDK Flight Recorder gets events
 * named {@code dev.presence.Open}, {@code Sweep}, {@code Snapshot}, {@code Full} and {@code
 * Resync}, each with the name of the instance, while a recording runs.
 *
 * <p><strong>Several processes</strong> share their users through a log in Redis or Valkey, with
 * {@link dev.presence.PresenceBuilder#replicateThrough} and {@code dev.presence.redis}: each holds
 * all users and answers from its own memory, on a thread more.
 *
 * <p><strong>Limits.</strong> The memory for {@code maxUsers} is reserved at once. Without
 * replication, one process sees the heartbeats that it received, and no others.
 *
 * <p><strong>Null.</strong> No method takes null, {@code equals} apart, and none returns it.
 * {@code @NullMarked} says so to tools that know JSpecify, whose jar nobody needs to use this
 * library.
 */
@NullMarked
package dev.presence;

import org.jspecify.annotations.NullMarked;
