package dev.presence.jmh.stores;

import java.util.Locale;

/**
 * The servers. One is started by {@link #open()}, unless its system property names the address of
 * another one, which is then neither started nor stopped:
 *
 * <pre>{@code
 * -Dpresence.stores.mariadb=jdbc:mariadb://host:3306/database?user=name&password=secret
 * -Dpresence.stores.redis=redis://name:secret@host:6379
 * -Dpresence.stores.dynamodb=http://accessKey:secretKey@host:8000
 * }</pre>
 *
 * <p>DynamoDB itself is {@code https://dynamodb.REGION.amazonaws.com}, with the credentials that
 * the AWS SDK finds. Everything that is made there has a name that begins with {@value
 * PresenceStore#PREFIX} and is removed at the end. MariaDB's user needs the right to create and
 * drop tables and events; its event scheduler must be on, or nobody expires there.
 */
public enum ServerKind {
  /** MariaDB as it ships: InnoDB, and each transaction flushed to the disk before it returns. */
  MARIADB,

  /** Redis that keeps everything in memory and writes neither snapshots nor an append-only file. */
  REDIS,

  /** DynamoDB Local, in memory, in a JVM of its own. */
  DYNAMODB;

  /** The system property with the address of a server that is there already. */
  public String property() {
    return "presence.stores." + name().toLowerCase(Locale.ROOT);
  }

  /**
   * A server that answers.
   *
   * @throws StoreUnavailableException if there is none, naming this kind and the cause
   */
  public StoreServer open() {
    String address = System.getProperty(property(), "");
    return address.isBlank() ? StartedServer.start(this, recipe()) : found(address);
  }

  /** Asks once whether the server at an address answers, and returns what it says of itself. */
  String ask(String address) {
    try {
      return recipe().ask(address);
    } catch (Exception e) {
      throw new StoreUnavailableException(name(), "does not answer at " + hidden(address), e);
    }
  }

  /** An address without what is secret in it. */
  static String hidden(String address) {
    return address.replaceFirst("\\?.*", "").replaceFirst("//[^/@]*@", "//");
  }

  private ServerRecipe recipe() {
    return switch (this) {
      case MARIADB -> new MariaDbRecipe();
      case REDIS -> new RedisRecipe();
      case DYNAMODB -> new DynamoDbRecipe();
    };
  }

  private StoreServer found(String address) {
    String unused = ask(address);
    return new FoundServer(address);
  }

  private record FoundServer(String address) implements StoreServer {
    @Override
    public void close() {}
  }
}
