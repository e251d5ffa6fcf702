package dev.presence;

/**
 * What {@link PresenceBuilder#open()} does if there are snapshots and none is whole, or if one that
 * is newer than all whole ones cannot be read. For use by any number of threads.
 */
public enum CorruptFileAction {

  /**
   * Throws an {@link java.io.UncheckedIOException} and changes nothing. If a snapshot cannot be
   * read, because of an I/O error, too many open files or a missing permission, its users may be
   * there once the trouble is over; an older one is not taken in its place.
   */
  FAIL,

  /**
   * Sets the files aside under other names, logs a warning for each, and opens: with the users of
   * an older snapshot if that one is whole, else without any. Gives up snapshots that cannot be
   * read, too; whoever repairs the cause finds them as {@code damaged.<n>}.
   */
  START_EMPTY
}
