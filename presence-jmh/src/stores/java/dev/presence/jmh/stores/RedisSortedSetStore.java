package dev.presence.jmh.stores;

import io.lettuce.core.Range;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.ZAddArgs;
import java.util.List;

/**
 * One sorted set, with a member per user and the stamp as its score. ZADD GT keeps the later stamp.
 * Redis expires keys, not members: one instance of the service has to call {@link #removeExpired}
 * now and then. One key also means one node, however large the cluster.
 */
final class RedisSortedSetStore implements PresenceStore {

  private static final int MEMBERS = 1000;

  private final RedisLink link;
  private final StoreSettings settings;
  private final String key;
  private final long emptyBytes;

  RedisSortedSetStore(String name, RedisLink link, StoreSettings settings) {
    this.link = link;
    this.settings = settings;
    this.key = PREFIX + name;
    this.emptyBytes = link.usedMemoryBytes();
  }

  @Override
  public void heartbeat(long userId, long epochSecond) {
    long unused =
        link.ask(
            redis ->
                redis.zadd(
                    key, ZAddArgs.Builder.gt(), (double) epochSecond, Long.toString(userId)));
  }

  @Override
  public void heartbeats(long[] userIds, long epochSecond) {
    UserIds.forEachPart(userIds, MEMBERS, part -> add(part, epochSecond));
  }

  @Override
  public boolean isOnline(long userId, long nowSecond) {
    Double stamp = link.ask(redis -> redis.zscore(key, Long.toString(userId)));
    return stamp != null && settings.isOnline(stamp.longValue(), nowSecond);
  }

  @Override
  public boolean[] statusOf(long[] userIds, long nowSecond) {
    boolean[] online = new boolean[userIds.length];
    for (int first = 0; first < online.length; first += MEMBERS) {
      String[] members = new String[Math.min(MEMBERS, online.length - first)];
      for (int i = 0; i < members.length; i++) {
        members[i] = Long.toString(userIds[first + i]);
      }
      List<Double> stamps = link.ask(redis -> redis.zmscore(key, members));
      for (int i = 0; i < members.length; i++) {
        Double stamp = stamps.get(i);
        online[first + i] = stamp != null && settings.isOnline(stamp.longValue(), nowSecond);
      }
    }
    return online;
  }

  @Override
  public void disconnect(long userId) {
    long unused = link.ask(redis -> redis.zrem(key, Long.toString(userId)));
  }

  @Override
  public void removeExpired(long nowSecond) {
    Range<Long> expired =
        Range.from(
            Range.Boundary.unbounded(),
            Range.Boundary.including(nowSecond - settings.expirySeconds()));
    long unused = link.ask(redis -> redis.zremrangebyscore(key, expired));
  }

  @Override
  public long storedUsers() {
    return link.ask(redis -> redis.zcard(key));
  }

  @Override
  public long bytesUsed() {
    return link.usedMemoryBytes() - emptyBytes;
  }

  @Override
  public void drop() {
    long unused = link.ask(redis -> redis.del(key));
  }

  @Override
  public void close() {
    link.close();
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // ZADD takes an array of a generic type
  private void add(long[] userIds, long epochSecond) {
    ScoredValue<String>[] members = new ScoredValue[userIds.length];
    for (int i = 0; i < members.length; i++) {
      members[i] = ScoredValue.just((double) epochSecond, Long.toString(userIds[i]));
    }
    long unused = link.ask(redis -> redis.zadd(key, ZAddArgs.Builder.gt(), members));
  }
}
