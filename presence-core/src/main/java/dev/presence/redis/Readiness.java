package dev.presence.redis;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.CompletableFuture;

/**
 * Sees when a connection can be used, as its last handler. The client says that it is connected a
 * moment before, and then refuses a command; and without a password to send, it does not wait for
 * TLS.
 */
final class Readiness extends ChannelInboundHandlerAdapter {

  private final CompletableFuture<Boolean> ready = new CompletableFuture<>();

  /** Done when the connection can be used, or when it is closed and the first command says so. */
  CompletableFuture<Boolean> ready() {
    return ready;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    SslHandler tls = context.pipeline().get(SslHandler.class);
    if (tls == null) {
      ready.complete(true);
    } else {
      tls.handshakeFuture()
          .addListener(
              agreed -> {
                if (agreed.isSuccess()) {
                  ready.complete(true);
                } else {
                  ready.completeExceptionally(agreed.cause());
                }
              });
    }
    context.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ready.complete(false);
    context.fireChannelInactive();
  }
}
