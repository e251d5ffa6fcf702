package dev.presence.examples.http;

/** Why a request is refused: an HTTP status, and a message with the rule and then the value. */
final class HttpProblem extends Exception {

  private static final long serialVersionUID = 1L;

  /** Enough to recognize the value; a client may send 100,000 characters. */
  private static final int MAX_SHOWN = 100;

  private final int status;

  HttpProblem(int status, String message) {
    super(message, null, false, false); // no stack trace: clients can cause any number
    this.status = status;
  }

  /** Refuses a value, which the client chose; a long one is cut. */
  static HttpProblem badRequest(String rule, String name, String value) {
    return new HttpProblem(400, rule + ": " + name + "=" + shown(value));
  }

  int status() {
    return status;
  }

  static String shown(String value) {
    if (value.length() <= MAX_SHOWN) {
      return value;
    }
    // Half of a surrogate pair is no character, and cannot be written as JSON.
    int end = Character.isHighSurrogate(value.charAt(MAX_SHOWN - 1)) ? MAX_SHOWN - 1 : MAX_SHOWN;
    return value.substring(0, end) + "...";
  }
}
