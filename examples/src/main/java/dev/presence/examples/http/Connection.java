package dev.presence.examples.http;

import static java.lang.System.Logger.Level.WARNING;

import dev.presence.examples.http.Deadlines.Phase;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads the requests of one connection, one after the other, and answers them in that order. Used
 * by the thread of the connection alone.
 */
final class Connection extends ChannelInboundHandlerAdapter {

  private static final System.Logger LOGGER = System.getLogger("dev.presence.examples");

  private final Router router;
  private final ResponseHeads heads;
  private final Deadlines deadlines;

  /** What has been read and not looked at: a client may send requests before it has answers. */
  private final Deque<HttpObject> inbox = new ArrayDeque<>();

  /** Empty again as soon as it is used, since most connections wait most of the time. */
  private ByteArrayOutputStream body = noBody();

  private ChannelHandlerContext ctx;

  /** The request that is being read or answered. */
  private HttpRequest head;

  private boolean refused;
  private boolean answering;
  private boolean working;
  private boolean inputHasEnded;
  private boolean closesSoon;

  Connection(Router router, ResponseHeads heads, Deadlines deadlines) {
    this.router = router;
    this.heads = heads;
    this.deadlines = deadlines;
  }

  /** Closes once the request under way is answered, or now if there is none. */
  private void closeSoon() {
    closesSoon = true;
    Phase phase = deadlines.phase();
    boolean isAnswered = phase == Phase.REQUEST && refused;
    if (isAnswered || phase == Phase.IDLE || phase == Phase.CLOSING) {
      hangUp();
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object part) {
    inbox.add((HttpObject) part);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    work();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    inbox.forEach(ReferenceCountUtil::release);
    inbox.clear();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ConnectionEvent.CLOSE_SOON) {
      closeSoon();
    } else if (event == ConnectionEvent.REQUEST_LATE) {
      giveUp(new HttpProblem(408, "request must be complete in time"));
    } else if (event instanceof ChannelInputShutdownEvent) {
      inputHasEnded = true;
      work();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof DecoderException) {
      giveUp(RequestHeads.unreadable(cause));
      return;
    }
    if (!(cause instanceof IOException)) { // those are about the client, who has gone
      LOGGER.log(WARNING, "a connection has failed", cause);
    }
    hangUp();
  }

  /** Looks at what has been read until an answer must be waited for, and then reads on. */
  private void work() {
    if (working) {
      return;
    }
    working = true;
    try {
      while (!answering && !inbox.isEmpty()) {
        HttpObject part = inbox.remove();
        try {
          take(part);
        } finally {
          ReferenceCountUtil.release(part);
        }
      }
    } finally {
      working = false;
    }
    if (answering) {
      return;
    }
    if (!inputHasEnded) {
      ctx.read();
    } else if (deadlines.phase() == Phase.REQUEST) {
      giveUp(new HttpProblem(400, "request must be complete"));
    } else {
      hangUp();
    }
  }

  private void take(HttpObject part) {
    if (deadlines.phase() == Phase.CLOSING) {
      return;
    }
    if (part.decoderResult().isFailure()) {
      giveUp(RequestHeads.unreadable(part.decoderResult().cause()));
      return;
    }
    if (part instanceof HttpRequest next) {
      begin(next);
    }
    if (part instanceof HttpContent content) {
      add(content);
    }
  }

  private void begin(HttpRequest next) {
    if (deadlines.phase() == Phase.IDLE) { // it came together with the one before
      deadlines.enter(Phase.REQUEST);
    }
    head = next;
    refused = false;
    try {
      RequestHeads.checkFraming(next);
    } catch (HttpProblem e) {
      giveUp(e);
      return;
    }
    try {
      RequestHeads.checkBody(next);
      if (HttpUtil.is100ContinueExpected(next)) {
        send(
            new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE),
            ChannelFutureListener.CLOSE_ON_FAILURE);
      }
    } catch (HttpProblem e) {
      refuse(e);
    }
  }

  private void add(HttpContent content) {
    boolean isLast = content instanceof LastHttpContent;
    if (refused) {
      // The rest of the body is read and thrown away, so that the connection can be kept.
      if (isLast) {
        endRefused();
      }
      return;
    }
    if (body.size() + content.content().readableBytes() > Limits.BODY_BYTES) {
      refuse(RequestHeads.tooLarge("unknown"));
      if (isLast) {
        endRefused();
      }
      return;
    }
    body.writeBytes(ByteBufUtil.getBytes(content.content()));
    if (isLast) {
      deadlines.enter(Phase.ANSWER);
      answer();
    }
  }

  private void endRefused() {
    refused = false;
    if (HttpUtil.isKeepAlive(head) && !closesSoon) {
      deadlines.enter(Phase.IDLE);
    } else {
      hangUp();
    }
  }

  private void answer() {
    answering = true;
    byte[] bytes = body.toByteArray();
    body = noBody();
    Request request;
    try {
      request = new Request(head.method().name(), head.uri(), bytes);
    } catch (HttpProblem e) {
      finish(Answer.error(e));
      return;
    }
    router
        .answer(request)
        .whenComplete(
            (answer, never) -> {
              if (ctx.executor().inEventLoop()) {
                finish(answer);
              } else {
                ctx.executor().execute(() -> finish(answer));
              }
            });
  }

  /** Answers a whole request; goes on with the next one when the answer is with the client. */
  private void finish(Answer answer) {
    if (answer.stream() != null) {
      stream(answer, answer.stream());
      return;
    }
    boolean keeps = HttpUtil.isKeepAlive(head) && !closesSoon;
    send(
        heads.whole(answer, head, keeps),
        written -> {
          if (!keeps || !written.isSuccess()) {
            hangUp();
            return;
          }
          answering = false;
          deadlines.enter(Phase.IDLE);
          work();
        });
  }

  /** Leaves the connection to a stream, for good. */
  private void stream(Answer answer, BodyStream stream) {
    if (closesSoon || !ctx.channel().isActive()) {
      stream.close();
      hangUp();
      return;
    }
    ChannelFuture unused = ctx.write(heads.ofStream(answer, head));
    ctx.pipeline().replace(this, null, new StreamingConnection(stream, deadlines));
    // What has been read meanwhile now goes to the one that has taken this place.
    inbox.forEach(ctx::fireChannelRead);
    inbox.clear();
    if (inputHasEnded) {
      ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }
  }

  /** Answers before the body is there. */
  private void refuse(HttpProblem problem) {
    refused = true;
    body = noBody();
    send(
        heads.whole(Answer.error(problem), head, HttpUtil.isKeepAlive(head)),
        ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  /**
   * Answers a request whose end is unknown, and hangs up. The client may still send, and would lose
   * the answer if the connection were closed at once.
   */
  private void giveUp(HttpProblem problem) {
    if (deadlines.phase() == Phase.CLOSING) {
      return;
    }
    boolean isAnswered = refused;
    deadlines.enter(Phase.CLOSING);
    if (isAnswered) {
      hangUp();
      return;
    }
    send(
        heads.whole(Answer.error(problem), head, false),
        written -> {
          if (inputHasEnded || !written.isSuccess()) {
            hangUp();
          } else {
            ChannelFuture unused = ((DuplexChannel) ctx.channel()).shutdownOutput();
          }
        });
  }

  private static ByteArrayOutputStream noBody() {
    return new ByteArrayOutputStream(0);
  }

  private void hangUp() {
    ChannelFuture unused = ctx.close();
  }

  private void send(FullHttpResponse response, ChannelFutureListener afterwards) {
    ChannelFuture unused = ctx.writeAndFlush(response).addListener(afterwards);
  }
}
