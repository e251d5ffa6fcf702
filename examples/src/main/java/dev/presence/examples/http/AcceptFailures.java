package dev.presence.examples.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Waits a second when a connection cannot be accepted, which as a rule is for want of descriptors,
 * and then goes on. Clients wait in the system's queue meanwhile. Used by the thread of the
 * listening socket alone.
 */
final class AcceptFailures extends ChannelInboundHandlerAdapter {

  private final Faults faults;

  AcceptFailures(Faults faults) {
    this.faults = faults;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.channel().config().setAutoRead(false);
    ScheduledFuture<?> unused =
        ctx.executor()
            .schedule(() -> ctx.channel().config().setAutoRead(true), 1, TimeUnit.SECONDS);
    faults.log("cannot accept connections, and tries again every second", cause);
  }
}
