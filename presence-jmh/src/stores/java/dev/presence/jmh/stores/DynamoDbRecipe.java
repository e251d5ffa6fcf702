package dev.presence.jmh.stores;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * DynamoDB Local, in memory, in a JVM of its own, so that it is a server like the others. It sends
 * nothing to its maker.
 */
final class DynamoDbRecipe implements ServerRecipe {

  private static final List<String> LIBRARIES =
      List.of(
          "libsqlite4java-linux-amd64-1.0.392.so",
          "libsqlite4java-osx-1.0.392.dylib",
          "sqlite4java-win32-x64-1.0.392.dll");

  @Override
  public List<String> prepare(Path folder, int port, String password) throws IOException {
    Path libraries = Files.createDirectories(folder.resolve("sqlite4java"));
    for (String library : LIBRARIES) {
      URL resource = DynamoDbRecipe.class.getResource("/sqlite4java/" + library);
      if (resource == null) {
        throw Platform.unsupported(ServerKind.DYNAMODB);
      }
      Path unused = Folders.copy(resource, libraries.resolve(library));
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx1g",
        "-Dsqlite4java.library.path=" + libraries,
        "-classpath",
        classPath(),
        DynamoDbLocalMain.class.getName(),
        Integer.toString(port));
  }

  /** Absolute paths, because the server runs in another folder. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** It accepts any well-formed credentials; these are not secret. */
  @Override
  public String address(int port, String password) {
    return "http://presence:" + password + "@127.0.0.1:" + port;
  }

  @Override
  public String ask(String address) throws Exception {
    try (DynamoDbLink link = new DynamoDbLink("DYNAMODB", address, Connections.KEPT)) {
      int unused = link.call(client -> client.listTables().tableNames().size());
      return "http".equals(URI.create(address).getScheme())
          ? "DynamoDB Local"
          : "DynamoDB at " + ServerKind.hidden(address);
    }
  }
}
