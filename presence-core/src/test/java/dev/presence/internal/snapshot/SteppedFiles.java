package dev.presence.internal.snapshot;

import java.io.IOException;

/** Files that let a test do something before and after each step of writing a snapshot. */
class SteppedFiles extends ForwardingFiles {

  SteppedFiles(SnapshotFiles files) {
    super(files);
  }

  /** Called before a step; what it throws is what the step throws. */
  void before(Step step, String name) throws IOException {}

  /** Called after a step. */
  void after(Step step, String name) {}

  @Override
  public Output create(String name) throws IOException {
    before(Step.CREATE, name);
    Output out = files.create(name);
    after(Step.CREATE, name);
    return new SteppedOutput(out, name);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    before(Step.RENAME, from);
    files.rename(from, to);
    after(Step.RENAME, from);
  }

  @Override
  public void delete(String name) throws IOException {
    before(Step.DELETE, name);
    files.delete(name);
    after(Step.DELETE, name);
  }

  @Override
  public void forceFolder() throws IOException {
    before(Step.FORCE_FOLDER, "");
    files.forceFolder();
    after(Step.FORCE_FOLDER, "");
  }

  private final class SteppedOutput implements Output {
    private final Output out;
    private final String name;

    SteppedOutput(Output out, String name) {
      this.out = out;
      this.name = name;
    }

    @Override
    public void write(long position, byte[] bytes, int length) throws IOException {
      before(Step.WRITE, name);
      out.write(position, bytes, length);
      after(Step.WRITE, name);
    }

    @Override
    public void force() throws IOException {
      before(Step.FORCE, name);
      out.force();
      after(Step.FORCE, name);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
