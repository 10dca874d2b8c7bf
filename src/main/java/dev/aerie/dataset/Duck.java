package dev.aerie.dataset;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/// DuckDB without a database of its own: it reads and writes Parquet for us.
final class Duck {
  private Duck() {}

  /// A connection that streams its answers and keeps within a quarter of a gigabyte.
  static Connection connect() throws SQLException {
    return connect("jdbc:duckdb:");
  }

  /// A connection to a database in a file.
  static Connection connect(Path database) throws SQLException {
    return connect("jdbc:duckdb:" + database.toAbsolutePath());
  }

  private static Connection connect(String url) throws SQLException {
    var properties = new Properties();
    properties.setProperty("jdbc_stream_results", "true");
    properties.setProperty("threads", "1");
    properties.setProperty("memory_limit", "256MB");
    properties.setProperty("autoinstall_known_extensions", "false");
    return DriverManager.getConnection(url, properties);
  }

  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  static String name(String value) {
    return '"' + value.replace("\"", "\"\"") + '"';
  }

  /// DuckDB's first line: what follows is advice for those who typed the statement.
  static String reason(SQLException e) {
    var message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
