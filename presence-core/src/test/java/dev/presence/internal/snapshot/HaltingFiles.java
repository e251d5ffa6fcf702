package dev.presence.internal.snapshot;

/** Files that end the JVM on the spot before or after a step, when it comes for the n-th time. */
final class HaltingFiles extends SteppedFiles {

  /** The exit code of a JVM that was ended so. */
  static final int EXIT_CODE = 42;

  private final Step step;
  private final boolean isBefore;
  private int times;

  HaltingFiles(SnapshotFiles files, Step step, boolean isBefore, int times) {
    super(files);
    this.step = step;
    this.isBefore = isBefore;
    this.times = times;
  }

  @Override
  void before(Step current, String name) {
    if (isBefore && current == step && --times == 0) {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }

  @Override
  void after(Step current, String name) {
    if (!isBefore && current == step && --times == 0) {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }
}
