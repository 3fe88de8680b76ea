package dev.decant.policy;

import dev.decant.mask.ColumnRule;
import dev.decant.mask.Condition;
import dev.decant.schema.TableName;
import dev.decant.yaml.Parameters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A parsed policy: the content of the file, in which named masks are resolved and parameters are
 * filled in. It is not yet checked against a schema.
 *
 * @param parameters the parameters whose values are in the texts of the policy; messages must not
 *     show these values
 * @param objects the rules for objects that have no rows
 */
public record Policy(
    Origin origin,
    Parameters parameters,
    Locale locale,
    Map<TableName, TableEntry> tables,
    ObjectRules objects,
    List<Anchor> anchors,
    AfterLoad afterLoad,
    Trace trace) {
  public Policy {
    tables = Map.copyOf(tables);
    anchors = List.copyOf(anchors);
  }

  /**
   * The file that a policy comes from.
   *
   * @param file the name of the file in messages
   * @param sha256 the SHA-256 of the file, in hex
   * @param sideFiles the SHA-256 of each file beside the policy that it names, in hex, by name
   * @param text the text of the file as it is written, in which no parameter is filled in
   */
  public record Origin(String file, String sha256, Map<String, String> sideFiles, String text) {
    public Origin {
      sideFiles = Map.copyOf(sideFiles);
    }
  }

  /**
   * The rules for objects that have no rows.
   *
   * @param largeObjects null if the policy says nothing about large objects
   * @param dropComments whether comments of the schema are left out
   * @param ddl the rules for objects whose DDL has findings, by their names, see {@link
   *     dev.decant.dump.ObjectName}
   * @param extensions the rules for extensions, by their names
   * @param allVerified whether nothing may be published while an object is not verified
   */
  public record ObjectRules(
      @Nullable LargeObjects largeObjects,
      boolean dropComments,
      Map<String, DdlRule> ddl,
      Map<String, ExtensionRule> extensions,
      boolean allVerified) {
    public ObjectRules {
      extensions = Map.copyOf(extensions);
      ddl = Collections.unmodifiableMap(new LinkedHashMap<>(ddl));
    }
  }

  /** The SQL that runs in the scratch database after the masked rows are loaded. */
  public record AfterLoad(
      List<SqlStep> sql, List<Assertion> assertions, Reidentification reidentification) {
    public AfterLoad {
      sql = List.copyOf(sql);
      assertions = List.copyOf(assertions);
    }
  }

  /**
   * The combinations of columns whose rare values show who a row is about.
   *
   * @param tables the columns by table; empty if nothing is counted
   * @param atLeast the least number of rows that must share each combination; 0 if the policy does
   *     not limit it
   */
  public record Reidentification(List<QuasiIdentifiers> tables, int atLeast) {
    public Reidentification {
      tables = List.copyOf(tables);
    }
  }

  /** The columns of a table that identify a person together, at least one. */
  public record QuasiIdentifiers(TableName table, int line, List<String> columns) {
    public QuasiIdentifiers {
      columns = List.copyOf(columns);
    }
  }

  /** The name of the file in messages. */
  public String file() {
    return origin.file;
  }

  /**
   * Everything that the policy consists of: the digests of its file and of the files that it names,
   * and its parameters. Two policies with the same inputs are the same policy. The list contains
   * values of parameters, so it may be hashed with a key but never shown.
   */
  public List<String> inputs() {
    List<String> inputs = new ArrayList<>(List.of("policy", origin.sha256));
    new TreeMap<>(origin.sideFiles)
        .forEach((name, digest) -> inputs.addAll(List.of("file", name, digest)));
    inputs.add("parameters");
    inputs.addAll(parameters.namesAndValues());
    return inputs;
  }

  /**
   * The entry of a table, with the lines that messages name.
   *
   * @param keep the columns that stay unchanged, with their lines
   * @param columns the other columns
   * @param where the condition of the rows that become part of the snapshot; null for all rows
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

  /** The entry of a column. */
  public record ColumnEntry(int line, ColumnRule rule) {}

  /** The treatment of large objects. */
  public enum LargeObjects {
    EMPTY,
    DROP,
    KEEP
  }

  /** A row that decant finds again after masking. */
  public record Anchor(String name, int line, TableName table, Condition where) {}

  /** SQL that runs in the scratch database. {@code text} may consist of several statements. */
  public record SqlStep(String name, int line, String text) {}

  /**
   * A query and the answer that it must give.
   *
   * @param equals the text of the only value of the answer; null if the answer must have no rows
   */
  public record Assertion(String name, int line, String sql, @Nullable String equals) {}

  /**
   * The settings of the leak trace.
   *
   * @param ignore the values that may be in the output, each with the text that the policy has for
   *     it, which names a parameter instead of showing its value
   */
  public record Trace(int minLength, Map<String, String> ignore) {
    public Trace {
      ignore = Map.copyOf(ignore);
    }
  }
}
