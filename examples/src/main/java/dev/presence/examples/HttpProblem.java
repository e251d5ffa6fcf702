package dev.presence.examples;

/** A request that gets no answer but a status and a reason: the rule, then the value. */
final class HttpProblem extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  HttpProblem(int status, String message) {
    super(message, null, false, false); // clients cause these as they like, so keep them cheap
    this.status = status;
  }

  static HttpProblem badRequest(String message) {
    return new HttpProblem(400, message);
  }

  int status() {
    return status;
  }
}
