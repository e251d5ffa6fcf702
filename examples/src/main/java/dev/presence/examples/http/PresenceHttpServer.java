package dev.presence.examples.http;

import dev.presence.Presence;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Serves a {@link Presence} over HTTP, from {@link #start} to {@link #close()}. It does not own the
 * store: close the server first, then the store. Safe for use by several threads.
 *
 * <p>It runs on Netty. No thread waits for a client there, so thousands of slow connections or open
 * event streams cost only their memory, and the store answers on the thread that reads the socket.
 * What Netty cannot read reaches the server as a message, so even that is answered in JSON; Vert.x
 * hangs up at a malformed chunk, and Jetty has no limit for a head that drips.
 */
public final class PresenceHttpServer implements AutoCloseable {

  /** More than one reading of a socket can hold, so the connection alone decides when to read. */
  private static final int MAX_PIPELINED = 65_536;

  private static final int BACKLOG = 1_024;
  private static final long CLOSE_SECONDS = 5;

  static {
    // SLF4J, which is there for the store, would say on stderr that nobody listens.
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
  }

  private final EventLoopGroup threads;
  private final Channel listening;
  private final ChannelGroup connections;
  private final SharedTask<Long> count;
  private final SharedTask<byte[]> scrape;

  private PresenceHttpServer(
      EventLoopGroup threads,
      Channel listening,
      ChannelGroup connections,
      SharedTask<Long> count,
      SharedTask<byte[]> scrape) {
    this.threads = threads;
    this.listening = listening;
    this.connections = connections;
    this.count = count;
    this.scrape = scrape;
  }

  /**
   * Starts a server with the default options.
   *
   * @param address where to listen; port 0 picks a free one
   * @param presence the store to serve
   * @return a running server
   * @throws IOException if the server cannot listen on the address
   */
  public static PresenceHttpServer start(InetSocketAddress address, Presence presence)
      throws IOException {
    return start(address, presence, ServerOptions.DEFAULT);
  }

  /**
   * Starts a server.
   *
   * @param address where to listen; port 0 picks a free one
   * @param presence the store to serve
   * @param options how it treats its clients
   * @return a running server
   * @throws IOException if the server cannot listen on the address
   */
  public static PresenceHttpServer start(
      InetSocketAddress address, Presence presence, ServerOptions options) throws IOException {
    Faults faults = new Faults();
    faults.prepare();
    SharedTask<Long> count = new SharedTask<>("presence-count", presence::onlineCount);
    SharedTask<byte[]> scrape =
        new SharedTask<>("presence-scrape", new PrometheusMetrics(presence));
    List<Route> routes = new ArrayList<>();
    routes.addAll(new PresenceApi(presence, count, scrape, options.tellsOfReplication()).routes());
    routes.addAll(new FriendsPage().routes());
    // A store is full of online users only. If one of them falls silent now, the place is free
    // after the online window, which is the first of the default tiers; no earlier moment is sure.
    Router router =
        new Router(routes, !options.corsOrigin().isEmpty(), presence.tiers().window(0), faults);
    ResponseHeads heads =
        new ResponseHeads(new CommonHeaders(options.corsOrigin(), Route.methods(routes)));
    ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    EventLoopGroup threads =
        new MultiThreadIoEventLoopGroup(
            Math.max(2, Runtime.getRuntime().availableProcessors()),
            new DefaultThreadFactory("presence-http"),
            NioIoHandler.newFactory());
    ChannelFuture bound =
        new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .handler(new AcceptFailures(faults))
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    Deadlines deadlines = new Deadlines(options);
                    channel
                        .pipeline()
                        .addLast(deadlines)
                        .addLast(new HttpServerCodec(limits(), MAX_PIPELINED))
                        .addLast(new Connection(router, heads, deadlines));
                    connections.add(channel);
                  }
                })
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      count.close();
      scrape.close();
      stop(threads);
      throw bound.cause() instanceof IOException e ? e : new IOException(bound.cause());
    }
    PresenceHttpServer server =
        new PresenceHttpServer(threads, bound.channel(), connections, count, scrape);
    Rehearsal.run(server.address(), routes);
    return server;
  }

  private static HttpDecoderConfig limits() {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(Limits.LINE_BYTES)
        .setMaxHeaderSize(Limits.HEADER_BYTES);
  }

  /**
   * Returns where this server listens.
   *
   * @return the address with the actual port
   */
  public InetSocketAddress address() {
    return (InetSocketAddress) listening.localAddress();
  }

  /**
   * Refuses new requests, waits up to 5 seconds for those under way, then closes every connection.
   */
  @Override
  public void close() {
    listening.close().awaitUninterruptibly();
    for (Channel channel : connections) {
      channel.pipeline().fireUserEventTriggered(ConnectionEvent.CLOSE_SOON);
    }
    connections.newCloseFuture().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    connections.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    count.close();
    scrape.close();
    stop(threads);
  }

  private static void stop(EventLoopGroup threads) {
    threads
        .shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
