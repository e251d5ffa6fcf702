package dev.presence.internal.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Hands everything on to other files; subclasses do something else at some steps. */
class ForwardingFiles implements SnapshotFiles {

  final SnapshotFiles files;

  ForwardingFiles(SnapshotFiles files) {
    this.files = files;
  }

  @Override
  public List<String> list() throws IOException {
    return files.list();
  }

  @Override
  public InputStream read(String name) throws IOException {
    return files.read(name);
  }

  @Override
  public Output create(String name) throws IOException {
    return files.create(name);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    files.rename(from, to);
  }

  @Override
  public void delete(String name) throws IOException {
    files.delete(name);
  }

  @Override
  public void forceFolder() throws IOException {
    files.forceFolder();
  }
}
