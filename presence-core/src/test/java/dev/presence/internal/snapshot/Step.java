package dev.presence.internal.snapshot;

/** The steps of writing a snapshot. */
public enum Step {
  CREATE,
  WRITE,
  FORCE,
  RENAME,
  FORCE_FOLDER,
  DELETE
}
