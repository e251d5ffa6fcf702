package dev.presence.redis;

import dev.presence.internal.replication.LogException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One connection to one server. Commands wait for {@link #flush}, go out together, and are answered
 * in their order. Nothing is sent twice, and after a failure the connection is of no use.
 */
final class Link {

  private final StatefulRedisConnection<byte[], byte[]> connection;
  private final ByteBound bound;
  private final Failures failures;

  Link(StatefulRedisConnection<byte[], byte[]> connection, ByteBound bound, Failures failures) {
    this.connection = connection;
    this.bound = bound;
    this.failures = failures;
    connection.setAutoFlushCommands(false);
  }

  ByteBound bound() {
    return bound;
  }

  Failures failures() {
    return failures;
  }

  static CommandArgs<byte[], byte[]> args() {
    return new CommandArgs<>(ByteArrayCodec.INSTANCE);
  }

  /** A command to be sent with the next {@link #flush}. */
  <T> Answer<T> send(
      CommandType type,
      CommandOutput<byte[], byte[], T> output,
      CommandArgs<byte[], byte[]> arguments) {
    AsyncCommand<byte[], byte[], T> command =
        new AsyncCommand<>(new Command<>(type, output, arguments));
    try {
      connection.dispatch(command);
    } catch (RuntimeException e) { // not connected any more
      command.completeExceptionally(e);
    }
    return new Answer<>(type.name(), command, failures);
  }

  void flush() throws LogException {
    try {
      connection.flushCommands();
    } catch (RuntimeException e) {
      throw failures.of(e, "flush");
    }
  }

  /** Closes it without waiting; nothing comes of its answers. */
  void close() {
    CompletableFuture<Void> unused = connection.closeAsync();
  }

  /** What is to come for a command. */
  record Answer<T>(String command, CompletableFuture<T> future, Failures failures) {

    T await(Deadline deadline) throws LogException {
      return Link.await(future, command, failures, deadline);
    }
  }

  static <T> T await(CompletableFuture<T> future, String step, Failures failures, Deadline deadline)
      throws LogException {
    try {
      return future.get(deadline.leftNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw failures.late(step, deadline);
    } catch (ExecutionException e) {
      throw failures.of(e.getCause(), step);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failures.interrupted(step);
    } catch (RuntimeException e) { // cancelled
      throw failures.of(e, step);
    }
  }
}
