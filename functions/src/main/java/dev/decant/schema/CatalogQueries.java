package dev.decant.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs queries against the catalog. */
record CatalogQueries(Connection connection) {
  /** Reads one row of an answer. */
  interface CatalogRow {
    void read(ResultSet row) throws SQLException;
  }

  void each(String sql, CatalogRow reader) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          reader.read(rows);
        }
      }
    }
  }

  /** Reads numbers that are separated by blanks. */
  static List<Integer> numbers(@Nullable String text) {
    return text == null || text.isBlank()
        ? List.of()
        : Arrays.stream(text.strip().split(" ", -1)).map(Integer::valueOf).toList();
  }
}
