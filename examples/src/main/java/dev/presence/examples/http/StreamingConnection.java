package dev.presence.examples.http;

import static java.lang.System.Logger.Level.WARNING;

import dev.presence.examples.http.Deadlines.Phase;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A connection whose last answer is a {@link BodyStream}. It takes the place of {@link Connection}
 * and lasts until the client hangs up or takes nothing for the idle timeout, or until the server
 * closes. Used by the thread of the connection alone.
 */
final class StreamingConnection extends ChannelInboundHandlerAdapter implements BodyWriter {

  private static final System.Logger LOGGER = System.getLogger("dev.presence.examples");

  /** Proxies give up a connection that is silent for 30 to 60 seconds. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);

  private final BodyStream stream;
  private final Deadlines deadlines;
  private final ChannelFutureListener accepted = this::accepted;
  private ChannelHandlerContext ctx;
  private ScheduledFuture<?> keepingAlive;
  private boolean ended;

  StreamingConnection(BodyStream stream, Deadlines deadlines) {
    this.stream = stream;
    this.deadlines = deadlines;
  }

  /** Begins, after the head of the answer has been written. */
  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
    deadlines.enter(Phase.STREAM);
    Duration quarter = deadlines.limit().dividedBy(4);
    long silence = (quarter.compareTo(LONGEST_SILENCE) < 0 ? quarter : LONGEST_SILENCE).toNanos();
    keepingAlive =
        context
            .executor()
            .scheduleAtFixedRate(
                () -> attempt(stream::keepAlive), silence, silence, TimeUnit.NANOSECONDS);
    attempt(() -> stream.start(this));
    context.read(); // so that it notices when the client hangs up
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    keepingAlive.cancel(false);
    stream.close();
  }

  /** A client that asks something else on this connection wants no more of the stream. */
  @Override
  public void channelRead(ChannelHandlerContext context, Object part) {
    ReferenceCountUtil.release(part);
    if (part instanceof HttpRequest) {
      end();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.read();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      attempt(stream::resume);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ConnectionEvent.CLOSE_SOON && isWritable()) {
      end();
    } else if (event == ConnectionEvent.CLOSE_SOON || event instanceof ChannelInputShutdownEvent) {
      // Half a hang-up cannot be told from a whole one until it is too late.
      hangUp();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException)) { // those are about the client, who has gone
      LOGGER.log(WARNING, "a stream has failed", cause);
    }
    hangUp();
  }

  @Override
  public Executor executor() {
    return ctx.executor();
  }

  @Override
  public boolean isWritable() {
    return ctx.channel().isWritable();
  }

  @Override
  public void write(byte[] bytes) {
    ChannelFuture unused =
        ctx.write(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes))).addListener(accepted);
  }

  @Override
  public void flush() {
    ctx.flush();
  }

  @Override
  public void end() {
    if (ended) {
      return;
    }
    ended = true;
    stream.close();
    ChannelFuture unused =
        ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
            .addListener(ChannelFutureListener.CLOSE);
  }

  /** The client lives: its time begins anew. */
  private void accepted(ChannelFuture written) {
    if (written.isSuccess()) {
      deadlines.enter(Phase.STREAM);
    }
  }

  private void attempt(Runnable step) {
    if (ended) {
      return;
    }
    try {
      step.run();
    } catch (RuntimeException e) {
      exceptionCaught(ctx, e);
    }
  }

  private void hangUp() {
    ChannelFuture unused = ctx.close();
  }
}
