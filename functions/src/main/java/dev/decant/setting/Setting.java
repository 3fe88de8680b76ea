package dev.decant.setting;

import org.jspecify.annotations.Nullable;

/**
 * All settings of decant. {@code docs/settings.md} has the same list. Functions take the settings
 * from the environment. On the command line, options take precedence over the environment.
 */
public enum Setting {
  POLICY(
      "DECANT_POLICY",
      "--policy",
      null,
      "The policy. It is a file or `s3://bucket/key`; in a function, it may be a file of the"
          + " function's package."),
  TARGETS(
      "DECANT_TARGETS",
      "--targets",
      null,
      "The targets file. It is a file or `s3://bucket/key`; in a function, it may be a file of the"
          + " function's package."),
  PARAMETERS_SECRET(
      "DECANT_PARAMETERS_SECRET",
      null,
      null,
      "The ARN of a Secrets Manager secret with parameters of the policy or the targets file. The"
          + " secret is a JSON object such as `{\"NAME\": \"text\"}`. `DECANT_PARAM_NAME` takes"
          + " precedence over it."),
  SOURCE_PASSWORD_SECRET(
      "DECANT_SOURCE_PASSWORD_SECRET",
      null,
      null,
      "The ARN or the name of the Secrets Manager secret with the password for a live database that"
          + " is the source. The secret is the password itself, or a JSON object with the field"
          + " `password` and optionally `username`. It is read when the command begins."),
  SOURCE_SSLROOTCERT(
      "DECANT_SOURCE_SSLROOTCERT",
      null,
      null,
      "The file of the certificates that sign the certificate of a live database, for example"
          + " the bundle of RDS. If it is set and no sslmode is, decant connects with"
          + " `sslmode=verify-full`."),
  STATIC_SOURCE(
      "DECANT_STATIC_SOURCE",
      "--static-source",
      "false",
      "Whether nobody writes to a live database that is the source, for example a restored clone."
          + " With `true`, its connections share no snapshot, which not every server can export."),
  PG_DUMP(
      "DECANT_PG_DUMP",
      null,
      "the one that fits the server, in the usual folders and on the PATH",
      "The program `pg_dump` that reads the schema of a live database. Its major version must be"
          + " that of the server, or newer."),
  STORE(
      "DECANT_STORE",
      "--to, --from",
      null,
      "The store of sanitized snapshots, which is a folder or `s3://bucket/prefix`. If the value"
          + " has no prefix, a function adds the prefix of DECANT_SANITIZED_PREFIX."),
  RAW_PREFIX(
      "DECANT_RAW_PREFIX",
      null,
      "snapshots/",
      "The prefix of raw snapshots. Their keys are `PREFIX/SERVICE/ENVIRONMENT/NAME.sql.zst`."),
  RAW_KEY_PATTERN(
      "DECANT_RAW_KEY_PATTERN",
      null,
      "the raw prefix and `{service}/{environment}/{name}`",
      "The [pattern](#the-name-of-a-snapshot) of the keys of raw snapshots, for example"
          + " `backups/{environment}/{year}/{service}/{name}`. A key that does not fit is an"
          + " error."),
  SANITIZED_PREFIX(
      "DECANT_SANITIZED_PREFIX",
      null,
      "sanitized-snapshots/",
      "The prefix under which a function publishes. It must not be below the prefix of raw"
          + " snapshots."),
  KEY(
      "DECANT_KEY",
      null,
      null,
      "The masking key, which is base64 of 32 bytes or more. `decant key` makes one."),
  KEY_FILE("DECANT_KEY_FILE", "--key-file", null, "A file that holds the masking key as base64."),
  KEY_SECRET(
      "DECANT_KEY_SECRET",
      null,
      null,
      "The ARN of the Secrets Manager secret that holds the masking key, as base64 text or as"
          + " bytes."),
  SIGNING_KEY(
      "DECANT_SIGNING_KEY",
      null,
      null,
      "The private key that signs manifests. It is an Ed25519 key in PKCS#8 form, as PEM or base64."
          + " Without it, manifests are not signed."),
  SIGNING_KEY_FILE(
      "DECANT_SIGNING_KEY_FILE", "--signing-key-file", null, "A file that holds the signing key."),
  SIGNING_KEY_SECRET(
      "DECANT_SIGNING_KEY_SECRET",
      null,
      null,
      "The ARN of the Secrets Manager secret that holds the signing key."),
  SIGNING_KEY_KMS(
      "DECANT_SIGNING_KEY_KMS",
      null,
      null,
      "The ARN or the alias of a KMS key that signs manifests, in place of the three settings"
          + " above. Its key spec is ECC_NIST_P256, and the role needs `kms:Sign` and"
          + " `kms:GetPublicKey` on it."),
  VERIFY_KEY(
      "DECANT_VERIFY_KEY",
      "--verify-key",
      null,
      "The public key for checking signatures, as PEM, as base64, or as a file with one of these."
          + " If it is set, snapshots that were not signed by the matching private key are"
          + " refused. `decant refresh` needs it, unless unsigned snapshots are allowed."),
  SCRATCH(
      "DECANT_SCRATCH",
      "--scratch",
      "embedded",
      "The scratch database. It is `embedded` or the URL of a server,"
          + " `postgresql://user@host:port/db`. The role needs CREATEDB and should have no other"
          + " right ([what a dump's SQL may do](operations.md#what-a-dumps-sql-may-do))."),
  SCRATCH_PASSWORD_SECRET(
      "DECANT_SCRATCH_PASSWORD_SECRET",
      null,
      null,
      "The ARN or the name of the Secrets Manager secret with the password of the scratch server."
          + " The secret is the password, or a JSON object with the field `password`. It is read at"
          + " the beginning of each run."),
  JOBS(
      "DECANT_JOBS",
      "--jobs",
      "the number of cores",
      "The number of workers that mask and of connections that load, from 1 to 256."),
  SERVICE(
      "DECANT_SERVICE",
      "--service",
      "from the raw snapshot's key",
      "The service of a snapshot. Commands that read snapshots consider only those of this"
          + " service."),
  ENVIRONMENT(
      "DECANT_ENVIRONMENT",
      "--environment",
      "from the raw snapshot's key",
      "The environment of a snapshot. Commands that read snapshots consider only those of this"
          + " environment."),
  RUN(
      "DECANT_RUN",
      null,
      null,
      "The ID of the order that a run carries out, for example of the execution that started it. If"
          + " an earlier run with the same ID was killed, this run goes on in its place at once."
          + " Without an ID, it waits until the [lease](glossary.md) of that run has expired."),
  WORK(
      "DECANT_WORK",
      "--work",
      "the system's folder for temporary files",
      "The folder for the temporary files of a run, which are waiting frames and the embedded"
          + " database."),
  CACHE(
      "DECANT_CACHE",
      null,
      "`decant` in the user's folder for caches",
      "The folder that keeps the unpacked embedded PostgreSQL between runs."),
  FRAME_CACHE(
      "DECANT_FRAME_CACHE",
      "--no-cache",
      "5GB",
      "The size that frames of pulled snapshots may take in the cache, for example `500MB`. With"
          + " `0`, no frame is kept. The least recently used frames are removed first."),
  TRACE_MEMORY(
      "DECANT_TRACE_MEMORY",
      "--trace-memory",
      "64MB",
      "The memory of the [leak trace](leak-trace.md), from `1MB` to `1GB`, for any number of traced"
          + " values. Less memory makes the search slower and never less thorough."),
  STATE(
      "DECANT_STATE",
      null,
      "`decant` in the user's folder for state",
      "The folder for the data, the password and the log of the PostgreSQL that `decant pull"
          + " --embedded` starts, and for the answers to questions about repositories."),
  POSTGRES(
      "DECANT_POSTGRES",
      null,
      "the one in decant's jar",
      "The PostgreSQL of the embedded scratch database. It is the folder of an installation, or an"
          + " archive of one."),
  S3_PATH_STYLE(
      "DECANT_S3_PATH_STYLE",
      null,
      "true with an endpoint of your own",
      "Whether the bucket's name stands in the path of requests to an S3-compatible store,"
          + " `https://host/bucket/key`. With `false` it stands in the host name, as it always does"
          + " in requests to AWS."),
  LOG(
      "DECANT_LOG",
      null,
      "warn (command line), info (functions)",
      "The level of the log, which is `error`, `warn`, `info` or `debug`. A row value is never"
          + " logged."),
  LOG_FORMAT(
      "DECANT_LOG_FORMAT",
      null,
      "text (command line), json (functions)",
      "The form of the log, which is `text` or `json`. With `json`, each event is one line of JSON,"
          + " and the log has [metrics](operations.md#logs-and-metrics) for CloudWatch."),
  LAMBDA_WORKER(
      "DECANT_LAMBDA_WORKER",
      null,
      "false",
      "Whether the workflow on AWS lets the function `SanitizeSnapshot` sanitize dumps that are"
          + " small enough. Otherwise tasks sanitize all dumps."),
  LAMBDA_DISK(
      "DECANT_LAMBDA_DISK",
      null,
      "10240",
      "The ephemeral storage of `SanitizeSnapshot` in MB, by which `PlanRun` chooses the worker."),
  LAMBDA_TIMEOUT(
      "DECANT_LAMBDA_TIMEOUT",
      null,
      "900",
      "The time limit of `SanitizeSnapshot` in seconds, by which `PlanRun` chooses the worker."),
  TASK_DISK(
      "DECANT_TASK_DISK",
      null,
      "200",
      "The disk that one task can have, in GiB. Above 200, tasks get volumes of EBS."),
  SCALE(
      "DECANT_SCALE",
      null,
      "false",
      "Whether the workflow [spreads a source over several tasks](scale.md) if it is too large for"
          + " one: an RDS snapshot, or an archive of `pg_dump -Fd`."),
  KEEP_DAYS(
      "DECANT_KEEP_DAYS",
      null,
      "none: no snapshot is deleted",
      "The number of days after which the function `Sweep` deletes a snapshot, at least 1. The"
          + " last good snapshots are kept ([retention](operations.md#retention))."),
  KEEP_LAST(
      "DECANT_KEEP_LAST",
      null,
      "1",
      "The number of good snapshots of each service and environment that the function `Sweep`"
          + " keeps although they are old, at least 1."),
  WORKFLOW(
      "DECANT_WORKFLOW",
      null,
      null,
      "The ARN of the state machine that runs the workflow. The function `Sweep` needs it to find"
          + " out which runs are at work. Without it, the function deletes nothing on RDS, ECS"
          + " and EBS."),
  CLUSTER(
      "DECANT_CLUSTER",
      null,
      null,
      "The ARN of the ECS cluster whose tasks the function `Sweep` looks at."),
  JAVA_HOME(
      "DECANT_JAVA_HOME",
      null,
      "JAVA_HOME, then a JDK in the usual places",
      "The JDK that the launcher `decant` uses."),
  JAVA_OPTS(
      "DECANT_JAVA_OPTS",
      null,
      null,
      "JVM options that the launcher `decant` adds, for example `-Xmx2g`.");

  /** The prefix of parameters: {@code DECANT_PARAM_N} is the value of {@code ${N}}. */
  public static final String PARAMETER_PREFIX = "DECANT_PARAM_";

  private final String variable;
  private final @Nullable String option;
  private final @Nullable String preset;
  private final String description;

  Setting(String variable, @Nullable String option, @Nullable String preset, String description) {
    this.variable = variable;
    this.option = option;
    this.preset = preset;
    this.description = description;
  }

  /** The name of the environment variable. */
  public String variable() {
    return variable;
  }

  /** The option of the command line, or null if there is none. */
  public @Nullable String option() {
    return option;
  }

  /** The default value or a description of it, or null if there is no default. */
  public @Nullable String preset() {
    return preset;
  }

  /** The meaning of the setting, as sentences in Markdown. */
  public String description() {
    return description;
  }
}
