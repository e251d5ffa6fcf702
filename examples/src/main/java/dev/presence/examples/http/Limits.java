package dev.presence.examples.http;

/** How large a request may be, and how much of the server clients may take. */
final class Limits {

  /** User ids in a request. */
  static final int IDS = 1_000;

  /** A thousand of the longest ids, with every comma escaped. */
  static final int LINE_BYTES = 32_768;

  static final int HEADER_BYTES = 8_192;

  /** Far more than a thousand of the longest ids need. */
  static final int BODY_BYTES = 131_072;

  /** Streams of events at a time. Each holds a connection and a subscription. */
  static final int STREAMS = 1_000;

  private Limits() {}
}
