package dev.presence.examples.http;

import java.util.concurrent.Executor;

/** Where a {@link BodyStream} writes, on the thread of the connection alone. */
interface BodyWriter {

  /** Runs tasks on the thread of the connection, never within the call. By any thread. */
  Executor executor();

  /** Whether the client takes what is written; if not, {@link BodyStream#resume} tells when. */
  boolean isWritable();

  /** Writes something, which is sent by the next {@link #flush}. */
  void write(byte[] bytes);

  /** Sends what has been written. */
  void flush();

  /** Ends the body, and the connection with it. */
  void end();
}
