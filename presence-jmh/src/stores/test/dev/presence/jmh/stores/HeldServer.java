package dev.presence.jmh.stores;

/** A program that starts a server, says which process and folder it has, and waits to be ended. */
final class HeldServer {

  private HeldServer() {}

  public static void main(String[] args) throws InterruptedException {
    StartedServer server = (StartedServer) ServerKind.REDIS.open();
    System.out.println(server.process().pid());
    System.out.println(server.folder());
    Thread.sleep(60_000);
  }
}
