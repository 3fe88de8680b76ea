package dev.decant.policy;

import dev.decant.mask.ColumnRule;
import dev.decant.mask.Condition;
import dev.decant.schema.TableName;
import dev.decant.yaml.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A parsed policy: the file's content with named masks resolved and parameters filled in, not yet
 * checked against a schema.
 *
 * @param file how messages name it
 * @param sha256 of the file's bytes, hex
 * @param parameters whose values are in the strings below, and stay out of messages
 * @param files the SHA-256 of each file beside the policy that it names, hex, by its name
 * @param text of the file as it is written: no parameter is filled in
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
    Parameters parameters,
    Map<String, String> files,
    String text) {
  public Policy {
    files = Map.copyOf(files);
    tables = Map.copyOf(tables);
    anchors = List.copyOf(anchors);
    sql = List.copyOf(sql);
    assertions = List.copyOf(assertions);
  }

  /**
   * All that the policy is made of: the digests of its file and of those that it names, and its
   * parameters. Two policies with the same inputs are the same. Values of parameters are among
   * them: to be hashed with a key, never to be shown.
   */
  public List<String> inputs() {
    List<String> inputs = new ArrayList<>(List.of("policy", sha256));
    new TreeMap<>(files).forEach((name, digest) -> inputs.addAll(List.of("file", name, digest)));
    inputs.add("parameters");
    inputs.addAll(parameters.namesAndValues());
    return inputs;
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
