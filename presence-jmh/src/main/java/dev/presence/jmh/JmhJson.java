package dev.presence.jmh;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/** Results as JMH writes them, without where this machine has its JVM. */
public final class JmhJson {

  private JmhJson() {}

  /** All of them in one array. */
  public static String of(Collection<RunResult> results) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
    return bytes
        .toString(StandardCharsets.UTF_8)
        .replaceAll("(\"jvm\" : )\"[^\"]*\"", "$1\"java\"");
  }
}
