package dev.presence.internal.replication;

/** The log cannot be used now. The message says why, in words for a log file, without secrets. */
public final class LogException extends Exception {

  private static final long serialVersionUID = 1L;

  public LogException(String message) {
    super(message);
  }

  public LogException(String message, Throwable cause) {
    super(message, cause);
  }
}
