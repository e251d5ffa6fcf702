package dev.presence.examples.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/** Turns answers into what the codec writes. Safe for use by any number of threads. */
final class ResponseHeads {

  private final CommonHeaders headers;

  ResponseHeads(CommonHeaders headers) {
    this.headers = headers;
  }

  /**
   * The whole answer.
   *
   * @param request what is answered; null if it could not be read
   * @param keeps whether the connection is kept
   */
  FullHttpResponse whole(Answer answer, HttpRequest request, boolean keeps) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            Unpooled.wrappedBuffer(answer.body()));
    headers.addTo(response.headers());
    if (answer.body().length > 0) {
      response.headers().set("Content-Type", answer.type());
      response.headers().set("Content-Length", answer.body().length);
    }
    answer.headers().forEach(response.headers()::set);
    HttpVersion version = request == null ? HttpVersion.HTTP_1_1 : request.protocolVersion();
    HttpUtil.setKeepAlive(response.headers(), version, keeps);
    return response;
  }

  /** The head of an answer whose body follows; for a client of HTTP/1.0 until the hang-up. */
  HttpResponse ofStream(Answer answer, HttpRequest request) {
    HttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
    headers.addTo(response.headers());
    response.headers().set("Content-Type", answer.type());
    answer.headers().forEach(response.headers()::set);
    HttpUtil.setTransferEncodingChunked(
        response, request.protocolVersion().equals(HttpVersion.HTTP_1_1));
    HttpUtil.setKeepAlive(response.headers(), HttpVersion.HTTP_1_1, false);
    return response;
  }
}
