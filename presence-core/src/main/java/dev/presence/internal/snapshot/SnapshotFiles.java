package dev.presence.internal.snapshot;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The files of one folder: each step whose order matters when power fails. Tests put a file system
 * in memory in its place, which loses what was not forced.
 */
interface SnapshotFiles {

  /** The names of all files in the folder. */
  List<String> list() throws IOException;

  /**
   * Opens a file for reading; does not follow links.
   *
   * @throws DamagedSnapshotException if it is something else, such as a folder or a link
   */
  InputStream read(String name) throws IOException;

  /** Creates a file that does not exist yet. */
  Output create(String name) throws IOException;

  /** Renames a file; one that has the new name is replaced. */
  void rename(String from, String to) throws IOException;

  /** Deletes a file if it is there. */
  void delete(String name) throws IOException;

  /** Makes names durable: what was created, renamed and deleted. */
  void forceFolder() throws IOException;

  /** A file being written. */
  interface Output extends Closeable {

    void write(long position, byte[] bytes, int length) throws IOException;

    /** Makes the content durable. Never called again after it has failed. */
    void force() throws IOException;
  }
}
