package dev.presence.examples.http;

/** Sent up the pipeline to whoever serves a connection. */
enum ConnectionEvent {

  /** A request is not whole in time. */
  REQUEST_LATE,

  /** The server closes. */
  CLOSE_SOON
}
