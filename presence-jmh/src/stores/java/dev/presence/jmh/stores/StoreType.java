package dev.presence.jmh.stores;

import dev.presence.jmh.stores.MariaDbStampStore.Write;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The stores, in the order of every table and chart: a benchmark's {@code @Param}. */
public enum StoreType {
  /** This library as it ships. */
  PRESENCE(null, LateStamp.IGNORED, "removed by its sweeper, in one pass every 10 s"),

  /** A row per user, which each heartbeat deletes and inserts. */
  MARIADB_REPLACE(
      ServerKind.MARIADB, LateStamp.TAKEN, "deleted by an event of the database, every 10 s"),

  /** A row per user, which each heartbeat updates. */
  MARIADB_UPSERT(
      ServerKind.MARIADB, LateStamp.IGNORED, "deleted by an event of the database, every 10 s"),

  /** A boolean per user. */
  MARIADB_BOOLEAN(
      ServerKind.MARIADB,
      LateStamp.TAKEN,
      "never expire: a client that crashes stays online forever"),

  /** A key per user, which expires. */
  REDIS_EXPIRING(ServerKind.REDIS, LateStamp.TAKEN, "expired by Redis itself"),

  /** A member of a sorted set per user. */
  REDIS_SORTED_SET(ServerKind.REDIS, LateStamp.IGNORED, "stay until a job calls ZREMRANGEBYSCORE"),

  /** An item per user, with a time to live. */
  DYNAMODB(
      ServerKind.DYNAMODB,
      LateStamp.TAKEN_IN_BATCHES,
      "filtered on each read; deleted by DynamoDB within days (DynamoDB Local: within seconds)");

  /** What becomes of a heartbeat that is older than the stored one. */
  public enum LateStamp {
    /** It changes nothing. */
    IGNORED("is ignored if a newer one is stored"),

    /** It replaces the newer one. */
    TAKEN("replaces a newer one"),

    /** It is ignored alone, and replaces the newer one in a batch. */
    TAKEN_IN_BATCHES("is ignored alone; replaces a newer one in a batch");

    private final String label;

    LateStamp(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  private final ServerKind server;
  private final LateStamp lateStamp;
  private final String expiry;

  StoreType(ServerKind server, LateStamp lateStamp, String expiry) {
    this.server = server;
    this.lateStamp = lateStamp;
    this.expiry = expiry;
  }

  /** The server that it needs, if any. */
  public Optional<ServerKind> server() {
    return Optional.ofNullable(server);
  }

  /** What becomes of a late heartbeat. */
  public LateStamp lateStamp() {
    return lateStamp;
  }

  /** What becomes of expired users, in words. */
  public String expiry() {
    return expiry;
  }

  /** Whether a client that crashes goes offline by itself. */
  public boolean knowsTime() {
    return this != MARIADB_BOOLEAN;
  }

  /**
   * Opens the store, and makes its tables if there are none.
   *
   * @param address address of its server; ignored by a store without one
   */
  public PresenceStore open(String address, StoreSettings settings) {
    String name = name().toLowerCase(Locale.ROOT);
    return switch (this) {
      case PRESENCE -> new LocalStore(settings);
      case MARIADB_REPLACE, MARIADB_UPSERT -> {
        Write write = this == MARIADB_REPLACE ? Write.REPLACE : Write.UPSERT;
        yield opened(
            new MariaDbLink(name(), address, settings.connections()),
            link -> new MariaDbStampStore(name, link, settings, write));
      }
      case MARIADB_BOOLEAN ->
          opened(
              new MariaDbLink(name(), address, settings.connections()),
              link -> new MariaDbBooleanStore(name, link));
      case REDIS_EXPIRING ->
          opened(
              new RedisLink(name(), address, settings.connections()),
              link -> new RedisExpiringStore(name, link, settings));
      case REDIS_SORTED_SET ->
          opened(
              new RedisLink(name(), address, settings.connections()),
              link -> new RedisSortedSetStore(name, link, settings));
      case DYNAMODB ->
          opened(
              new DynamoDbLink(name(), address, settings.connections()),
              link -> new DynamoDbStore(name, link, settings));
    };
  }

  /** Closes the connections of a store that cannot be opened. */
  private static <L extends AutoCloseable> PresenceStore opened(
      L link, Function<L, PresenceStore> store) {
    try {
      return store.apply(link);
    } catch (RuntimeException e) {
      try {
        link.close();
      } catch (Exception suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }
}
