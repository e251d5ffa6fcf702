package dev.presence.internal.chronicle;

import dev.presence.internal.concurrent.PlatformLane;
import dev.presence.internal.jvm.ChronicleShutdown;
import dev.presence.internal.jvm.ChronicleStartup;
import dev.presence.internal.jvm.HugePages;
import dev.presence.internal.jvm.PhysicalMemory;
import dev.presence.internal.store.UserCount;
import java.util.function.Supplier;
import net.openhft.chronicle.hash.impl.VanillaChronicleHash;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.map.VanillaChronicleMap;

/**
 * A Chronicle Map from user id to stamp, and the thread on which its API is called. Reserves the
 * memory of the map and releases it; what happens to that memory in between is up to a store.
 */
public final class UserMap {

  private static final long END_NANOS = 1_000_000_000;

  @SuppressWarnings("UnnecessaryLambda") // made here: see Rehearsal
  private static final Runnable NOTHING = () -> {};

  private final String name;
  private final PlatformLane lane;
  private final Sizing sizing;
  private final UserCount users;
  private final VanillaChronicleMap<Long, Integer, ?> map;
  private final long offHeapBytes;
  private final Runnable release = this::release; // see Rehearsal
  private volatile Runnable beforeRelease;

  /** What reaches the memory without waiting to be let in; null if nothing does. */
  private volatile Object readers;

  private UserMap(String name, PlatformLane lane, long maxUsers, Sizing sizing) {
    this.name = name;
    this.lane = lane;
    this.sizing = sizing;
    this.users = new UserCount(maxUsers);
    this.map = ChronicleShutdown.opening(() -> create(name, maxUsers, sizing));
    this.offHeapBytes = map.offHeapMemoryUsed();
  }

  /**
   * Reserves the memory for this many users.
   *
   * @param name the name of the instance, which its thread carries too
   */
  public static UserMap open(String name, long maxUsers) {
    PlatformLane lane = new PlatformLane(name + "-lane");
    try {
      return lane.call(
          () -> {
            ChronicleStartup.ensure();
            return new UserMap(name, lane, maxUsers, Sizing.forUsers(maxUsers));
          });
    } catch (Throwable e) {
      lane.end(NOTHING, END_NANOS);
      throw e;
    }
  }

  private static VanillaChronicleMap<Long, Integer, ?> create(
      String name, long maxUsers, Sizing sizing) {
    VanillaChronicleMap<Long, Integer, ?> map;
    try {
      map = reserve(name, maxUsers, sizing);
    } catch (OutOfMemoryError e) {
      if (!RetiredMaps.collect()) {
        throw e;
      }
      map = reserve(name, maxUsers, sizing);
    }
    // Chronicle has looked for what is not zero in all segments, and nothing is stored in them yet
    HugePages.adviseFor(map.segmentBaseAddr(0), sizing.segments() * map.tierSize);
    return map;
  }

  private static VanillaChronicleMap<Long, Integer, ?> reserve(
      String name, long maxUsers, Sizing sizing) {
    return (VanillaChronicleMap<Long, Integer, ?>)
        ChronicleMapBuilder.of(Long.class, Integer.class)
            .name(name)
            .entries(maxUsers)
            .actualSegments(sizing.segments())
            .entriesPerSegment(sizing.entriesPerSegment())
            .allowSegmentTiering(false)
            .checksumEntries(false)
            .skipCloseOnExitHook(true) // it would release memory under running threads
            .create();
  }

  /**
   * Runs the action with a small map of the same make, for trials that must not touch this one: as
   * many users in a segment, and as few segments as find them in the same way. On the lane.
   */
  public <T> T withSample(SampleAction<T> action) {
    return lane.call(
        () -> {
          Sizing sampleSizing = sizing.sample();
          long sampleUsers = users.maxUsers() * sampleSizing.segments() / sizing.segments();
          UserMap sample = new UserMap(name, lane, sampleUsers, sampleSizing);
          try {
            return action.apply(sample);
          } finally {
            sample.releaseMap();
          }
        });
  }

  /** What to do with a sample of a map. */
  public interface SampleAction<T> {
    /** Uses a map that is empty and is released after this. */
    T apply(UserMap sample);
  }

  /** Where the map keeps everything; {@code LayoutProbe} checks that this is true. */
  public MapLayout layout() {
    long header = map.segmentHeaderAddress(0);
    int last = sizing.segments() - 1;
    long headerStride = last == 0 ? 0 : (map.segmentHeaderAddress(last) - header) / last;
    long bits = map.tierHashLookupOuterSize + VanillaChronicleHash.TIER_COUNTERS_AREA_SIZE;
    long entries = bits + map.tierFreeListOuterSize + map.tierEntrySpaceInnerOffset;
    return new MapLayout(
        sizing.segments(),
        header,
        headerStride,
        map.segmentBaseAddr(0),
        map.tierSize,
        map.tierHashLookupSlotSize,
        (int) map.tierHashLookupCapacity,
        map.tierHashLookupKeyBits,
        bits,
        entries,
        (int) map.chunkSize,
        (int) Math.min(map.actualChunksPerSegmentTier, map.maxEntriesPerHashLookup));
  }

  /** Runs the action on the thread on which Chronicle's API is called, and waits for it. */
  public <T> T onLane(Supplier<T> action) {
    return lane.call(action);
  }

  /** How many users are in the map; whoever inserts and removes them counts them. */
  public UserCount users() {
    return users;
  }

  public long offHeapBytes() {
    return offHeapBytes;
  }

  /** For how many threads Chronicle keeps something. */
  public int contexts() {
    return lane.call(() -> map.allContexts().size());
  }

  VanillaChronicleMap<Long, Integer, ?> chronicle() {
    return map;
  }

  Sizing sizing() {
    return sizing;
  }

  /** Releases the memory at once, and ends the lane. */
  public void close() {
    close(NOTHING, Long.MAX_VALUE);
  }

  /**
   * Runs the action on the lane, then releases the memory and ends the lane. May be called again if
   * an Error has ended the first call; the action of the first call counts.
   *
   * @param timeoutNanos how long to wait at most
   * @return false if the memory has not been released by then; it will be
   */
  public boolean close(Runnable before, long timeoutNanos) {
    return close(before, null, timeoutNanos);
  }

  /**
   * The same, for memory that others may still be reading. It goes back to the system, so they read
   * zeros, but its addresses stay mapped for as long as anybody can reach an object.
   *
   * @param lastReaders the object that whoever reads the memory has taken before; the action must
   *     make this map's user let go of it
   */
  public boolean close(Runnable before, Object lastReaders, long timeoutNanos) {
    if (beforeRelease == null) { // the action of the first call counts
      readers = lastReaders;
      beforeRelease = before;
    }
    return lane.end(release, timeoutNanos);
  }

  private void release() {
    beforeRelease.run();
    Object last = readers;
    if (last == null) {
      releaseMap();
      return;
    }
    PhysicalMemory.drop(map.segmentBaseAddr(0), sizing.segments() * map.tierSize);
    RetiredMaps.closeWhenUnreachable(last, map);
    ChronicleShutdown.closed();
    readers = null;
    beforeRelease = NOTHING; // it knows the readers
  }

  private void releaseMap() {
    map.close();
    ChronicleShutdown.closed();
  }
}
