package dev.decant.manifest;

import dev.decant.frame.Frame;
import dev.decant.schema.TableName;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a sanitized snapshot is and how it came about: {@code docs/manifest.schema.json}, version 1.
 * No row value, no secret. Sizes are bytes, digests lower-case hex, times UTC. In JSON the fields
 * stand in this order, so that a listing needs the first bytes only; one that is null is left out.
 *
 * @param version of the format, {@link #VERSION}
 * @param decant version of the decant that made it
 * @param rowsIn of all tables, in the raw snapshot
 * @param rowsOut of all tables, in this one
 * @param absentTables optional tables of the policy that the raw snapshot did not have
 * @param anchors by name
 * @param leakTrace null where none ran
 * @param extensions that a restore needs
 * @param notVerified objects without rows that no database has verified, or that were left out;
 *     null in manifests of versions of decant that did not record it
 * @param frames of the dump in order, without its seek table
 * @param signature null where it is not signed
 */
public record Manifest(
    int version,
    String service,
    String environment,
    String name,
    String decant,
    Origin source,
    PolicyReference policy,
    KeyReference key,
    Run run,
    Dump dump,
    long rowsIn,
    long rowsOut,
    List<Table> tables,
    List<TableName> absentTables,
    List<SqlStep> sql,
    List<Assertion> assertions,
    Map<String, Anchor> anchors,
    @Nullable LeakTrace leakTrace,
    List<String> extensions,
    @Nullable List<NotVerified> notVerified,
    List<Frame> frames,
    @Nullable Signature signature) {
  public static final int VERSION = 1;

  public Manifest {
    tables = List.copyOf(tables);
    absentTables = List.copyOf(absentTables);
    sql = List.copyOf(sql);
    assertions = List.copyOf(assertions);
    anchors = sorted(anchors);
    extensions = List.copyOf(extensions);
    notVerified = notVerified == null ? null : List.copyOf(notVerified);
    frames = List.copyOf(frames);
  }

  /**
   * The raw snapshot.
   *
   * @param uri without credentials
   * @param etag of S3, or null
   * @param sha256 of the raw bytes where they were hashed, or null
   * @param size of the raw bytes as stored, or -1 where unknown
   * @param takenAt when it was taken: by its name, else when it was last changed
   * @param serverVersion as pg_dump wrote it, null where the dump does not say
   * @param database null where the dump does not say
   */
  public record Origin(
      String uri,
      @Nullable String etag,
      @Nullable String sha256,
      long size,
      Instant takenAt,
      @Nullable String serverVersion,
      @Nullable String pgDumpVersion,
      @Nullable String database) {}

  /**
   * The policy file.
   *
   * @param file how messages name it
   * @param sha256 of its bytes
   * @param inputs HMAC-SHA256, by the masking key, of all that decides what the masks write: the
   *     policy, the files that it names, the parameters, the version of the masks. Null in
   *     manifests of versions of decant that did not record it.
   */
  public record PolicyReference(String file, String sha256, @Nullable String inputs) {}

  /** The masking key: its fingerprint, never the key. */
  public record KeyReference(String fingerprint) {}

  /** One run: its times, and on which scratch server it verified. */
  public record Run(Instant startedAt, Instant finishedAt, String scratch) {}

  /** The dump as a file. */
  public record Dump(long size, long textSize, String sha256, String md5) {}

  /**
   * A table.
   *
   * @param truncated the table travels, its rows do not
   * @param columns in the order of its rows; empty where truncated
   */
  public record Table(
      TableName table, long rowsIn, long rowsOut, boolean truncated, List<Column> columns) {
    public Table {
      columns = List.copyOf(columns);
    }
  }

  /** A column and its rule: cases, the first that holds decides. */
  public record Column(String name, List<Rule> rules) {
    public Column {
      rules = List.copyOf(rules);
    }

    /** Whether its values pass unchanged in every row. */
    public boolean kept() {
      return !rules.isEmpty() && rules.stream().allMatch(r -> r.mask().equals("keep"));
    }
  }

  /**
   * A mask, its options, and under which condition it serves. {@link RuleDescription} makes it.
   *
   * @param options by name, for people; what may hold a value is {@code …}
   * @param when null: always
   */
  public record Rule(String mask, Map<String, String> options, @Nullable String when) {
    public Rule {
      options = sorted(options);
    }
  }

  /** An SQL step that ran, and how many rows it changed; -1 where the server does not say. */
  public record SqlStep(String name, long rows) {}

  /** An assertion of the policy and whether it held. */
  public record Assertion(String name, boolean held) {}

  /** The row of an anchor: its table and its primary key after masking, values as text. */
  public record Anchor(TableName table, Map<String, String> primaryKey) {
    public Anchor {
      primaryKey = sorted(primaryKey);
    }
  }

  /**
   * An object without rows that could not be created or filled while the snapshot was made.
   *
   * @param object as its statement names it
   * @param reason with no value of a row
   */
  public record NotVerified(String object, String reason) {}

  /**
   * What the leak trace did.
   *
   * @param traced raw values whose fingerprints it took
   * @param looked values and tokens of the output that it looked up
   * @param found values of the output that are raw ones; a published snapshot has 0
   */
  public record LeakTrace(long traced, long looked, long found) {}

  /**
   * A signature over the manifest without it.
   *
   * @param algorithm {@code Ed25519}
   * @param keyId fingerprint of the public key
   * @param value base64
   */
  public record Signature(String algorithm, String keyId, String value) {}

  /** Its name. */
  public SnapshotName snapshot() {
    return new SnapshotName(service, environment, name);
  }

  /** The same, with this signature. */
  public Manifest with(@Nullable Signature newSignature) {
    return new Manifest(
        version,
        service,
        environment,
        name,
        decant,
        source,
        policy,
        key,
        run,
        dump,
        rowsIn,
        rowsOut,
        tables,
        absentTables,
        sql,
        assertions,
        anchors,
        leakTrace,
        extensions,
        notVerified,
        frames,
        newSignature);
  }

  private static <V> Map<String, V> sorted(Map<String, V> map) {
    return Collections.unmodifiableMap(new TreeMap<>(map));
  }
}
