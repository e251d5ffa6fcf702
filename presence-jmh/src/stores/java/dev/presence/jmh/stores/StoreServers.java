package dev.presence.jmh.stores;

/** Starts servers, or finds those that already run. */
final class StoreServers {

  private StoreServers() {}

  private record FoundServer(String address) implements StoreServer {
    @Override
    public void close() {}
  }

  /**
   * Returns a server that answers.
   *
   * @throws StoreUnavailableException if there is none, with the kind and the cause
   */
  static StoreServer open(ServerKind kind) {
    String address = System.getProperty(kind.property(), "");
    if (address.isBlank()) {
      return StartedServer.start(kind, recipe(kind));
    }
    String unused = ask(kind, address);
    return new FoundServer(address);
  }

  /** Asks a server once, and returns what it says of itself. */
  static String ask(ServerKind kind, String address) {
    try {
      return recipe(kind).ask(address);
    } catch (Exception e) {
      throw new StoreUnavailableException(
          kind.name(), "does not answer at " + ServerKind.hidden(address), e);
    }
  }

  private static ServerRecipe recipe(ServerKind kind) {
    return switch (kind) {
      case MARIADB -> new MariaDbRecipe();
      case REDIS -> new RedisRecipe();
      case DYNAMODB -> new DynamoDbRecipe();
    };
  }
}
