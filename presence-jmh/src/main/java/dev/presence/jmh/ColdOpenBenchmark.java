package dev.presence.jmh;

import dev.presence.Presence;
import dev.presence.PresenceBuilder;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.map.ChronicleMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The first use in a fresh JVM: opens the table for a million users, records one user, and asks for
 * that user, because a {@code ConcurrentHashMap} takes its memory only then. Each fork measures
 * once, without a warm-up: it loads classes and interprets code, like an application that starts.
 *
 * <p>{@code presence} has every default and no JVM option. {@code chronicleMap} is a bare Chronicle
 * Map with the options that it needs; it compiles a class with {@code javac} while it opens, and
 * that is part of the figure.
 *
 * <pre>{@code
 * java -jar presence-jmh/target/benchmarks.jar ColdOpenBenchmark -foe true
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(10)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Threads(1)
public class ColdOpenBenchmark {

  private static final int USERS = (int) PresenceBuilder.DEFAULT_MAX_USERS;

  private AutoCloseable opened;
  Object onHeap;

  @TearDown
  public void close() throws Exception {
    if (opened != null) {
      opened.close();
    }
  }

  @Benchmark
  public boolean presence() {
    Presence presence = Presence.open();
    opened = presence;
    presence.recordHeartbeat(Users.id(0));
    return presence.isOnline(Users.id(0));
  }

  @Benchmark
  @Fork(
      value = 10,
      jvmArgsAppend = {
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
        "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
        "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
        "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED"
      })
  public boolean chronicleMap() {
    ChronicleMap<Long, Integer> map = ChronicleMaps.create(USERS);
    opened = map;
    map.put(Users.id(0), 1);
    return map.get(Users.id(0)) != null;
  }

  @Benchmark
  public boolean concurrentHashMap() {
    ConcurrentHashMap<Long, Integer> map = new ConcurrentHashMap<>(USERS);
    onHeap = map;
    map.put(Users.id(0), 1);
    return map.get(Users.id(0)) != null;
  }
}
