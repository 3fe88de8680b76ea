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
 * The description of a sanitized snapshot and of the run that made it, in the format of {@code
 * docs/manifest.schema.json}, version 1. It contains no row value and no secret. Sizes are in
 * bytes, digests in lower-case hex, times in UTC. The JSON has the fields in this order, so that a
 * listing needs only the first bytes. A field that is null is left out.
 *
 * @param version the version of the format, {@link #VERSION}
 * @param decant the version of decant that made it
 * @param verdict what was verified, in numbers, for listings that read only the first bytes; null
 *     in manifests of older versions of decant, which did not record it
 * @param rowsIn the number of rows of all tables in the raw snapshot
 * @param rowsOut the number of rows of all tables in this snapshot
 * @param absentTables optional tables of the policy that the raw snapshot did not have
 * @param anchors the anchors by name
 * @param leakTrace null if none ran
 * @param reidentification null if the policy names no quasi-identifiers
 * @param extensions the extensions that a restore needs
 * @param notVerified the objects without rows that no database has verified or that were left out;
 *     null in manifests of older versions of decant, which did not record it
 * @param ddl the objects that the policy's rules under {@code ddl} dropped or changed; null in
 *     manifests of older versions of decant, which did not record it
 * @param report null in manifests of older versions of decant, which did not record it
 * @param frames the frames of the dump in order, without the seek table
 * @param signature null if the manifest is not signed
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
    @Nullable Verdict verdict,
    Dump dump,
    long rowsIn,
    long rowsOut,
    List<Table> tables,
    List<TableName> absentTables,
    List<SqlStep> sql,
    List<Assertion> assertions,
    Map<String, Anchor> anchors,
    @Nullable LeakTrace leakTrace,
    @Nullable Reidentification reidentification,
    List<String> extensions,
    @Nullable List<NotVerified> notVerified,
    @Nullable List<ChangedObject> ddl,
    @Nullable ReportFile report,
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
    ddl = ddl == null ? null : List.copyOf(ddl);
    frames = List.copyOf(frames);
  }

  /**
   * The raw snapshot.
   *
   * @param uri its location without credentials
   * @param etag its ETag in S3, or null
   * @param sha256 the SHA-256 of the raw bytes, or null if it was not computed
   * @param size the number of raw bytes as stored, or -1 if it is not known
   * @param takenAt when it was taken; its name states the time, or else it is the time of its last
   *     change
   * @param serverVersion as pg_dump wrote it; null if the dump does not state it
   * @param database null if the dump does not state it
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
   * @param file its name in messages
   * @param sha256 the SHA-256 of its bytes
   * @param inputs the HMAC-SHA256, by the masking key, of everything that decides the masked
   *     values: the policy, the files that it names, the parameters, and the version of the masks.
   *     Null in manifests of older versions of decant, which did not record it.
   */
  public record PolicyReference(String file, String sha256, @Nullable String inputs) {}

  /**
   * The masking key. The key itself is never recorded.
   *
   * @param store the kind of store that the key was read from, see {@link KeyStore}; null in
   *     manifests of older versions of decant, which did not record it
   */
  public record KeyReference(String fingerprint, @Nullable KeyStore store) {}

  /**
   * The place from which the masking key was read. It decides who can read the key, and so who can
   * compute the masked value of a guess.
   *
   * @param kind {@code file}, {@code environment}, {@code secrets-manager} or {@code made}
   * @param id the ARN of a secret; null for the other kinds
   */
  public record KeyStore(String kind, @Nullable String id) {}

  /**
   * The times of a run, and the scratch server on which it verified the snapshot.
   *
   * @param stages the stages before the publication, in their order; null in manifests of older
   *     versions of decant, which did not record them
   */
  public record Run(
      Instant startedAt, Instant finishedAt, String scratch, @Nullable List<Stage> stages) {
    public Run {
      stages = stages == null ? null : List.copyOf(stages);
    }
  }

  /**
   * A stage of a run and its time. A stage may be a part of another one.
   *
   * @param milliseconds the wall time, or the sum of the times of all workers
   */
  public record Stage(String stage, long milliseconds) {}

  /**
   * What was verified, in numbers. No snapshot is published if an assertion fails or a raw value is
   * found.
   *
   * @param assertions the number of assertions, which all hold
   * @param notVerified the number of objects without rows that were not verified
   * @param traced whether the leak trace ran
   * @param signedBy the fingerprint of the public key; null if the manifest is not signed
   */
  public record Verdict(
      long assertions, long notVerified, boolean traced, @Nullable String signedBy) {}

  /** The dump as a file. */
  public record Dump(long size, long textSize, String sha256, String md5) {}

  /**
   * A table.
   *
   * @param truncated true if the snapshot has the table without its rows
   * @param columns in the order of the rows; empty if the table is truncated
   */
  public record Table(
      TableName table, long rowsIn, long rowsOut, boolean truncated, List<Column> columns) {
    public Table {
      columns = List.copyOf(columns);
    }
  }

  /**
   * A column and its rule. The rule is a list of cases, and the first case whose condition holds
   * decides.
   *
   * @param looksLike the kind of personal data that the name of a kept column suggests, for example
   *     {@code date of birth}; null if the column is masked, or if its name suggests none
   */
  public record Column(String name, List<Rule> rules, @Nullable String looksLike) {
    public Column {
      rules = List.copyOf(rules);
    }

    /** Whether the values of the column stay unchanged in every row. */
    public boolean kept() {
      return !rules.isEmpty() && rules.stream().allMatch(r -> r.mask().equals("keep"));
    }
  }

  /**
   * A mask, its options, and the condition under which it is used. {@link RuleDescription} makes
   * it.
   *
   * @param options the options by name, for people; an option that may contain a value is shown as
   *     {@code …}
   * @param when null if the mask is always used
   */
  public record Rule(String mask, Map<String, String> options, @Nullable String when) {
    public Rule {
      options = sorted(options);
    }
  }

  /**
   * An SQL step that ran, and the number of rows that it changed, or -1 if the server does not
   * report it.
   */
  public record SqlStep(String name, long rows) {}

  /**
   * An assertion of the policy, and whether it holds.
   *
   * @param sql the query as the policy writes it, in which no parameter is filled in; null in
   *     manifests of older versions of decant, which did not record it
   * @param equals the expected answer as the policy writes it; null if no rows are expected
   */
  public record Assertion(
      String name, boolean held, @Nullable String sql, @Nullable String equals) {}

  /** The row of an anchor: its table and its primary key after masking, with values as text. */
  public record Anchor(TableName table, Map<String, String> primaryKey) {
    public Anchor {
      primaryKey = sorted(primaryKey);
    }
  }

  /**
   * An object without rows that could not be created or filled while the snapshot was made.
   *
   * @param object the object as its statement names it
   * @param reason the reason, which contains no value of a row
   */
  public record NotVerified(String object, String reason) {}

  /**
   * An object that the policy dropped, or whose string constants it replaced.
   *
   * @param object the object as the policy names it under {@code ddl}
   * @param change {@code dropped} or {@code replaced}
   */
  public record ChangedObject(String object, String change) {}

  /**
   * The result of the leak trace.
   *
   * @param traced the number of raw values whose fingerprints it took
   * @param looked the number of values and tokens of the output that it looked up
   * @param found the number of values of the output that are raw values; a published snapshot has 0
   * @param coverage what it traced and searched; null in manifests of older versions of decant,
   *     which did not record it
   */
  public record LeakTrace(long traced, long looked, long found, @Nullable Coverage coverage) {

    /** The values and columns that the policy excepts, as far as they are recorded. */
    public List<TraceException> exceptions() {
      return coverage == null ? List.of() : coverage.exceptions();
    }

    /**
     * What the leak trace traced and searched.
     *
     * @param falseHitOneIn the probability that the trace takes any value of this run for a raw
     *     value although it is none is at most one in this number
     * @param columns the number of columns whose values it searched
     * @param statements the number of statements whose texts it searched
     * @param traced the columns whose raw values it looked for, by name and mask
     * @param written the columns whose masks write values of a dictionary. It checked that each
     *     value in the snapshot is one that the mask can write
     * @param exceptions the values and columns that the policy excepts
     */
    public record Coverage(
        long falseHitOneIn,
        long columns,
        long statements,
        List<MaskedColumn> traced,
        List<MaskedColumn> written,
        List<TraceException> exceptions) {
      public Coverage {
        traced = List.copyOf(traced);
        written = List.copyOf(written);
        exceptions = List.copyOf(exceptions);
      }
    }

    /**
     * A masked column.
     *
     * @param column the table and the column
     * @param values the number of its values that were traced or checked
     */
    public record MaskedColumn(String column, String mask, long values) {}

    /**
     * A value or column that the policy excepts from the leak trace.
     *
     * @param subject the column, or the value that the policy lists
     * @param rule the rule of the policy: {@code trace: false} or {@code trace.ignore}
     */
    public record TraceException(String subject, String rule) {}
  }

  /** The report beside the dump, by the SHA-256 of its bytes. */
  public record ReportFile(String sha256) {}

  /**
   * How many rows share the values of the quasi-identifiers that the policy names, counted over the
   * masked rows.
   *
   * @param k groups with fewer rows count as small
   * @param required whether the policy asserts that no group is smaller than {@code k}
   * @param notCounted the tables whose rows could not be counted within the limits of time and disk
   */
  public record Reidentification(
      int k, boolean required, List<QuasiIdentifiers> tables, List<TableName> notCounted) {
    public Reidentification {
      tables = List.copyOf(tables);
      notCounted = List.copyOf(notCounted);
    }
  }

  /**
   * The groups of rows of a table that have the same quasi-identifiers.
   *
   * @param rows the rows that were counted
   * @param empty the rows in which all of the columns are NULL, which were not counted
   * @param groups the number of different combinations of values
   * @param smallest the number of rows of the smallest group; 0 if there is none
   * @param unique the number of rows that are alone in their group
   * @param below the number of rows in groups with fewer than k rows
   */
  public record QuasiIdentifiers(
      TableName table,
      List<String> columns,
      long rows,
      long empty,
      long groups,
      long smallest,
      long unique,
      long below) {
    public QuasiIdentifiers {
      columns = List.copyOf(columns);
    }
  }

  /**
   * A signature over the manifest without this field.
   *
   * @param algorithm the label of a {@link SignatureAlgorithm}
   * @param keyId the fingerprint of the public key
   * @param value the signature in base64
   */
  public record Signature(String algorithm, String keyId, String value) {}

  /** The name of the snapshot. */
  public SnapshotName snapshot() {
    return new SnapshotName(service, environment, name);
  }

  /** The same manifest with this signature. */
  public Manifest with(@Nullable Signature newSignature) {
    return with(verdict, report, newSignature);
  }

  /** The same manifest with this report and without a signature. */
  Manifest with(ReportFile newReport) {
    return with(verdict, newReport, null);
  }

  /** The same manifest without a signature, which says that this key signs it. */
  Manifest signedBy(String keyId) {
    return with(
        verdict == null
            ? null
            : new Verdict(verdict.assertions, verdict.notVerified, verdict.traced, keyId),
        report,
        null);
  }

  private Manifest with(
      @Nullable Verdict newVerdict,
      @Nullable ReportFile newReport,
      @Nullable Signature newSignature) {
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
        newVerdict,
        dump,
        rowsIn,
        rowsOut,
        tables,
        absentTables,
        sql,
        assertions,
        anchors,
        leakTrace,
        reidentification,
        extensions,
        notVerified,
        ddl,
        newReport,
        frames,
        newSignature);
  }

  private static <V> Map<String, V> sorted(Map<String, V> map) {
    return Collections.unmodifiableMap(new TreeMap<>(map));
  }
}
