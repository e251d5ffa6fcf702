package dev.presence.jmh.stores;

/** Starts a server, prints its process and folder, and waits to be killed. */
final class HeldServer {

  private HeldServer() {}

  public static void main(String[] args) throws InterruptedException {
    StartedServer server = (StartedServer) StoreServers.open(ServerKind.REDIS);
    System.out.println(server.process().pid());
    System.out.println(server.folder());
    Thread.sleep(60_000);
  }
}
