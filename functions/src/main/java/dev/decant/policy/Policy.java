package dev.decant.policy;

import dev.decant.mask.ColumnRule;
import dev.decant.mask.Condition;
import dev.decant.schema.TableName;
import dev.decant.yaml.Parameters;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A parsed policy: the file's content with named masks resolved and parameters filled in, not yet
 * checked against a schema.
 *
 * @param file how messages name it
 * @param sha256 of the file's bytes, hex
 * @param parameters whose values are in the strings below, and stay out of messages
 */
public record Policy(
    String file,
    String sha256,
    Locale locale,
    Map<TableName, TableEntry> tables,
    @Nullable LargeObjects largeObjects,
    boolean dropComments,
    List<Anchor> anchors,
    List<SqlStep> sql,
    List<Assertion> assertions,
    Trace trace,
    Parameters parameters) {
  public Policy {
    tables = Map.copyOf(tables);
    anchors = List.copyOf(anchors);
    sql = List.copyOf(sql);
    assertions = List.copyOf(assertions);
  }

  /** A policy without parameters. */
  public Policy(
      String file,
      String sha256,
      Locale locale,
      Map<TableName, TableEntry> tables,
      @Nullable LargeObjects largeObjects,
      boolean dropComments,
      List<Anchor> anchors,
      List<SqlStep> sql,
      List<Assertion> assertions,
      Trace trace) {
    this(
        file,
        sha256,
        locale,
        tables,
        largeObjects,
        dropComments,
        anchors,
        sql,
        assertions,
        trace,
        Parameters.none());
  }

  /**
   * A table's entry, with lines for messages.
   *
   * @param keep the columns that pass unchanged, and the lines that say so
   * @param columns the other columns
   * @param where the rows that travel, or null for all
   */
  public record TableEntry(
      int line,
      boolean truncate,
      boolean optional,
      Map<String, Integer> keep,
      Map<String, ColumnEntry> columns,
      @Nullable Condition where) {
    public TableEntry {
      keep = Map.copyOf(keep);
      columns = Map.copyOf(columns);
    }
  }

  /** A column's entry. */
  public record ColumnEntry(int line, ColumnRule rule) {}

  /** What becomes of large objects. */
  public enum LargeObjects {
    EMPTY,
    DROP,
    KEEP
  }

  /** A row that is found again after masking. */
  public record Anchor(String name, int line, TableName table, Condition where) {}

  /** SQL that runs in the scratch database. {@code text} may hold several statements. */
  public record SqlStep(String name, int line, String text) {}

  /**
   * A query and what it must answer: {@code equals} (the one value's text) or, where that is null,
   * no rows.
   */
  public record Assertion(String name, int line, String sql, @Nullable String equals) {}

  /** Settings of the leak trace. */
  public record Trace(int minLength, Set<String> ignore) {
    public Trace {
      ignore = Set.copyOf(ignore);
    }
  }
}
