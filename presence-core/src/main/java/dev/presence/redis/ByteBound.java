package dev.presence.redis;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what a connection receives and closes it when that exceeds a bound, because the client
 * would collect an answer of any size. The first handler of its connection.
 */
final class ByteBound extends ChannelInboundHandlerAdapter {

  private final AtomicLong received = new AtomicLong();
  private volatile long limit;
  private volatile boolean exceeded;

  ByteBound(long bytes) {
    limit = bytes;
  }

  /** Lets so many more come. */
  void allow(long bytes) {
    limit = received.get() + bytes;
  }

  long received() {
    return received.get();
  }

  /** Whether the connection was closed for this. */
  boolean isExceeded() {
    return exceeded;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!exceeded && message instanceof ByteBuf bytes) {
      exceeded = received.addAndGet(bytes.readableBytes()) > limit;
      if (exceeded) {
        ChannelFuture unused = context.close();
      }
    }
    if (exceeded) {
      ReferenceCountUtil.release(message);
    } else {
      context.fireChannelRead(message);
    }
  }
}
