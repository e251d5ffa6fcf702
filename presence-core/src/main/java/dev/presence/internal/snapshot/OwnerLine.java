package dev.presence.internal.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The line of a lock file that tells others who the owner is, and since when. */
final class OwnerLine {

  private static final Pattern OWNER = Pattern.compile("pid=(\\d{1,18}) since=\\S+");
  private static final int LONGEST = 200;
  private static final int LOOKS = 50;
  private static final long BETWEEN_LOOKS_NANOS = 1_000_000;

  private OwnerLine() {}

  static String ofThisProcess() {
    return "pid="
        + ProcessHandle.current().pid()
        + " since="
        + Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  /** Takes the place of what the file holds, which needs no new room on a full disk. */
  static void write(FileChannel file, String owner) throws IOException {
    byte[] line = (owner + "\n").getBytes(StandardCharsets.UTF_8);
    file.write(ByteBuffer.wrap(line), 0);
    file.truncate(line.length);
  }

  /** Who is in the file, or nothing. */
  static String read(FileChannel file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
    file.read(bytes, 0);
    String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    return text.substring(0, Math.max(0, text.indexOf('\n')));
  }

  /**
   * Who has locked the file. An owner of this very moment has not said so yet: waits a little if
   * nobody is in the file, or somebody whose process is gone.
   */
  static String readOther(Source source) throws IOException {
    String owner = source.read();
    for (int i = 0; i < LOOKS && !isAlive(owner); i++) {
      LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
      owner = source.read();
    }
    return owner.isEmpty() ? "pid=unknown" : owner; // in another container it may be alive
  }

  /** Reads the line once. */
  interface Source {
    String read() throws IOException;
  }

  private static boolean isAlive(String owner) {
    Matcher matcher = OWNER.matcher(owner);
    return matcher.matches() && ProcessHandle.of(Long.parseLong(matcher.group(1))).isPresent();
  }
}
