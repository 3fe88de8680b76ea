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
 * A database that may be refreshed, and how that is done.
 *
 * @param changes what the refresh changes in the new database after the load
 * @param keepPrevious how many former databases stay for a rollback
 * @param media the files beside the database; empty if the target has none
 */
public record Target(
    String name,
    Login login,
    Permission permission,
    Snapshots snapshots,
    Changes changes,
    int keepPrevious,
    Phases hooks,
    Optional<Media> media) {

  /**
   * How to connect to the target's database.
   *
   * @param url {@code postgresql://user@host:port/name}, without a password
   * @param password the place of the password; if it is empty, libpq's places apply, which are
   *     PGPASSWORD and the password file
   */
  public record Login(String url, Optional<Password> password) {}

  /**
   * What a refresh must respect before it connects.
   *
   * @param confirm the host that the caller must type
   * @param never hosts and names of databases that are refused; {@code *} stands for any text
   */
  public record Permission(boolean allowRefresh, String confirm, List<String> never) {
    public Permission {
      never = List.copyOf(never);
    }
  }

  /**
   * What a refresh does in the new database once the rows are loaded.
   *
   * @param keepTables tables whose rows come from the old database and not from the snapshot
   * @param rekey the new values of the anchor rows
   * @param privileges statements that run at the end of a refresh, as the owner of the database
   */
  public record Changes(
      List<TableName> keepTables,
      List<Rekey> rekey,
      List<Policy.SqlStep> sql,
      List<Policy.Assertion> assertions,
      List<Policy.SqlStep> privileges) {
    public Changes {
      keepTables = List.copyOf(keepTables);
      rekey = List.copyOf(rekey);
      sql = List.copyOf(sql);
      assertions = List.copyOf(assertions);
      privileges = List.copyOf(privileges);
    }
  }

  /** The place of a password, which never stands in the targets file. */
  public sealed interface Password {
    /** In an environment variable. */
    record Variable(String name) implements Password {}

    /**
     * In a secret of Secrets Manager. The password is the secret's text, or the field {@code
     * password} if the text is a JSON object.
     */
    record Secret(String arn) implements Password {}
  }

  /**
   * The sanitized snapshots that a target takes.
   *
   * @param schemaVersion empty if the target's application can work with any schema
   * @param allowUnsigned whether the target also takes snapshots whose signatures nobody checks,
   *     because the caller has no public key
   */
  public record Snapshots(
      String service,
      String environment,
      Optional<SchemaVersion> schemaVersion,
      boolean allowUnsigned) {
    @Override
    public String toString() {
      return service + '/' + environment;
    }
  }

  /**
   * The newest schema that the target's application can work with.
   *
   * @param sql a query that reads the version of a loaded snapshot; its result is one value
   * @param atMost the newest version that is accepted
   */
  public record SchemaVersion(String sql, String atMost) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,40}");

    /**
     * Whether a version is accepted. Two whole numbers are compared as numbers. Other versions are
     * compared as texts by their code units, which orders names like {@code 0042_orders}.
     */
    public boolean admits(String version) {
      boolean numbers = NUMBER.matcher(version).matches() && NUMBER.matcher(atMost).matches();
      return numbers
          ? new BigInteger(version).compareTo(new BigInteger(atMost)) <= 0
          : version.compareTo(atMost) <= 0;
    }
  }

  /**
   * The new values of an anchor row.
   *
   * @param anchor its name in the policy, which is also its name in the manifest
   * @param set the text of each column's new value, in the order of the file; empty for NULL
   */
  public record Rekey(
      String anchor,
      int line,
      Map<String, Optional<FilledText>> set,
      Optional<PasswordRule> password) {
    public Rekey {
      set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
    }
  }

  /**
   * A password whose hash is written into a column.
   *
   * @param algorithm {@code bcrypt}, {@code pbkdf2-sha256} or {@code argon2id}
   * @param cost the base-2 logarithm of bcrypt's rounds, or the number of iterations of the others;
   *     empty for the algorithm's usual cost
   */
  public record PasswordRule(
      String column, String algorithm, Optional<Integer> cost, FilledText value) {}

  /** The hooks of each phase of a refresh. */
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
   * @param delete whether objects that the source does not have are removed from the destination
   * @param placeholder whether small images are written in place of the source's bytes
   */
  public record Media(Bucket from, Bucket to, boolean delete, boolean placeholder) {}

  /**
   * A bucket, or the objects below a prefix of a bucket.
   *
   * @param prefix empty, or a text that ends with {@code /}
   * @param endpoint the URL of an S3-compatible store; if it is empty, the environment's endpoint
   *     or AWS is used
   * @param region if it is empty, the AWS SDK finds the region by its own rules
   * @param pathStyle whether the bucket's name stands in the path of a URL and not in its host; if
   *     it is empty, that is so for buckets with an endpoint
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
