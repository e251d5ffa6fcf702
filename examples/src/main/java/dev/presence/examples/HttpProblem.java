package dev.presence.examples;

/** Why a request is refused: an HTTP status, and a message with the rule and then the value. */
final class HttpProblem extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  HttpProblem(int status, String message) {
    super(message, null, false, false); // no stack trace: clients can cause any number
    this.status = status;
  }

  static HttpProblem badRequest(String message) {
    return new HttpProblem(400, message);
  }

  int status() {
    return status;
  }
}
