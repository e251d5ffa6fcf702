package dev.presence.redis;

import io.lettuce.core.event.DefaultEventPublisherOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultEventLoopGroupProvider;
import io.lettuce.core.resource.NettyCustomizer;
import io.lettuce.core.resource.Transports;
import io.netty.channel.EventLoopGroup;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The one thread of a session, which serves all its connections. A session has its own, so that one
 * that hangs in the search for a host's address holds up no other, and all ends with the session.
 */
final class IoThread implements AutoCloseable {

  static final String NAME = "presence-redis";

  private final DefaultEventLoopGroupProvider provider =
      new DefaultEventLoopGroupProvider(1, pool -> IoThread::daemon);
  private final EventLoopGroup group = provider.allocate(Transports.eventLoopGroupClass());

  /**
   * What a client needs, with this thread for everything.
   *
   * @param customizer sees the client's connections before they are used
   */
  ClientResources resources(NettyCustomizer customizer) {
    return ClientResources.builder()
        .eventLoopGroupProvider(provider)
        .eventExecutorGroup(group)
        .timer(NoTimer.INSTANCE)
        .addressResolverGroup(DefaultAddressResolverGroup.INSTANCE) // as everything else in the JVM
        .commandLatencyRecorder(CommandLatencyRecorder.disabled())
        .commandLatencyPublisherOptions(DefaultEventPublisherOptions.disabled())
        .nettyCustomizer(customizer)
        .build();
  }

  /** Closes every connection at once, without a word to the servers, and ends. */
  @Override
  public void close() {
    Future<?> unused = group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(null, task, NAME, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(IoThread.class.getClassLoader()); // not the application's
    return thread;
  }
}
