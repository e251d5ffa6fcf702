package dev.presence.internal;

import dev.presence.ProgressListener;

/** Counts what a long call has done, and tells its listener now and then. */
final class Progress {

  private static final long TELL_EVERY = 100_000;

  private final ProgressListener listener;
  private final long total;
  private long done;

  Progress(ProgressListener listener, long total) {
    this.listener = listener;
    this.total = total;
  }

  void oneMore() {
    done++;
    if (done % TELL_EVERY == 0) {
      listener.onProgress(done, Math.max(done, total));
    }
  }

  /** Tells the listener that all is done; returns how much that was. */
  long end() {
    listener.onProgress(done, done);
    return done;
  }

  long done() {
    return done;
  }
}
