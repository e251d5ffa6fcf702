package dev.presence.internal.replication;

/** Bytes that are no frame, or one of a version that this library does not know. */
final class BadFrameException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean newer;

  BadFrameException(String message, boolean newer) {
    super(message, null, false, false); // no stack trace: there may be many
    this.newer = newer;
  }

  /** Whether it comes from a newer version of the library. */
  boolean isNewer() {
    return newer;
  }
}
