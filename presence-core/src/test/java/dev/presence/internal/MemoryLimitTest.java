package dev.presence.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.internal.store.EpochClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads control groups of both versions, laid out as trees of files. */
class MemoryLimitTest {

  @TempDir private Path root;

  @Test
  void bytes_version2AtTheTop_isTheLimit() throws Exception {
    write("proc/self/cgroup", "0::/\n");
    write("sys/fs/cgroup/memory.max", "1000\n");

    assertThat(limit().bytes()).hasValue(1000);
  }

  @Test
  void bytes_version2Nested_isTheLimitOfTheGroup() throws Exception {
    write("proc/self/cgroup", "0::/kubepods/pod1/main\n");
    write("sys/fs/cgroup/kubepods/pod1/main/memory.max", "1000\n");
    write("sys/fs/cgroup/kubepods/pod1/memory.max", "2000\n");

    assertThat(limit().bytes()).hasValue(1000);
  }

  @Test
  void bytes_lowerLimitOfAParent_counts() throws Exception {
    write("proc/self/cgroup", "0::/kubepods/pod1/main\n");
    write("sys/fs/cgroup/kubepods/pod1/main/memory.max", "max\n");
    write("sys/fs/cgroup/kubepods/pod1/memory.max", "2000\n");
    write("sys/fs/cgroup/kubepods/memory.max", "1500\n");
    write("sys/fs/cgroup/memory.max", "max\n");

    assertThat(limit().bytes()).hasValue(1500);
  }

  @Test
  void bytes_version1_isTheLimit() throws Exception {
    write("proc/self/cgroup", "5:cpu,cpuacct:/a\n4:memory:/docker/7f\n1:name=systemd:/a\n");
    write("sys/fs/cgroup/memory/docker/7f/memory.limit_in_bytes", "1000\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");

    assertThat(limit().bytes()).hasValue(1000);
  }

  @Test
  void bytes_version1BesideOtherControllers_isTheLimit() throws Exception {
    write("proc/self/cgroup", "4:hugetlb,memory:/a\n0::/\n");
    write("sys/fs/cgroup/memory/a/memory.limit_in_bytes", "1000\n");

    assertThat(limit().bytes()).hasValue(1000);
  }

  /** A container sees its own group at the top, but its path is the one on the host. */
  @ParameterizedTest
  @ValueSource(strings = {"/docker/7f", "/../../other", "", "//"})
  void bytes_pathThatLeadsNowhere_isTheLimitAtTheTop(String path) throws Exception {
    write("proc/self/cgroup", "4:memory:" + path + "\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "1000\n");

    assertThat(limit().bytes()).hasValue(1000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"max", "", "\n", "-1", "0", "12 MB", "18446744073709551615"})
  void bytes_limitThatIsNotANumber_isNone(String text) throws Exception {
    write("proc/self/cgroup", "0::/\n");
    write("sys/fs/cgroup/memory.max", text);

    assertThat(limit().bytes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "0", "0:", "::", "garbage", ":memory"})
  void bytes_groupsThatAreGarbage_isNone(String text) throws Exception {
    write("proc/self/cgroup", text);

    assertThat(limit().bytes()).isEmpty();
  }

  @Test
  void bytes_pathThatNoFileCanHave_isTheLimitAtTheTop() throws Exception {
    write("proc/self/cgroup", "0::/a\0b\n");
    write("sys/fs/cgroup/memory.max", "1000\n");

    assertThat(limit().bytes()).hasValue(1000);
  }

  @Test
  void bytes_fileThatIsNotText_isNone() throws Exception {
    write("proc/self/cgroup", "0::/\n");
    Files.createDirectories(root.resolve("sys/fs/cgroup"));
    Files.write(root.resolve("sys/fs/cgroup/memory.max"), new byte[] {(byte) 0xff, (byte) 0xfe});

    assertThat(limit().bytes()).isEmpty();
  }

  @Test
  void bytes_folderInPlaceOfTheFile_isNone() throws Exception {
    write("proc/self/cgroup", "0::/\n");
    Files.createDirectories(root.resolve("sys/fs/cgroup/memory.max"));

    assertThat(limit().bytes()).isEmpty();
  }

  @Test
  void bytes_inAnInterruptedThread_isTheLimitAndTheThreadStaysInterrupted() throws Exception {
    write("proc/self/cgroup", "0::/\n");
    write("sys/fs/cgroup/memory.max", "1000\n");
    Thread.currentThread().interrupt();

    OptionalLong bytes = limit().bytes();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(bytes).hasValue(1000);
  }

  @Test
  void bytes_withoutAnyFile_isNone() {
    assertThat(limit().bytes()).isEmpty();
  }

  @Test
  void warning_limitBelowTheMapAndTheHeap_namesAllThree() throws Exception {
    write("proc/self/cgroup", "0::/\n");
    write("sys/fs/cgroup/memory.max", "999\n");

    assertThat(limit().warning(900, 100))
        .isEqualTo(
            "the memory limit of the control group must hold the map and the largest heap, or the "
                + "system kills the process when they fill: memoryLimit=999 offHeapBytes=900 "
                + "maxHeapBytes=100");
  }

  @Test
  void warning_limitOfExactlyTheMapAndTheHeap_isNone() throws Exception {
    write("proc/self/cgroup", "0::/\n");
    write("sys/fs/cgroup/memory.max", "1000\n");

    assertThat(limit().warning(900, 100)).isNull();
  }

  @Test
  void warning_hugeSizes_doesNotOverflow() throws Exception {
    write("proc/self/cgroup", "0::/\n");
    write("sys/fs/cgroup/memory.max", "1\n");

    assertThat(limit().warning(Long.MAX_VALUE, Long.MAX_VALUE)).isNotNull();
  }

  @Test
  void warning_withoutALimit_isNone() {
    assertThat(limit().warning(Long.MAX_VALUE, Long.MAX_VALUE)).isNull();
  }

  @Test
  void openStore_limitBelowTheMap_warnsOnce() throws Exception {
    write("proc/self/cgroup", "0::/\n");
    write("sys/fs/cgroup/memory.max", "1000\n");

    List<LogRecord> log = logOfOpenStore();

    assertThat(log).singleElement().extracting(LogRecord::getLevel).isEqualTo(Level.WARNING);
    assertThat(log.get(0).getMessage())
        .contains(": memoryLimit=1000 offHeapBytes=19409664 maxHeapBytes=");
  }

  @Test
  void openStore_withoutALimit_doesNotWarn() {
    assertThat(logOfOpenStore()).isEmpty();
  }

  private List<LogRecord> logOfOpenStore() {
    List<LogRecord> log = new ArrayList<>();
    Logger logger = Logger.getLogger("dev.presence");
    logger.setUseParentHandlers(false);
    Handler handler = new Recorder(log);
    logger.addHandler(handler);
    try {
      StoreOpener.open("test", 1_000_000, limit(), new EpochClock(InstantSource.system())).close();
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
    return log;
  }

  private static final class Recorder extends Handler {
    private final List<LogRecord> log;

    Recorder(List<LogRecord> log) {
      this.log = log;
    }

    @Override
    public void publish(LogRecord line) {
      log.add(line);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private MemoryLimit limit() {
    return new MemoryLimit(root);
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
