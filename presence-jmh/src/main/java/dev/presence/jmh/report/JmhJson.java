package dev.presence.jmh.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/** Writes results in JMH's own format. */
public final class JmhJson {

  private JmhJson() {}

  /**
   * Writes a file without the path of the JVM and without its arguments, which may hold the address
   * of a server with its password.
   */
  public static void write(Path file, Collection<RunResult> results) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
    Files.writeString(
        file,
        bytes
            .toString(StandardCharsets.UTF_8)
            .replaceAll("(\"jvm\" : )\"[^\"]*\"", "$1\"java\"")
            .replaceAll("(?s)(\"jvmArgs\" : )\\[[^]]*]", "$1[]"));
  }
}
