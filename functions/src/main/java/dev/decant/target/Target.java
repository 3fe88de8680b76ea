package dev.decant.target;

import dev.decant.location.Location;
import dev.decant.policy.Policy;
import dev.decant.schema.TableName;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A database that may be refreshed, and how it is.
 *
 * @param line of the file, for messages
 * @param database its URL, {@code postgresql://user@host:port/name}; never with a password
 * @param password where the password is; empty: libpq's places, PGPASSWORD and the password file
 * @param confirm the host that the caller must type
 * @param never hosts and names of databases that are refused; {@code *} stands for any text
 * @param keepTables whose rows survive the refresh
 * @param rekey what the anchor rows become
 * @param privileges statements that run at the end of a refresh, as the owner
 * @param keepPrevious how many databases stay for a rollback
 * @param media the files beside the database, where there are any
 */
public record Target(
    String name,
    int line,
    String database,
    Optional<Password> password,
    boolean allowRefresh,
    String confirm,
    List<String> never,
    Snapshots snapshots,
    Optional<SchemaVersion> schemaVersion,
    List<TableName> keepTables,
    List<Rekey> rekey,
    List<Policy.SqlStep> sql,
    List<Policy.Assertion> assertions,
    List<Policy.SqlStep> privileges,
    int keepPrevious,
    Phases hooks,
    Optional<Media> media) {
  public Target {
    never = List.copyOf(never);
    keepTables = List.copyOf(keepTables);
    rekey = List.copyOf(rekey);
    sql = List.copyOf(sql);
    assertions = List.copyOf(assertions);
    privileges = List.copyOf(privileges);
  }

  /** Where a password is: it never stands in the file. */
  public sealed interface Password {
    /** In an environment variable. */
    record Variable(String name) implements Password {}

    /** In a secret of Secrets Manager, by ARN: the text, or the field {@code password} of JSON. */
    record Secret(String arn) implements Password {}
  }

  /** Whose sanitized snapshots a target takes. */
  public record Snapshots(String service, String environment) {
    @Override
    public String toString() {
      return service + '/' + environment;
    }
  }

  /**
   * The newest schema that the target's application can work with.
   *
   * @param sql a query of the snapshot's version, one value
   * @param atMost the newest that is taken
   */
  public record SchemaVersion(String sql, String atMost) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,40}");

    /**
     * Whether a version is not newer: as numbers where both are whole numbers, else by the texts'
     * code units, as names like {@code 0042_orders} are in order.
     */
    public boolean admits(String version) {
      boolean numbers = NUMBER.matcher(version).matches() && NUMBER.matcher(atMost).matches();
      return numbers
          ? new BigInteger(version).compareTo(new BigInteger(atMost)) <= 0
          : version.compareTo(atMost) <= 0;
    }
  }

  /**
   * What the row of an anchor becomes.
   *
   * @param anchor its name in the policy, and so in the manifest
   * @param set columns and their values' texts, in the order of the file; empty for NULL
   */
  public record Rekey(
      String anchor, int line, Map<String, Optional<Filled>> set, Optional<PasswordRule> password) {
    public Rekey {
      set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
    }
  }

  /**
   * A password to be hashed into a column.
   *
   * @param algorithm {@code bcrypt}, {@code pbkdf2-sha256} or {@code argon2id}
   * @param cost doublings of bcrypt, iterations of the others; empty: the algorithm's usual cost
   */
  public record PasswordRule(
      String column, String algorithm, Optional<Integer> cost, Filled value) {}

  /** Hooks by the phase of a refresh that they run in. */
  public record Phases(List<Hook> before, List<Hook> migrate, List<Hook> after) {
    public static final Phases NONE = new Phases(List.of(), List.of(), List.of());

    public Phases {
      before = List.copyOf(before);
      migrate = List.copyOf(migrate);
      after = List.copyOf(after);
    }
  }

  /**
   * Files that are copied from one bucket to another.
   *
   * @param delete whether what the source does not have is removed
   * @param placeholder whether small images stand in for the source's bytes
   */
  public record Media(Bucket from, Bucket to, boolean delete, boolean placeholder) {}

  /**
   * A bucket, or what is below a prefix of one.
   *
   * @param prefix empty, or with a final {@code /}
   * @param endpoint URL of an S3-compatible store; empty: as the environment says, or AWS
   * @param region empty: by the SDK's own chain
   * @param pathStyle whether paths name the bucket; empty: with an endpoint they do
   */
  public record Bucket(
      String bucket,
      String prefix,
      Optional<String> endpoint,
      Optional<String> region,
      Optional<Boolean> pathStyle) {
    @Override
    public String toString() {
      return new Location.S3(bucket, prefix).toString();
    }
  }
}
