package dev.presence;

import dev.presence.internal.PresenceFactory;
import dev.presence.internal.PresenceSettings;
import dev.presence.internal.store.WholeSeconds;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Configures and opens a {@link Presence}. A setter rejects a bad value at once and keeps what it
 * had; {@link #open()} freezes the builder. Not for use by several threads at once.
 */
public final class PresenceBuilder {

  /** The name of an instance unless configured: {@value}. */
  public static final String DEFAULT_NAME = "presence";

  /** How long a heartbeat keeps a user online unless configured: 30 seconds. */
  public static final Duration DEFAULT_ONLINE_WINDOW = Duration.ofSeconds(30);

  /** How many users are tracked at once unless configured: {@value}. */
  public static final long DEFAULT_MAX_USERS = 1_000_000;

  /** The largest {@code maxUsers}: {@value}. */
  public static final long LARGEST_MAX_USERS = 10_000_000_000L;

  /** How often a full sweep is done unless configured: every 10 seconds. */
  public static final Duration DEFAULT_SWEEP_INTERVAL = Duration.ofSeconds(10);

  /** How often a snapshot is written unless configured: every 5 seconds. */
  public static final Duration DEFAULT_SNAPSHOT_INTERVAL = Duration.ofSeconds(5);

  /** How often nodes exchange what has happened unless configured: every 200 milliseconds. */
  public static final Duration DEFAULT_EXCHANGE_INTERVAL = Duration.ofMillis(200);

  /** How often a user is published at most unless configured: every second. */
  public static final Duration DEFAULT_PUBLISH_INTERVAL = Duration.ofSeconds(1);

  /** How long {@link #open()} waits for the other nodes' users unless configured: 5 seconds. */
  public static final Duration DEFAULT_JOIN_TIMEOUT = Duration.ofSeconds(5);

  /** The longest window and the longest retention: 4294967295 seconds, about 136 years. */
  public static final Duration LONGEST_RETENTION = Duration.ofSeconds(4_294_967_295L);

  /** The longest hold of {@link #pauseGuard(Duration)}: 1 day. */
  private static final Duration LONGEST_PAUSE_GUARD = Duration.ofDays(1);

  private static final Duration SHORTEST_SWEEP_INTERVAL = Duration.ofMillis(1);
  private static final Duration LONGEST_SWEEP_INTERVAL = Duration.ofDays(1);
  private static final Duration SHORTEST_SNAPSHOT_INTERVAL = Duration.ofSeconds(1);
  private static final Duration LONGEST_SNAPSHOT_INTERVAL = Duration.ofDays(1);

  private static final Duration SHORTEST_EXCHANGE_INTERVAL = Duration.ofMillis(10);
  private static final Duration LONGEST_EXCHANGE_INTERVAL = Duration.ofSeconds(10);
  private static final Duration LONGEST_JOIN_TIMEOUT = Duration.ofHours(1);

  private String name = DEFAULT_NAME;
  private @Nullable Path folder;
  private Duration snapshotInterval = DEFAULT_SNAPSHOT_INTERVAL;
  private CorruptFileAction onCorruptFile = CorruptFileAction.FAIL;
  private Duration onlineWindow = DEFAULT_ONLINE_WINDOW;
  private @Nullable Duration retention;
  private Duration gracePeriod = Duration.ZERO;
  private @Nullable Duration pauseGuard;
  private @Nullable PresenceTiers tiers;
  private long maxUsers = DEFAULT_MAX_USERS;
  private Duration sweepInterval = DEFAULT_SWEEP_INTERVAL;
  private InstantSource clock = InstantSource.system();
  private @Nullable ThreadFactory threadFactory;
  private boolean registersMXBean;
  private @Nullable ReplicationLog log;
  private Duration exchangeInterval = DEFAULT_EXCHANGE_INTERVAL;
  private Duration publishInterval = DEFAULT_PUBLISH_INTERVAL;
  private Duration joinTimeout = DEFAULT_JOIN_TIMEOUT;
  private boolean opened;

  PresenceBuilder() {}

  /**
   * Names the instance, for an application that has several. The name begins those of its threads,
   * {@code <name>-sweeper}, {@code <name>-lane} and {@code <name>-keeper}, tells its figures from
   * those of others, and appears in {@code toString()}. Two instances may have the same name,
   * unless both {@linkplain #registerMXBean(boolean) register an MXBean}.
   *
   * @param name any text that is not blank
   * @return this builder
   * @throws NullPointerException if {@code name} is null
   * @throws IllegalArgumentException if it is empty or consists of white space alone
   * @throws IllegalStateException if this builder has opened a presence
   */
  public PresenceBuilder name(String name) {
    checkNotOpened();
    Objects.requireNonNull(name, "name");
    if (name.isBlank()) {
      throw new IllegalArgumentException("name must not be blank: name=" + name);
    }
    this.name = name;
    return this;
  }

  /**
   * How long a heartbeat keeps a user online. Clients usually beat every 5 to 10 seconds, so the
   * default of 30 seconds forgives two lost heartbeats; phones on poor networks want more.
   *
   * @param onlineWindow whole seconds, from 1 second to {@link #LONGEST_RETENTION}
   * @return this builder
   * @throws NullPointerException if {@code onlineWindow} is null
   * @throws IllegalArgumentException if it is outside its range or not whole seconds
   * @throws IllegalStateException if this builder has opened a presence
   */
  public PresenceBuilder onlineWindow(Duration onlineWindow) {
    checkNotOpened();
    this.onlineWindow = checkSeconds("onlineWindow", onlineWindow);
    return this;
  }

  /**
   * How long a last-seen stamp is kept. The default is the online window: users who go offline are
   * forgotten. A longer retention costs room for everybody seen within it ({@link
   * #maxUsers(long)}), and allows longer windows in {@link Presence#statusOf(long[], Duration)} and
   * in {@linkplain #tiers(PresenceTiers) tiers}. If that room runs out, those who have been offline
   * the longest are forgotten early.
   *
   * @param retention whole seconds, from the online window to {@link #LONGEST_RETENTION}
   * @return this builder
   * @throws NullPointerException if {@code retention} is null
   * @throws IllegalArgumentException if it is outside its range or not whole seconds; that it is at
   *     least the online window is checked by {@link #open()}
   * @throws IllegalStateException if this builder has opened a presence
   */
  public PresenceBuilder retention(Duration retention) {
    checkNotOpened();
    this.retention = checkSeconds("retention", retention);
    return this;
  }

  /**
   * How much longer than the online window listeners count a user as online; see {@link
   * Presence#subscribe}. Phones on poor networks flap: with a grace period, whoever comes back
   * within it was never gone. {@link Presence#statusOf(long[])} and all other answers know nothing
   * of it. {@link Presence#disconnect(long)} is told at once; to be sure of that, it makes the last
   * heartbeat read a window and a grace period early.
   *
   * @param gracePeriod whole seconds, from zero, the default, to {@link #LONGEST_RETENTION}
   * @return this builder
   * @throws NullPointerException if {@code gracePeriod} is null
   * @throws IllegalArgumentException if it is outside its range or not whole seconds
   * @throws IllegalStateException if this builder has opened a presence
   */
  public PresenceBuilder gracePeriod(Duration gracePeriod) {
    checkNotOpened();
    WholeSeconds.checkFromZero("gracePeriod", gracePeriod, LONGEST_RETENTION);
    this.gracePeriod = gracePeriod;
    return this;
  }

  /**
   * How late is too late, and how long to wait then. If the process stood still for longer than
   * this, or the system's clock jumped ahead by more, heartbeats could not come in meanwhile. For
   * so long after it, listeners are not told that anybody has gone, and users who beat again were
   * never gone. The same holds after a restart from a snapshot ({@link #persistTo(Path)}) for the
   * time that the process was away. A hold is counted in {@link PresenceStats#offlineHolds()}. When
   * it ends, whoever is missing has gone, even if the process is late again. Answers are not held.
   *
   * <p>Only where the library has threads of its own, that is, unless {@link
   * #sweepInterval(Duration)} is zero.
   *
   * @param pauseGuard whole seconds, up to 1 day; or {@link Duration#ZERO} for none. The default is
   *     a third of the online window, and at least one second
   * @return this builder
   * @throws NullPointerException if {@code pauseGuard} is null
   * @throws IllegalArgumentException if it is outside its range or not whole seconds
   * @throws IllegalStateException if this builder has opened a presence
   */
  public PresenceBuilder pauseGuard(Duration pauseGuard) {
    checkNotOpened();
    WholeSeconds.checkFromZero("pauseGuard", pauseGuard, LONGEST_PAUSE_GUARD);
    this.pauseGuard = pauseGuard;
    return this;
  }

  /**
   * What {@link Presence#tiersOf(long[], byte[])} puts users into. The default is {@code ONLINE}
   * with the online window, {@code AWAY} with 5 minutes, and {@code RECENT} with 7 days. The
   * retention cuts the last two; one that is then not longer than the one before is left out. So
   * unless the retention is longer than the online window, {@code ONLINE} is the only one.
   *
   * @param tiers any tiers whose last window is at most the retention, which {@link #open()}
   *     checks; the first window need not be the online window
   * @return this builder
   * @throws NullPointerException if {@code tiers} is null
   * @throws IllegalStateException if this builder has opened a presence
   */
  public PresenceBuilder tiers(PresenceTiers tiers) {
    checkNotOpened();
    this.tiers = Objects.requireNonNull(tiers, "tiers");
    return this;
  }

  /**
   * How many users are tracked at once: everybody seen within the retention, plus those who expired
   * since the last sweep. The memory for all of them, about 19 bytes each, is reserved by {@link
   * #open()}.
   *
   * <p>Linux grants more memory than there is, and kills a process that uses it, above all in a
   * container. {@link #open()} reads the memory limit of the process's control group (version 1 or
   * 2). If that is below the sum of this memory and the largest heap ({@code -Xmx}), it logs one
   * warning to the {@link System.Logger} {@code dev.presence} and opens all the same.
   *
   * @param maxUsers from 1 to {@link #LARGEST_MAX_USERS}
   * @return this builder
   * @throws IllegalArgumentException if it is outside its range
   * @throws IllegalStateException if this builder has opened a presence
   */
  public PresenceBuilder maxUsers(long maxUsers) {
    checkNotOpened();
    if (maxUsers < 1) {
      throw new IllegalArgumentException("maxUsers must be >= 1: maxUsers=" + maxUsers);
    }
    if (maxUsers > LARGEST_MAX_USERS) {
      throw new IllegalArgumentException(
          "maxUsers must be <= " + LARGEST_MAX_USERS + ": maxUsers=" + maxUsers);
    }
    this.maxUsers = maxUsers;
    return this;
  }

  /**
   * Keeps the stamps in a folder, so that they survive the process: one thread writes a snapshot of
   * all users every {@link #snapshotInterval(Duration)}, and {@link #open()} loads the newest one.
   *
   * <p>After a crash, a {@code kill -9} or a power failure, every heartbeat is there that returned
   * before the last finished snapshot was begun. That is one interval ago and the time to write it,
   * normally 5 to 6 seconds; {@link Presence#close()} writes a last one with all of them. Nothing
   * is ever wrong, only older. Trouble with the disk disturbs neither heartbeats nor answers: it is
   * logged ({@link System.Logger}, name {@code dev.presence}), counted in {@link
   * PresenceStats#failedSnapshots()} and tried again.
   *
   * <p>One presence at a time uses a folder, in this process or any other. A folder that is missing
   * is made, for its owner alone; files that are not the library's are left alone. It takes up to
   * twice 12.1 bytes for each tracked user, and half as much again while a snapshot is written.
   *
   * @param folder where to keep the snapshots
   * @return this builder
   * @throws NullPointerException if {@code folder} is null
   * @throws IllegalStateException if this builder has opened a presence
   */
  public PresenceBuilder persistTo(Path folder) {
    checkNotOpened();
    this.folder = Objects.requireNonNull(folder, "folder");
    return this;
  }

  /**
   * How long from the beginning of one snapshot to that of the next. If a snapshot is so much work
   * that the thread would use more than a twentieth of a core, it is longer: {@link
   * PresenceStats#lastSnapshotFinished()} tells. After a failure it is at most 10 seconds.
   *
   * @param snapshotInterval from 1 second to 1 day
   * @return this builder
   * @throws NullPointerException if {@code snapshotInterval} is null
   * @throws IllegalArgumentException if it is outside its range
   * @throws IllegalStateException if this builder has opened a presence
   */
  public PresenceBuilder snapshotInterval(Duration snapshotInterval) {
    checkNotOpened();
    Objects.requireNonNull(snapshotInterval, "snapshotInterval");
    if (snapshotInterval.compareTo(SHORTEST_SNAPSHOT_INTERVAL) < 0) {
      throw new IllegalArgumentException(
          "snapshotInterval must be >= PT1S: snapshotInterval=" + snapshotInterval);
    }
    if (snapshotInterval.compareTo(LONGEST_SNAPSHOT_INTERVAL) > 0) {
      throw new IllegalArgumentException(
          "snapshotInterval must be <= PT24H: snapshotInterval=" + snapshotInterval);
    }
    this.snapshotInterval = snapshotInterval;
    return this;
  }

  /**
   * What {@link #open()} does if there are snapshots and none is whole, or if one that is newer
   * than all whole ones cannot be read. Unless told otherwise it throws, and changes nothing.
   *
   * <p>Whatever this says, a snapshot that is torn or damaged, or no regular file, is set aside as
   * {@code damaged.<n>} if an older one is whole: {@link #open()} takes that one, logs a warning
   * and counts the file in {@link PresenceStats#damagedSnapshots()}.
   *
   * @param action what to do
   * @return this builder
   * @throws NullPointerException if {@code action} is null
   * @throws IllegalStateException if this builder has opened a presence
   */
  public PresenceBuilder onCorruptFile(CorruptFileAction action) {
    checkNotOpened();
    this.onCorruptFile = Objects.requireNonNull(action, "action");
    return this;
  }

  /**
   * How long one full sweep takes: the sweeper goes through all users evenly in that time and then
   * starts again. It removes a user at most one interval after the retention has passed.
   *
   * @param sweepInterval from 1 millisecond to 1 day; or {@link Duration#ZERO} for no thread at
   *     all, in which case the caller runs {@link Presence#sweep()}
   * @return this builder
   * @throws NullPointerException if {@code sweepInterval} is null
   * @throws IllegalArgumentException if it is outside its range
   * @throws IllegalStateException if this builder has opened a presence
   */
  public PresenceBuilder sweepInterval(Duration sweepInterval) {
    checkNotOpened();
    Objects.requireNonNull(sweepInterval, "sweepInterval");
    if (!sweepInterval.isZero() && sweepInterval.compareTo(SHORTEST_SWEEP_INTERVAL) < 0) {
      throw new IllegalArgumentException(
          "sweepInterval must be zero or >= PT0.001S: sweepInterval=" + sweepInterval);
    }
    if (sweepInterval.compareTo(LONGEST_SWEEP_INTERVAL) > 0) {
      throw new IllegalArgumentException(
          "sweepInterval must be <= PT24H: sweepInterval=" + sweepInterval);
    }
    this.sweepInterval = sweepInterval;
    return this;
  }

  /**
   * Where the time comes from. Each call that needs the time reads it once, and so does the sweeper
   * for each segment and the keeper at both ends of a snapshot; it must be safe for use by several
   * threads at once.
   *
   * @param clock any source; tests use one they set by hand
   * @return this builder
   * @throws NullPointerException if {@code clock} is null
   * @throws IllegalStateException if this builder has opened a presence
   */
  public PresenceBuilder clock(InstantSource clock) {
    checkNotOpened();
    this.clock = Objects.requireNonNull(clock, "clock");
    return this;
  }

  /**
   * Makes the sweeper's thread. The default factory makes a daemon thread named {@code
   * presence-sweeper}, after the {@linkplain #name(String) name} of the instance. A thread that is
   * not a daemon keeps the JVM alive until {@link Presence#close()}.
   *
   * @param threadFactory {@link #open()} asks it for one thread, or for none if {@link
   *     #sweepInterval(Duration)} is zero
   * @return this builder
   * @throws NullPointerException if {@code threadFactory} is null
   * @throws IllegalStateException if this builder has opened a presence
   */
  public PresenceBuilder threadFactory(ThreadFactory threadFactory) {
    checkNotOpened();
    this.threadFactory = Objects.requireNonNull(threadFactory, "threadFactory");
    return this;
  }

  /**
   * Whether to show the figures to JMX, as a {@link PresenceMXBean} in the platform's MBean server.
   * Its object name is {@code dev.presence:type=Presence,name=}, then the {@linkplain #name(String)
   * name} of the instance, {@linkplain javax.management.ObjectName#quote(String) quoted}. {@link
   * Presence#close()} takes it out again; until then the server keeps the instance alive.
   *
   * @param registerMXBean the default is false
   * @return this builder
   * @throws IllegalStateException if this builder has opened a presence
   */
  public PresenceBuilder registerMXBean(boolean registerMXBean) {
    checkNotOpened();
    this.registersMXBean = registerMXBean;
    return this;
  }

  /**
   * Shares the users with other processes, each of which holds all of them in its own memory and
   * answers from there: no call waits for the network. What is told to one node is known to all
   * within about two {@linkplain #exchangeInterval(Duration) exchange intervals}; listeners are
   * told of everybody, and snapshots hold everybody. {@link #maxUsers(long)} is therefore the
   * number of all users of all nodes, and all nodes must have the same windows.
   *
   * <p>The nodes exchange heartbeats through a log, on a thread of the library. While it is away,
   * each node goes on with what it knows: its own users stay right, and those of others expire
   * after the window. When it is back, all heals by itself. {@code W} the window, {@code B} how
   * often clients beat, {@code F} the exchange interval:
   *
   * <ul>
   *   <li>an outage shorter than {@code W - B - 1 s} changes no answer;
   *   <li>a node that crashes loses what it was told in the last {@code F};
   *   <li>a disconnect is known everywhere within {@code 2 F}, or {@code 6 F} if the last heartbeat
   *       came less than two seconds before; but if the user beat at another node within the same
   *       {@code F}, the heartbeat wins, and the window ends the presence;
   *   <li>the clocks of the nodes may differ: stamps are shifted, and the answers of two nodes
   *       agree to within a second.
   * </ul>
   *
   * <p>Trouble with the log is logged ({@link System.Logger}, name {@code dev.presence}), once when
   * it begins and once when it is over; {@link PresenceStats#replication()} has the figures.
   *
   * @param log the same for all nodes; {@code dev.presence.redis.RedisLog} makes one
   * @return this builder
   * @throws NullPointerException if {@code log} is null
   * @throws IllegalArgumentException if it is not one of the library's
   * @throws IllegalStateException if this builder has opened a presence
   */
  public PresenceBuilder replicateThrough(ReplicationLog log) {
    checkNotOpened();
    Objects.requireNonNull(log, "log");
    if (!PresenceFactory.isKnown(log)) {
      throw new IllegalArgumentException("log must be one of the library's: log=" + log);
    }
    this.log = log;
    return this;
  }

  /**
   * How often nodes exchange what has happened. A shorter interval makes heartbeats visible earlier
   * and costs round trips, and bytes where few users beat in one.
   *
   * @param exchangeInterval from 10 milliseconds to 10 seconds
   * @return this builder
   * @throws NullPointerException if {@code exchangeInterval} is null
   * @throws IllegalArgumentException if it is outside its range
   * @throws IllegalStateException if this builder has opened a presence
   */
  public PresenceBuilder exchangeInterval(Duration exchangeInterval) {
    checkNotOpened();
    Objects.requireNonNull(exchangeInterval, "exchangeInterval");
    if (exchangeInterval.compareTo(SHORTEST_EXCHANGE_INTERVAL) < 0) {
      throw new IllegalArgumentException(
          "exchangeInterval must be >= PT0.01S: exchangeInterval=" + exchangeInterval);
    }
    if (exchangeInterval.compareTo(LONGEST_EXCHANGE_INTERVAL) > 0) {
      throw new IllegalArgumentException(
          "exchangeInterval must be <= PT10S: exchangeInterval=" + exchangeInterval);
    }
    this.exchangeInterval = exchangeInterval;
    return this;
  }

  /**
   * How often a user is published at most. Heartbeats that come faster cost the other nodes
   * nothing, who may see the last one up to so much early; so this should be well below the online
   * window.
   *
   * @param publishInterval whole seconds, from 1 second to the online window, which {@link #open()}
   *     checks
   * @return this builder
   * @throws NullPointerException if {@code publishInterval} is null
   * @throws IllegalArgumentException if it is below its range or not whole seconds
   * @throws IllegalStateException if this builder has opened a presence
   */
  public PresenceBuilder publishInterval(Duration publishInterval) {
    checkNotOpened();
    this.publishInterval = checkSeconds("publishInterval", publishInterval);
    return this;
  }

  /**
   * How long {@link #open()} waits for the users of the other nodes. After that it opens without
   * them, logs a warning, and they come when the log can be reached.
   *
   * @param joinTimeout from zero to 1 hour
   * @return this builder
   * @throws NullPointerException if {@code joinTimeout} is null
   * @throws IllegalArgumentException if it is outside its range
   * @throws IllegalStateException if this builder has opened a presence
   */
  public PresenceBuilder joinTimeout(Duration joinTimeout) {
    checkNotOpened();
    Objects.requireNonNull(joinTimeout, "joinTimeout");
    if (joinTimeout.isNegative()) {
      throw new IllegalArgumentException("joinTimeout must be >= PT0S: joinTimeout=" + joinTimeout);
    }
    if (joinTimeout.compareTo(LONGEST_JOIN_TIMEOUT) > 0) {
      throw new IllegalArgumentException("joinTimeout must be <= PT1H: joinTimeout=" + joinTimeout);
    }
    this.joinTimeout = joinTimeout;
    return this;
  }

  /**
   * Opens a presence with this configuration. A failure gives back everything, and this builder can
   * be corrected and used again.
   *
   * @return an open presence, to be closed by the caller
   * @throws IllegalArgumentException if the retention is shorter than the online window or the last
   *     window of the tiers, if the publish interval is longer than the online window, or if the
   *     users in the folder are more than {@code maxUsers}; then nothing in the folder has changed
   * @throws java.io.UncheckedIOException if the folder cannot be made, locked or read, or a damaged
   *     snapshot in it cannot be renamed; or, unless {@link #onCorruptFile(CorruptFileAction)} says
   *     otherwise, if there are snapshots and none is whole, or if one that is newer than all whole
   *     ones cannot be read: then no snapshot has changed. The message names the folder or the
   *     file, the reason and, if a file is damaged, the offset
   * @throws IllegalStateException if another presence has the folder, in this process or any other:
   *     the message names the folder, the process and since when; if this builder has opened a
   *     presence before, if an MXBean is to be registered and there is one of that name, if the
   *     thread factory makes no thread, if this JVM does not grant the access that Chronicle Map
   *     needs, or if a version of Chronicle is on the class path that this library does not work
   *     with; the message says which options to add, or which version to bring
   * @throws OutOfMemoryError if the memory for {@link #maxUsers(long)} cannot be reserved
   */
  public Presence open() {
    checkNotOpened();
    Duration retention = this.retention == null ? onlineWindow : this.retention;
    if (retention.compareTo(onlineWindow) < 0) {
      throw new IllegalArgumentException(
          "retention must be >= onlineWindow: retention="
              + retention
              + " onlineWindow="
              + onlineWindow);
    }
    if (log != null && publishInterval.compareTo(onlineWindow) > 0) {
      throw new IllegalArgumentException(
          "publishInterval must be <= onlineWindow: publishInterval="
              + publishInterval
              + " onlineWindow="
              + onlineWindow);
    }
    PresenceTiers tiers = tiersWithin(retention);
    String sweeperName = name + "-sweeper";
    Presence presence =
        PresenceFactory.open(
            new PresenceSettings(
                name,
                onlineWindow,
                retention,
                gracePeriod,
                pauseGuard == null ? defaultPauseGuard(onlineWindow) : pauseGuard,
                tiers,
                maxUsers,
                sweepInterval,
                clock,
                threadFactory == null ? loop -> daemon(sweeperName, loop) : threadFactory,
                folder,
                snapshotInterval,
                onCorruptFile == CorruptFileAction.START_EMPTY,
                registersMXBean,
                log,
                exchangeInterval,
                publishInterval,
                joinTimeout));
    opened = true;
    return presence;
  }

  private PresenceTiers tiersWithin(Duration retention) {
    if (tiers == null) {
      return PresenceTiers.upTo(retention, onlineWindow);
    }
    int last = tiers.size() - 1;
    if (retention.compareTo(tiers.window(last)) < 0) {
      throw new IllegalArgumentException(
          "retention must be >= the window of the last tier: retention="
              + retention
              + " tier="
              + tiers.name(last)
              + " window="
              + tiers.window(last));
    }
    return tiers;
  }

  private void checkNotOpened() {
    if (opened) {
      throw new IllegalStateException("a builder must not be used after open()");
    }
  }

  private static Duration defaultPauseGuard(Duration onlineWindow) {
    Duration third = Duration.ofSeconds(Math.max(1, onlineWindow.toSeconds() / 3));
    return third.compareTo(LONGEST_PAUSE_GUARD) < 0 ? third : LONGEST_PAUSE_GUARD;
  }

  private static Duration checkSeconds(String name, Duration value) {
    WholeSeconds.checkUpToLongest(name, name, value);
    return value;
  }

  private static Thread daemon(String threadName, Runnable loop) {
    Thread thread = new Thread(loop, threadName);
    thread.setDaemon(true);
    return thread;
  }
}
