package dev.presence.jmh.stores;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Connections to MariaDB: from a HikariCP pool of {@value #POOL_SIZE}, or a new one per call. The
 * server prepares the statements, and each connection keeps its own.
 */
final class MariaDbLink implements AutoCloseable {

  static final int POOL_SIZE = 10;

  private static final String OPTIONS =
      "connectTimeout=3000&socketTimeout=30000&useServerPrepStmts=true&cachePrepStmts=true";
  private static final String ROLLED_BACK = "40001";

  private final String store;
  private final String url;
  private final HikariDataSource pool;

  MariaDbLink(String store, String address, Connections connections) {
    this.store = store;
    this.url = url(address);
    this.pool = connections == Connections.KEPT ? pool() : null;
  }

  /** Adds the options that each connection needs. */
  static String url(String address) {
    return address + (address.contains("?") ? "&" : "?") + OPTIONS;
  }

  interface Call<T> {
    T with(Connection connection) throws SQLException;
  }

  /** Runs a call as a transaction of its own, again if a deadlock has rolled it back. */
  <T> T call(Call<T> call) {
    Backoff backoff = new Backoff(store);
    while (true) {
      backoff.beforeTry();
      try (Connection connection = connect()) {
        return call.with(connection);
      } catch (SQLException e) {
        if (!ROLLED_BACK.equals(e.getSQLState())) {
          throw new StoreUnavailableException(store, "call failed", e);
        }
      }
    }
  }

  /** Runs a prepared statement that changes rows. */
  void update(String sql, long... parameters) {
    int unused =
        call(
            connection -> {
              try (PreparedStatement statement = prepare(connection, sql, parameters)) {
                return statement.executeUpdate();
              }
            });
  }

  interface Row {
    void accept(ResultSet row) throws SQLException;
  }

  /** Runs a prepared statement that finds rows. */
  void forEachRow(String sql, long[] parameters, Row action) {
    boolean unused =
        call(
            connection -> {
              try (PreparedStatement statement = prepare(connection, sql, parameters);
                  ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                  action.accept(rows);
                }
                return true;
              }
            });
  }

  private static PreparedStatement prepare(Connection connection, String sql, long[] parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setLong(i + 1, parameters[i]);
    }
    return statement;
  }

  /** Runs a statement without parameters. */
  void execute(String sql) {
    boolean unused =
        call(
            connection -> {
              try (var statement = connection.createStatement()) {
                return statement.execute(sql);
              }
            });
  }

  /** Returns the first column of the last row, or 0. */
  long number(String sql) {
    AtomicLong number = new AtomicLong();
    forEachRow(sql, new long[0], row -> number.set(row.getLong(1)));
    return number.get();
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.close();
    }
  }

  private Connection connect() throws SQLException {
    return pool == null ? DriverManager.getConnection(url) : pool.getConnection();
  }

  private HikariDataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(POOL_SIZE);
    config.setConnectionTimeout(5000);
    try {
      return new HikariDataSource(config);
    } catch (RuntimeException e) { // the pool cannot make its first connection
      throw new StoreUnavailableException(store, "cannot connect", e);
    }
  }
}
