package dev.presence;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.LongConsumer;

/**
 * Who is online: heartbeats go in, green dots come out.
 *
 * <p>A user is online while {@code now - lastHeartbeat < window}; at an age of exactly the window
 * the user is offline. The window is {@link PresenceBuilder#onlineWindow(Duration)}, unless a call
 * names another. Every answer comes from the stored stamp and the clock, so none depends on whether
 * a sweep has run.
 *
 * <p><strong>Ids.</strong> Every {@code long} is a user id, {@code 0}, {@code -1} and {@link
 * Long#MIN_VALUE} too.
 *
 * <p><strong>Time.</strong> Stamps are epoch seconds between {@code 1} and {@code 4294967295} (the
 * year 2106). A call reads the clock once; a reading outside that range counts as the nearest end
 * of it. When the clock steps back, a stamp in the future counts as age zero: the user stays online
 * and is not removed. The next sweep lowers a stamp more than a window in the future to now, so
 * that a clock that was wrong for a moment does not keep users online for years.
 *
 * <p><strong>Threads.</strong> Every method may be called by any number of platform and virtual
 * threads at once. No method throws on, waits for or clears the caller's interrupt flag. A batch is
 * not a snapshot: each id is answered at its own moment, all against one reading of the clock.
 *
 * <p><strong>Errors.</strong> An Error in a call, such as a {@link StackOverflowError} of a caller
 * near the end of its stack, costs that call: its heartbeat may or may not be recorded. No other
 * call waits for it or is answered wrongly because of it.
 *
 * <p><strong>After {@link #close()}</strong> every method but {@code close} and {@code toString}
 * throws {@link IllegalStateException}, whatever its arguments. An exception of the clock reaches
 * the caller unchanged, and nothing has been recorded then.
 */
public interface Presence extends AutoCloseable {

  /** What {@link #lastSeen(long)} answers for an unknown user: {@value}. */
  long NEVER = Long.MIN_VALUE;

  /**
   * Opens a presence with every default of {@link PresenceBuilder}: off-heap, in memory, a window
   * of 30 seconds, up to 1,000,000 users.
   *
   * @return an open presence, to be closed by the caller
   * @throws IllegalStateException if this JVM does not grant the access that the storage needs
   */
  static Presence open() {
    return builder().open();
  }

  /**
   * Starts a configuration that has every default.
   *
   * @return a new builder
   */
  static PresenceBuilder builder() {
    return new PresenceBuilder();
  }

  /**
   * The name of this instance, which tells its threads, its figures and its events in recordings
   * from those of others.
   *
   * @return what {@link PresenceBuilder#name(String)} was given
   * @throws IllegalStateException if this presence is closed
   */
  String name();

  /**
   * Records that the user is seen now. A stamp never goes back: where the stored one is later, it
   * stays.
   *
   * <p>A tracked user can always be recorded. When {@code maxUsers} are tracked, a new user takes
   * the place of one last seen at least the retention ago, or of one who has disconnected. If there
   * is none and the retention is longer than the window, those who have been offline the longest
   * give way: one in 64 of all users, or somewhat more. That costs a pass over all users, which
   * happens only when somebody can have become removable since the last one; otherwise a new user
   * is refused at once.
   *
   * @param userId any value
   * @throws PresenceFullException if the user is new and there is no room for one more
   * @throws IllegalStateException if this presence is closed
   */
  void recordHeartbeat(long userId);

  /**
   * Records that the user was seen at a given second: a late, replayed or imported heartbeat. A
   * stamp later than now counts as now. A stamp older than the stored one, or at least the
   * retention old, is ignored.
   *
   * <p>The stamp is all that is kept of a user, so a late heartbeat from before a {@link
   * #disconnect(long)} brings the user back. An application that replays a queue should put
   * sign-outs into the same queue and apply both in their order, or drop the heartbeats of a
   * session that has ended.
   *
   * @param userId any value
   * @param epochSecond seconds since 1970-01-01T00:00:00Z, from 1 to 4294967295
   * @throws IllegalArgumentException if {@code epochSecond} is outside its range
   * @throws PresenceFullException if the user is new and there is no room for one more
   * @throws IllegalStateException if this presence is closed
   */
  void recordHeartbeat(long userId, long epochSecond);

  /**
   * Records that all these users are seen now, with one reading of the clock. Duplicates are
   * harmless.
   *
   * <p>If some of the new users find no room, every other user is recorded before the exception is
   * thrown.
   *
   * @param userIds the users, in any order; read, never written
   * @throws NullPointerException if {@code userIds} is null
   * @throws PresenceFullException if at least one new user found no room; it says how many
   * @throws IllegalStateException if this presence is closed
   */
  void recordHeartbeats(long[] userIds);

  /**
   * Takes a user offline at once: the user signed out. The user is offline for the default window
   * and every shorter one, until the next heartbeat.
   *
   * <p>Where the retention equals the window, the user is forgotten and stays offline even if the
   * clock steps back. Where it is longer, the user stays known, with a stamp exactly a window old.
   * So {@link #lastSeen(long)} may read up to one window early, {@link #statusOf(long[], Duration)}
   * with a longer window may still answer online, and if the clock steps back the user is online
   * again for as many seconds. An unknown user stays unknown.
   *
   * <p>A heartbeat sent before the sign-out that arrives after it brings the user back; see {@link
   * #recordHeartbeat(long, long)}.
   *
   * @param userId any value
   * @throws IllegalStateException if this presence is closed
   */
  void disconnect(long userId);

  /**
   * Is this user online, by the default window?
   *
   * @param userId any value
   * @return whether the last heartbeat is younger than the window; false for an unknown user
   * @throws IllegalStateException if this presence is closed
   */
  boolean isOnline(long userId);

  /**
   * Which of these users are online, by the default window? Allocates the answer and nothing else.
   *
   * @param userIds the users, in any order, duplicates allowed; read, never written
   * @return a new array in which answer {@code i} belongs to {@code userIds[i]}; empty for an empty
   *     question
   * @throws NullPointerException if {@code userIds} is null
   * @throws IllegalStateException if this presence is closed
   */
  boolean[] statusOf(long[] userIds);

  /**
   * Which of these users are online, by another feature's meaning of the word? Allocates the answer
   * and nothing else.
   *
   * @param userIds the users, in any order, duplicates allowed; read, never written
   * @param window whole seconds, from 1 second to the {@linkplain
   *     PresenceBuilder#retention(Duration) retention}: beyond that the library cannot know what it
   *     has forgotten
   * @return a new array in which answer {@code i} belongs to {@code userIds[i]}
   * @throws NullPointerException if {@code userIds} or {@code window} is null
   * @throws IllegalArgumentException if {@code window} is outside its range or not whole seconds
   * @throws IllegalStateException if this presence is closed
   */
  boolean[] statusOf(long[] userIds, Duration window);

  /**
   * Which of these users are online, by the default window? Allocates nothing.
   *
   * @param userIds the users, in any order, duplicates allowed; read, never written
   * @param online receives answer {@code i} for {@code userIds[i]}; at least as long as {@code
   *     userIds}, and what lies beyond keeps its value
   * @throws NullPointerException if {@code userIds} or {@code online} is null
   * @throws IllegalArgumentException if {@code online} is shorter than {@code userIds}; nothing is
   *     written then
   * @throws IllegalStateException if this presence is closed
   */
  void statusOf(long[] userIds, boolean[] online);

  /**
   * When was this user last seen?
   *
   * @param userId any value
   * @return seconds since 1970-01-01T00:00:00Z, or {@link #NEVER} for a user who is unknown or was
   *     last seen at least the retention ago
   * @throws IllegalStateException if this presence is closed
   */
  long lastSeen(long userId);

  /**
   * When were these users last seen? Allocates the answer and nothing else.
   *
   * @param userIds the users, in any order, duplicates allowed; read, never written
   * @return a new array in which answer {@code i} belongs to {@code userIds[i]}: an epoch second or
   *     {@link #NEVER}
   * @throws NullPointerException if {@code userIds} is null
   * @throws IllegalStateException if this presence is closed
   */
  long[] lastSeenOf(long[] userIds);

  /**
   * When were these users last seen? Allocates nothing.
   *
   * @param userIds the users, in any order, duplicates allowed; read, never written
   * @param epochSeconds receives answer {@code i} for {@code userIds[i]}: an epoch second or {@link
   *     #NEVER}; another array than {@code userIds}, at least as long, and what lies beyond keeps
   *     its value
   * @throws NullPointerException if {@code userIds} or {@code epochSeconds} is null
   * @throws IllegalArgumentException if {@code epochSeconds} is shorter than {@code userIds} or the
   *     same array; nothing is written then
   * @throws IllegalStateException if this presence is closed
   */
  void lastSeenOf(long[] userIds, long[] epochSeconds);

  /**
   * The tiers that {@link #tierOf(long)} and {@link #tiersOf(long[], byte[])} answer with: those of
   * {@link PresenceBuilder#tiers(PresenceTiers)}, or the default ones.
   *
   * @return the same tiers at each call
   * @throws IllegalStateException if this presence is closed
   */
  PresenceTiers tiers();

  /**
   * In which tier is this user? In the first one whose window the last heartbeat is younger than.
   * Costs what {@link #isOnline(long)} costs, and up to one comparison for each tier.
   *
   * @param userId any value
   * @return the index of a tier of {@link #tiers()}, or {@link PresenceTiers#NONE} for a user who
   *     is unknown or was last seen at least the last window ago
   * @throws IllegalStateException if this presence is closed
   */
  byte tierOf(long userId);

  /**
   * In which tiers are these users? One pass over them answers for all tiers: it costs what {@link
   * #statusOf(long[], boolean[])} costs, and up to one comparison for each user and tier. Allocates
   * nothing.
   *
   * <p>A user who has {@linkplain #disconnect(long) disconnected} and is still known counts as last
   * seen at least one online window ago. So no tier with the online window or a shorter one holds
   * the user, but one with a longer window may: of the default ones, the one after {@code ONLINE}.
   *
   * @param userIds the users, in any order, duplicates allowed; read, never written
   * @param tiers receives answer {@code i} for {@code userIds[i]}: the index of a tier of {@link
   *     #tiers()}, or {@link PresenceTiers#NONE} for a user who is unknown or was last seen at
   *     least the last window ago; at least as long as {@code userIds}, and what lies beyond keeps
   *     its value
   * @throws NullPointerException if {@code userIds} or {@code tiers} is null
   * @throws IllegalArgumentException if {@code tiers} is shorter than {@code userIds}; nothing is
   *     written then
   * @throws IllegalStateException if this presence is closed
   */
  void tiersOf(long[] userIds, byte[] tiers);

  /**
   * How many users are online, by the default window? Counts them one by one, in time proportional
   * to {@link PresenceBuilder#maxUsers(long)}: meant for a gauge every few seconds, not for each
   * request.
   *
   * @return the number of online users; exact if nobody records or disconnects meanwhile
   * @throws IllegalStateException if this presence is closed
   */
  long onlineCount();

  /**
   * Calls an action for every user who is online by the default window, in no particular order and
   * under no lock: the action may call this presence, and may take its time. A user who comes, goes
   * or is swept meanwhile may be missed; nobody is reported twice. The clock is read again for
   * every 128 users, and whoever has gone offline by then is left out: a slow action receives
   * nobody who left longer ago than its last 128 calls took.
   *
   * @param action receives user ids, on the calling thread; an exception it throws ends the
   *     iteration and reaches the caller
   * @throws NullPointerException if {@code action} is null
   * @throws IllegalStateException if this presence is closed, before or during the call
   */
  void forEachOnline(LongConsumer action);

  /**
   * Tells a listener who comes and who goes, beginning with everybody who is online.
   *
   * <p>For listeners a user is online while the last heartbeat is younger than the online window
   * and the {@linkplain PresenceBuilder#gracePeriod(Duration) grace period} together; {@link
   * #disconnect(long)} ends that at once. {@code onOnline} follows within about 15 milliseconds,
   * {@code onOffline} within about a quarter of a second after the second in which the user is due,
   * on an idle machine with a million users. After a pause of the process or a jump of its clock
   * {@code onOffline} waits ({@link PresenceBuilder#pauseGuard(Duration)}). {@link
   * PresenceListener} says what is promised about the order.
   *
   * <p><strong>A slow listener</strong> delays nobody: its events wait in a queue of 1,048,576 of
   * its own. If that overflows, events are dropped, {@code onResync} follows what has been queued,
   * and then everybody who is online.
   *
   * <p><strong>Cost.</strong> While there is a subscription, a thread of the library ({@code
   * <name>-transitions}) works some eight milliseconds a second for a million users and sixteen for
   * ten million, and 0.2 bytes of heap a user and some megabytes are in use. Heartbeats of users
   * who are online cost some percent more at most; the heartbeat that brings a user takes the lock
   * of a segment, and up to three times as long in a batch.
   *
   * <p>Where {@link PresenceBuilder#sweepInterval(Duration)} is zero there is no such thread:
   * {@link #sweep()} finds out who has come and gone since the last one, and has the executor tell
   * the listener.
   *
   * @param listener is told
   * @param executor runs the listener, one call at a time. One that runs tasks on the calling
   *     thread is replaced by a thread of the library, unless the caller sweeps. {@code execute}
   *     must not block
   * @return the subscription, to be closed by the caller
   * @throws NullPointerException if {@code listener} or {@code executor} is null
   * @throws IllegalStateException if this presence is closed
   */
  PresenceSubscription subscribe(PresenceListener listener, Executor executor);

  /**
   * Tells a listener when some users come and go, beginning with those of them who are online.
   * Everything else is as in {@link #subscribe(PresenceListener, Executor)}; the queue holds four
   * events of each user, and from 1,024 to 1,048,576 altogether. A thousand subscriptions of
   * hundreds of users each are no trouble.
   *
   * @param userIds whom the listener wants to know about, copied by this call; a user who is in it
   *     twice is told once
   * @param listener is told
   * @param executor runs the listener, one call at a time
   * @return the subscription, to be closed by the caller
   * @throws NullPointerException if {@code userIds}, {@code listener} or {@code executor} is null
   * @throws IllegalStateException if this presence is closed
   */
  PresenceSubscription subscribe(long[] userIds, PresenceListener listener, Executor executor);

  /**
   * Publishes who comes and who goes, for libraries of reactive streams. Each {@code subscribe} is
   * a subscription of its own, with the promises of {@link #subscribe(PresenceListener, Executor)}:
   * it begins with everybody who is online, and for each user {@code ONLINE} and {@code OFFLINE}
   * alternate, in order, each exactly once. The publisher keeps the rules of Reactive Streams
   * 1.0.4.
   *
   * <p><strong>Demand.</strong> Transitions wait in the subscription's queue until the subscriber
   * requests them. If the queue overflows, transitions are dropped, {@code RESYNC} follows what has
   * been queued, and then everybody who is online. {@code RESYNC} is an element like another, and
   * needs demand.
   *
   * <p><strong>Threads.</strong> {@code subscribe} itself calls {@code onSubscribe}; the executor
   * runs all that follows, one signal at a time. No lock is held meanwhile.
   *
   * <p><strong>The end.</strong> {@link #close()} drops what waits and completes the subscriber.
   * {@code onError} comes for a request of zero or less ({@link IllegalArgumentException}), and for
   * a subscription after {@link #close()} ({@link IllegalStateException}). A last signal that the
   * executor refuses comes on a thread of the library; other refused tasks are tried again after a
   * second, or at the next request after that. A subscriber that throws is cancelled, and that is
   * logged ({@link System.Logger}, name {@code dev.presence}).
   *
   * @param executor runs the subscribers. One that runs tasks on the calling thread is called by a
   *     thread of the library, unless the caller sweeps. {@code execute} must not block
   * @return a publisher for any number of subscribers. It costs nothing while there are none;
   *     {@code cancel} ends a subscription
   * @throws NullPointerException if {@code executor} is null
   * @throws IllegalStateException if this presence is closed
   */
  Flow.Publisher<PresenceTransition> transitions(Executor executor);

  /**
   * Publishes when some users come and go. Everything else is as in {@link #transitions(Executor)},
   * and the queues are those of {@link #subscribe(long[], PresenceListener, Executor)}.
   *
   * @param userIds whom the subscribers want to know about, copied by this call; a user who is in
   *     it twice is told once
   * @param executor runs the subscribers
   * @return a publisher for any number of subscribers
   * @throws NullPointerException if {@code userIds} or {@code executor} is null
   * @throws IllegalStateException if this presence is closed
   */
  Flow.Publisher<PresenceTransition> transitions(long[] userIds, Executor executor);

  /**
   * Runs one full sweep now: removes users last seen at least the retention ago. No heartbeat that
   * arrives meanwhile is lost. Needed only where {@link PresenceBuilder#sweepInterval(Duration)} is
   * zero; harmless otherwise. There it also finds out who has come and gone, for those who {@link
   * #subscribe}; a user whom they still count as online is not removed.
   *
   * @return how many users this call removed
   * @throws IllegalStateException if this presence is closed, before or during the call
   */
  long sweep();

  /**
   * Writes every user last seen within the retention to a new file, as text: a header line {@code
   * user_id,epoch_second}, then a line of two decimal numbers for each user. Users who come or go
   * meanwhile may be missing.
   *
   * @param file the file to create; it must not exist
   * @param listener told after about every 100,000 users and at the end
   * @return how many users were written
   * @throws NullPointerException if {@code file} or {@code listener} is null
   * @throws java.io.UncheckedIOException if the file exists or cannot be written
   * @throws IllegalStateException if this presence is closed, before or during the call
   */
  long exportTo(Path file, ProgressListener listener);

  /**
   * Records every line of a file as {@link #exportTo} writes it, as {@link #recordHeartbeat(long,
   * long)} would. Every line is checked before the first one is recorded. The file must not change
   * meanwhile.
   *
   * @param file the file to read
   * @param listener told after every 100,000 users and at the end
   * @return how many users were read
   * @throws NullPointerException if {@code file} or {@code listener} is null
   * @throws IllegalArgumentException if a line is not good, naming it; nothing is recorded then
   * @throws PresenceFullException if at least one new user found no room; all others are recorded
   * @throws java.io.UncheckedIOException if the file cannot be read
   * @throws IllegalStateException if this presence is closed, before or during the call
   */
  long importFrom(Path file, ProgressListener listener);

  /**
   * What this presence holds and has done. Costs some reads of memory, and a look at each
   * subscription; nothing is counted on the hot path. Meters of Micrometer ({@code
   * dev.presence.micrometer.PresenceMetrics}) and a {@link PresenceMXBean} tell the same.
   *
   * @return the current figures
   * @throws IllegalStateException if this presence is closed
   */
  PresenceStats stats();

  /**
   * Stops the sweeper and releases the memory. With {@link PresenceBuilder#persistTo} it first
   * writes a last snapshot, which has every heartbeat that has returned. Calls under way finish
   * first; later calls throw {@link IllegalStateException}; closing again does nothing. The JVM
   * exits without it, too; an application that wants a last snapshot then calls this from a
   * shutdown hook.
   *
   * <p>Returns within two seconds, or with a snapshot on a slow disk within twelve: a last snapshot
   * that takes more than ten seconds is given up, and the one before stays. If a call is still
   * under way then, because its thread does not get to run, the memory is released when that call
   * ends, and a warning is logged ({@link System.Logger}, name {@code dev.presence}).
   */
  @Override
  void close();
}
