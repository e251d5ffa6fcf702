package dev.presence;

/** Is told how far a long call has come, on the calling thread and under no lock. */
@FunctionalInterface
public interface ProgressListener {

  /**
   * Takes note of the progress. An exception ends the call and reaches its caller.
   *
   * @param done how many users are done
   * @param total how many there are, as far as is known
   */
  void onProgress(long done, long total);
}
