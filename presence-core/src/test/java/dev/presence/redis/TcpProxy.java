package dev.presence.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A way to a server that can be slow, fall silent, or break. */
public final class TcpProxy implements AutoCloseable {

  private static final int SLOW_BYTES_PER_SECOND = 1_000;

  private final int target;
  private final ServerSocket listening;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean silent;
  private volatile boolean slow;

  /** A proxy before a port of this machine. */
  public TcpProxy(int target) throws IOException {
    this.target = target;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** The address of the server through the proxy. */
  public String uri() {
    return "redis://127.0.0.1:" + port();
  }

  /** From now on, nothing passes; connections stay open and are still accepted. */
  public void fallSilent() {
    silent = true;
  }

  /** From now on, answers come at 1 kB a second. */
  public void becomeSlow() {
    slow = true;
  }

  /** Breaks all connections. */
  public void cut() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listening.accept();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(client);
      sockets.add(server);
      start(() -> pump(client, server, false));
      start(() -> pump(server, client, true));
    }
  }

  private void pump(Socket from, Socket to, boolean answers) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] bytes = new byte[SLOW_BYTES_PER_SECOND];
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        for (int i = 0; slow && answers && i < read; i++) {
          out.write(bytes, i, 1);
          LockSupport.parkNanos(1_000_000_000L / SLOW_BYTES_PER_SECOND);
        }
        if (!silent && !(slow && answers)) {
          out.write(bytes, 0, read);
        }
      }
    }
  }

  private static void start(Pump pump) {
    Thread thread =
        new Thread(
            () -> {
              try {
                pump.run();
              } catch (IOException e) { // closed by one side or the test
                return;
              }
            },
            "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    cut();
  }

  /** What one of the threads does. */
  private interface Pump {
    void run() throws IOException;
  }
}
