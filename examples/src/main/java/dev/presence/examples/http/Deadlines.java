package dev.presence.examples.http;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Watches the time of one connection. A request must be whole in time however slowly its bytes
 * drip, so the time runs from its first byte, not from its last one. Used by the thread of the
 * connection alone.
 */
final class Deadlines extends ChannelInboundHandlerAdapter {

  private static final Duration CLOSING = Duration.ofSeconds(2);
  private static final Duration LONGEST_STEP = Duration.ofSeconds(1);

  /** What the connection waits for. */
  enum Phase {
    /** The first byte of a request. */
    IDLE,
    /** The rest of it. */
    REQUEST,
    /** The answer, until the client's side has accepted it. */
    ANSWER,
    /** The client, to accept what a stream has written last. */
    STREAM,
    /** The client, to notice that the server has hung up. */
    CLOSING
  }

  private final ServerOptions options;
  private Phase phase = Phase.IDLE;
  private long sinceNanos = System.nanoTime();
  private ScheduledFuture<?> steps;

  Deadlines(ServerOptions options) {
    this.options = options;
  }

  Phase phase() {
    return phase;
  }

  void enter(Phase next) {
    phase = next;
    sinceNanos = System.nanoTime();
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    Duration quarter = options.requestTimeout().dividedBy(4);
    long stepNanos = (quarter.compareTo(LONGEST_STEP) < 0 ? quarter : LONGEST_STEP).toNanos();
    steps =
        ctx.executor()
            .scheduleWithFixedDelay(() -> check(ctx), stepNanos, stepNanos, TimeUnit.NANOSECONDS);
    ctx.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    steps.cancel(false);
    ctx.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) {
    if (phase == Phase.IDLE) {
      enter(Phase.REQUEST);
    }
    ctx.fireChannelRead(bytes);
  }

  private void check(ChannelHandlerContext ctx) {
    if (System.nanoTime() - sinceNanos < limit().toNanos()) {
      return;
    }
    if (phase == Phase.REQUEST) {
      ctx.fireUserEventTriggered(ConnectionEvent.REQUEST_LATE);
    } else {
      ChannelFuture unused = ctx.close();
    }
  }

  /** How long the connection waits in its phase. */
  Duration limit() {
    return switch (phase) {
      case IDLE, STREAM -> options.idleTimeout();
      case REQUEST, ANSWER -> options.requestTimeout();
      case CLOSING -> CLOSING;
    };
  }
}
