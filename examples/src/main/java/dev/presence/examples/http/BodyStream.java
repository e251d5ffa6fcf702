package dev.presence.examples.http;

/**
 * A body that is written little by little and has no end of its own. The thread of the connection
 * calls it, one call at a time.
 */
interface BodyStream {

  /** Begins, after the head of the answer. */
  void start(BodyWriter out);

  /** Goes on after a pause: the client takes more again. */
  void resume();

  /** Says something, so that nobody on the way takes the connection for dead. */
  void keepAlive();

  /** Gives back what the stream holds. Always called, also for a stream that never began. */
  void close();
}
