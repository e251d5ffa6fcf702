package dev.presence.jmh.stores;

import io.lettuce.core.KeyValue;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.SetArgs;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandKeyword;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A key per user, with the stamp as its value, which Redis removes by itself. Redis counts the
 * expiry from when the key was set, not from the stamp, so each read checks the stamp too. SET
 * overwrites: a late stamp replaces a newer one.
 */
final class RedisExpiringStore implements PresenceStore {

  /** Commands per pipeline and keys per MGET: more would only take more memory. */
  private static final int COMMANDS = 1000;

  private final RedisLink link;
  private final StoreSettings settings;
  private final String prefix;
  private final long emptyBytes;

  RedisExpiringStore(String name, RedisLink link, StoreSettings settings) {
    this.link = link;
    this.settings = settings;
    this.prefix = PREFIX + name + ":";
    this.emptyBytes = link.usedMemoryBytes();
  }

  @Override
  public void heartbeat(long userId, long epochSecond) {
    String unused =
        link.ask(
            redis ->
                redis.set(
                    prefix + userId,
                    Long.toString(epochSecond),
                    SetArgs.Builder.ex(settings.expirySeconds())));
  }

  @Override
  public void heartbeats(long[] userIds, long epochSecond) {
    UserIds.forEachPart(
        userIds,
        COMMANDS,
        part -> link.pipeline(LongStream.of(part).mapToObj(id -> set(id, epochSecond)).toList()));
  }

  @Override
  public boolean isOnline(long userId, long nowSecond) {
    String stamp = link.ask(redis -> redis.get(prefix + userId));
    return stamp != null && settings.isOnline(Long.parseLong(stamp), nowSecond);
  }

  @Override
  public boolean[] statusOf(long[] userIds, long nowSecond) {
    boolean[] online = new boolean[userIds.length];
    for (int first = 0; first < online.length; first += COMMANDS) {
      String[] keys = new String[Math.min(COMMANDS, online.length - first)];
      for (int i = 0; i < keys.length; i++) {
        keys[i] = prefix + userIds[first + i];
      }
      List<KeyValue<String, String>> stamps = link.ask(redis -> redis.mget(keys));
      for (int i = 0; i < keys.length; i++) {
        online[first + i] =
            stamps.get(i).hasValue()
                && settings.isOnline(Long.parseLong(stamps.get(i).getValue()), nowSecond);
      }
    }
    return online;
  }

  @Override
  public void disconnect(long userId) {
    long unused = link.ask(redis -> redis.del(prefix + userId));
  }

  @Override
  public long storedUsers() {
    return keys().size();
  }

  @Override
  public long bytesUsed() {
    return link.usedMemoryBytes() - emptyBytes;
  }

  @Override
  public void drop() {
    List<String> keys = keys();
    for (int first = 0; first < keys.size(); first += COMMANDS) {
      String[] part =
          keys.subList(first, Math.min(first + COMMANDS, keys.size())).toArray(new String[0]);
      long unused = link.ask(redis -> redis.del(part));
    }
  }

  @Override
  public void close() {
    link.close();
  }

  private List<String> keys() {
    return link.ask(
        redis -> {
          List<String> keys = new ArrayList<>();
          ScanIterator.scan(redis, ScanArgs.Builder.matches(prefix + "*").limit(COMMANDS))
              .forEachRemaining(keys::add);
          return keys;
        });
  }

  private AsyncCommand<String, String, String> set(long userId, long epochSecond) {
    CommandArgs<String, String> args =
        new CommandArgs<>(RedisLink.CODEC)
            .addKey(prefix + userId)
            .addValue(Long.toString(epochSecond))
            .add(CommandKeyword.EX)
            .add(settings.expirySeconds());
    return new AsyncCommand<>(
        new Command<>(CommandType.SET, new StatusOutput<>(RedisLink.CODEC), args));
  }
}
