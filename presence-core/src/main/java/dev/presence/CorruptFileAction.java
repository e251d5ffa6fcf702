package dev.presence;

/** What {@link PresenceBuilder#open()} does if there are snapshots and none is whole. */
public enum CorruptFileAction {

  /** Throws an {@link java.io.UncheckedIOException} and changes nothing. */
  FAIL,

  /** Sets the files aside under other names, logs a warning, and opens without any user. */
  START_EMPTY
}
