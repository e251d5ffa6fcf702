package dev.presence.internal.snapshot;

import java.io.IOException;

/** A file is not a whole snapshot. */
final class DamagedSnapshotException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Where in the file it shows, in bytes. */
  private final long offset;

  DamagedSnapshotException(long offset, String reason) {
    super(reason);
    this.offset = offset;
  }

  long offset() {
    return offset;
  }
}
