package dev.presence.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A {@link Node} as its parent sees it: lines go in, and lines come out. */
final class NodeProcess implements Closeable {

  private final String name;
  private final Process process;
  private final PrintStream orders;
  private final BufferedReader answers;

  /**
   * What a node has answered.
   *
   * @param online for each user 1 or 0
   * @param isLinked whether the node can reach Redis
   */
  record View(String online, boolean isLinked) {}

  private NodeProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    this.orders = new PrintStream(process.getOutputStream(), true, UTF_8);
    this.answers = process.inputReader(UTF_8);
  }

  /** Starts a program whose arguments make it a node. */
  static NodeProcess start(String name, String uri, Class<?> program, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("-classpath");
    command.add(System.getProperty("java.class.path"));
    command.add(program.getName());
    command.addAll(arguments);
    NodeProcess node =
        new NodeProcess(
            name,
            new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    node.orders.println(uri);
    return node;
  }

  /** Lets clients of these users beat here from now on. */
  View beat(long... users) throws IOException {
    return order("beat " + joined(users));
  }

  /** Lets these users sign out here. */
  View signOut(long... users) throws IOException {
    return order("sign-out " + joined(users));
  }

  View look() throws IOException {
    return order("look");
  }

  private View order(String order) throws IOException {
    orders.println(order);
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException(this + " has ended");
    }
    String[] words = answer.split(" ", -1);
    return new View(words[0], words[1].equals("linked"));
  }

  private static String joined(long[] users) {
    return Arrays.stream(users).mapToObj(Long::toString).collect(Collectors.joining(" "));
  }

  @Override
  public String toString() {
    return "node " + name;
  }

  /** Ends it at once, as {@code kill -9} does. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
