package dev.presence.examples.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/** What a request is refused for before its body is read. Stateless. */
final class RequestHeads {

  private RequestHeads() {}

  /** Says why the library cannot read a request. */
  static HttpProblem unreadable(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return new HttpProblem(414, "request line must be at most " + Limits.LINE_BYTES + " bytes");
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return new HttpProblem(431, "headers must be at most " + Limits.HEADER_BYTES + " bytes");
    }
    return HttpProblem.badRequest(
        "request must be HTTP/1.1", "reason", String.valueOf(cause.getMessage()));
  }

  /** Refuses what leaves in doubt where the request ends or whom it is for. */
  static void checkFraming(HttpRequest head) throws HttpProblem {
    HttpVersion version = head.protocolVersion();
    boolean is11 = version.equals(HttpVersion.HTTP_1_1);
    if (!is11 && !version.equals(HttpVersion.HTTP_1_0)) {
      throw new HttpProblem(505, "version must be HTTP/1.1 or HTTP/1.0: version=" + version);
    }
    int hosts = head.headers().getAll(HttpHeaderNames.HOST).size();
    if (is11 && hosts != 1) {
      throw new HttpProblem(400, "Host must be given once: number of Host=" + hosts);
    }
    String encoding = head.headers().get(HttpHeaderNames.TRANSFER_ENCODING);
    if (encoding != null && !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(encoding)) {
      throw new HttpProblem(
          501,
          "Transfer-Encoding must be chunked: Transfer-Encoding=" + HttpProblem.shown(encoding));
    }
  }

  /** Refuses a body that will be too large, and wishes about it that cannot be fulfilled. */
  static void checkBody(HttpRequest head) throws HttpProblem {
    if (HttpUtil.getContentLength(head, 0L) > Limits.BODY_BYTES) {
      throw tooLarge(head.headers().get(HttpHeaderNames.CONTENT_LENGTH));
    }
    String expectation = head.headers().get(HttpHeaderNames.EXPECT);
    if (expectation != null && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expectation)) {
      throw new HttpProblem(
          417, "Expect must be 100-continue: Expect=" + HttpProblem.shown(expectation));
    }
  }

  static HttpProblem tooLarge(String contentLength) {
    return new HttpProblem(
        413,
        "body must be at most " + Limits.BODY_BYTES + " bytes: Content-Length=" + contentLength);
  }
}
