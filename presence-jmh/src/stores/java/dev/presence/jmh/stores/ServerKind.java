package dev.presence.jmh.stores;

import java.util.Locale;

/**
 * The servers. {@link StoreServers} starts one, unless a system property names the address of one
 * that already runs, which is then neither started nor stopped:
 *
 * <pre>{@code
 * -Dpresence.stores.mariadb=jdbc:mariadb://host:3306/database?user=name&password=secret
 * -Dpresence.stores.redis=redis://name:secret@host:6379
 * -Dpresence.stores.dynamodb=http://accessKey:secretKey@host:8000
 * }</pre>
 *
 * <p>DynamoDB itself is {@code https://dynamodb.REGION.amazonaws.com}, with the credentials that
 * the AWS SDK finds. Everything that is made on a server has a name that begins with {@value
 * PresenceStore#PREFIX} and is removed at the end. MariaDB's user needs the right to create and
 * drop tables and events, and its event scheduler must be on, or nobody expires there.
 */
public enum ServerKind {
  /** MariaDB as it ships: InnoDB, and each transaction flushed to the disk before it returns. */
  MARIADB,

  /** Redis that keeps everything in memory, without snapshots or an append-only file. */
  REDIS,

  /** DynamoDB Local, in memory, in a JVM of its own. */
  DYNAMODB;

  /** The system property with the address of a server that already runs. */
  public String property() {
    return "presence.stores." + name().toLowerCase(Locale.ROOT);
  }

  /** An address without its secrets. */
  static String hidden(String address) {
    return address.replaceFirst("\\?.*", "").replaceFirst("//[^/@]*@", "//");
  }
}
