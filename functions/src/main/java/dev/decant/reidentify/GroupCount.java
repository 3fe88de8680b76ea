package dev.decant.reidentify;

import dev.decant.error.ErrorCode;
import dev.decant.manifest.Manifest;
import dev.decant.policy.Policy;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Quoting;
import dev.decant.schema.Column;
import dev.decant.schema.Table;
import dev.decant.schema.TypeCategory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Counts the groups of rows of a table that have the same quasi-identifiers.
 *
 * <p>NULL is a value like others here: it shows that production knows nothing, and two rows with
 * NULL are alike. Rows in which all of the columns are NULL belong to no group, because nobody can
 * be found by values that are not there.
 *
 * <p>PostgreSQL groups in the memory of {@link #MEMORY} and then on its disk, so a table may have
 * any size. The answer has one row of counts and no value of a row.
 */
final class GroupCount {
  /** The server may use twice as much for the table of a hash aggregate, in each of its workers. */
  private static final String MEMORY = "64MB";

  /** Counting took too long, or needed more disk than there is or than the server allows. */
  private static final Set<String> GIVEN_UP = Set.of("57014", "53100", "53400");

  /**
   * Types that are grouped as they are. The text stands for values of all other types, because
   * these may have no operator for equality, or one that takes different values for equal.
   */
  private static final Set<TypeCategory> COMPARED =
      EnumSet.of(
          TypeCategory.SMALLINT,
          TypeCategory.INTEGER,
          TypeCategory.BIGINT,
          TypeCategory.BOOLEAN,
          TypeCategory.DATE,
          TypeCategory.TIMESTAMP,
          TypeCategory.UUID,
          TypeCategory.ENUM);

  private final Connection connection;
  private final int k;
  private final Duration limit;

  GroupCount(Connection connection, int k, Duration limit) {
    this.connection = connection;
    this.k = k;
    this.limit = limit;
  }

  /** The counts; empty if counting took too long or needed too much disk. */
  Optional<Manifest.QuasiIdentifiers> of(Table table, Policy.QuasiIdentifiers columns) {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(
          "BEGIN READ ONLY; SET LOCAL statement_timeout = "
              + limit.toMillis()
              + "; SET LOCAL work_mem = '"
              + MEMORY
              + "'; SET LOCAL search_path = pg_catalog");
      try (ResultSet row = statement.executeQuery(query(table, columns.columns()))) {
        row.next();
        return Optional.of(
            new Manifest.QuasiIdentifiers(
                columns.table(),
                columns.columns(),
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6)));
      } finally {
        statement.execute("ROLLBACK");
      }
    } catch (SQLException e) {
      if (GIVEN_UP.contains(e.getSQLState())) {
        return Optional.empty();
      }
      throw DatabaseErrors.of(
          e, ErrorCode.DATABASE_FAILED, "counting the quasi-identifiers of " + columns.table());
    }
  }

  private String query(Table table, List<String> names) {
    List<String> values = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    for (String name : names) {
      String quoted = Quoting.identifier(name);
      Column column = table.column(name).orElseThrow();
      columns.add("q" + columns.size());
      values.add(
          (COMPARED.contains(column.type().category()) ? quoted : quoted + "::text COLLATE \"C\"")
              + " AS "
              + columns.getLast());
    }
    String keys = String.join(", ", columns);
    return """
    SELECT coalesce(sum(n) FILTER (WHERE known), 0),
      coalesce(sum(n) FILTER (WHERE NOT known), 0),
      count(*) FILTER (WHERE known),
      coalesce(min(n) FILTER (WHERE known), 0),
      coalesce(sum(n) FILTER (WHERE known AND n = 1), 0),
      coalesce(sum(n) FILTER (WHERE known AND n < %d), 0)
    FROM (
      SELECT count(*) AS n, num_nonnulls(%s) > 0 AS known
      FROM (SELECT %s FROM %s) AS r
      GROUP BY %s) AS g
    """
        .formatted(k, keys, String.join(", ", values), table.name().sql(), keys);
  }
}
