package dev.presence.jmh.stores;

import dev.presence.jmh.report.CommandLines;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * Runs DynamoDB Local on the loopback address. Its own main program would listen on every address
 * of the machine and report its use to its maker.
 */
@Command(name = "DynamoDbLocalMain", description = "Runs DynamoDB Local until it is stopped.")
final class DynamoDbLocalMain implements Callable<Integer> {

  @Parameters(paramLabel = "PORT")
  private int port;

  public static void main(String[] args) {
    System.exit(CommandLines.run(new DynamoDbLocalMain(), args));
  }

  @Override
  public Integer call() throws Exception {
    Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    server.setHandler(
        new ContextHandler(
            new LocalDynamoDBServerHandler(
                new LocalDynamoDBRequestHandler(0, true, null, true, false), null)));
    server.start();
    server.join();
    return 0;
  }
}
