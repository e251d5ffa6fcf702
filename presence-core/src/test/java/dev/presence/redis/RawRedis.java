package dev.presence.redis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plain connection to Redis for the tests' own commands. */
public final class RawRedis implements AutoCloseable {

  private final Socket socket;
  private final DataInputStream in;

  RawRedis(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /** Sends a command. An error in the answer is an exception. */
  public @Nullable Object ask(String... command) throws IOException {
    return ask(
        Arrays.stream(command)
            .map(part -> part.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new));
  }

  /** Does the same with bytes. */
  public @Nullable Object ask(byte[]... command) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(line("*" + command.length));
    for (byte[] part : command) {
      out.write(line("$" + part.length));
      out.write(part);
      out.write(line(""));
    }
    socket.getOutputStream().write(out.toByteArray());
    return answer();
  }

  private static byte[] line(String text) {
    return (text + "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  /** A text, a number as a {@code Long}, a list, or null. */
  private @Nullable Object answer() throws IOException {
    String line = readLine();
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> rest;
      case ':' -> Long.valueOf(rest);
      case '$' -> text(Integer.parseInt(rest));
      case '*' -> list(Integer.parseInt(rest));
      default -> throw new IOException(rest);
    };
  }

  private @Nullable List<@Nullable Object> list(int length) throws IOException {
    if (length < 0) {
      return null;
    }
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      list.add(answer());
    }
    return list;
  }

  private @Nullable String text(int length) throws IOException {
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    String unused = readLine();
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("connection closed");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
