package dev.presence.redis;

import java.util.List;

/**
 * All that a {@link RedisLog} says, in types that are there without Lettuce.
 *
 * @param name where the log is, without secrets
 * @param uris where to find it, with secrets
 * @param cluster whether these are nodes of a cluster
 */
record RedisSettings(
    String name, List<String> uris, boolean cluster, String keyPrefix, int streams, TlsFiles tls) {

  RedisSettings withKeyPrefix(String prefix) {
    return new RedisSettings(name, uris, cluster, prefix, streams, tls);
  }

  RedisSettings withStreams(int number) {
    return new RedisSettings(name, uris, cluster, keyPrefix, number, tls);
  }

  RedisSettings withTls(TlsFiles files) {
    return new RedisSettings(name, uris, cluster, keyPrefix, streams, files);
  }

  /** Without secrets. */
  @Override
  public String toString() {
    String count = streams == 1 ? "" : ", " + streams + " streams";
    return name + " (keys " + keyPrefix + ":log:*" + count + ")";
  }
}
