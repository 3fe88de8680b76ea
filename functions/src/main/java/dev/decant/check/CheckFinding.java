package dev.decant.check;

import dev.decant.schema.TableName;
import dev.decant.yaml.Problem;
import org.jspecify.annotations.Nullable;

/**
 * One finding of a check.
 *
 * @param line of the policy, from 1; 0 if the finding has no place there
 * @param sourceLine of the source, from 1; 0 if the finding has no place there or it is not known
 * @param message the problem and the remedy
 */
public record CheckFinding(
    Kind kind,
    long line,
    long sourceLine,
    @Nullable TableName table,
    @Nullable String column,
    String message) {

  /** The kinds of findings. Their names are in JSON and SARIF and never change. */
  public enum Kind {
    MISSING("missing-rule", "A table or a column has no rule in the policy.", true),
    STALE(
        "stale-rule",
        "The policy has a rule for something that the database does not have or compute.",
        true),
    UNFIT("rule-does-not-fit", "A rule cannot serve its column, its key or its partition.", true),
    INVALID("invalid-policy", "The policy is not valid for any database.", true),
    DDL("ddl-finding", "The text of DDL holds a secret, an e-mail address or a URL.", true),
    UNKNOWN_COLUMNS(
        "unknown-columns",
        "A change of a table could not be run, so its columns are unknown.",
        true),
    UNREAD(
        "unread-definition",
        "A definition of the live database could not be read, so its DDL was not checked.",
        true),
    UNVERIFIED(
        "unverified-table",
        "A table could not be created, so that only the names of its columns were compared.",
        false),
    DOUBTFUL("doubtful-rule", "A rule is allowed but protects little.", false);

    private final String id;
    private final String description;
    private final boolean error;

    Kind(String id, String description, boolean error) {
      this.id = id;
      this.description = description;
      this.error = error;
    }

    /** The name of the kind in JSON, and of the rule in SARIF. */
    public String id() {
      return id;
    }

    /** A sentence that explains the kind. */
    public String description() {
      return description;
    }

    /** Whether such a finding makes the check fail. */
    public boolean error() {
      return error;
    }
  }

  /** {@code table T, column C: message}, without the parts that are not known. */
  public String text() {
    return new Problem(0, table, column, message).in("").substring(2);
  }
}
