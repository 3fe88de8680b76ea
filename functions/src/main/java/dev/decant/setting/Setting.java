package dev.decant.setting;

import org.jspecify.annotations.Nullable;

/**
 * Every setting of decant: the one list that code and {@code docs/settings.md} share. Functions
 * take them from the environment; the command line takes its options first.
 */
public enum Setting {
  POLICY(
      "DECANT_POLICY",
      "--policy",
      null,
      "The policy: a file, `s3://bucket/key`, or in a function a file of its package."),
  TARGETS(
      "DECANT_TARGETS",
      "--targets",
      null,
      "The targets file: a file, `s3://bucket/key`, or in a function a file of its package."),
  PARAMETERS_SECRET(
      "DECANT_PARAMETERS_SECRET",
      null,
      null,
      "ARN of a Secrets Manager secret with parameters of the policy or the targets file: a JSON"
          + " object, `{\"NAME\": \"text\"}`. `DECANT_PARAM_NAME` goes before it."),
  STORE(
      "DECANT_STORE",
      "--to, --from",
      null,
      "Where sanitized snapshots live: a folder or `s3://bucket/prefix`. A function whose value"
          + " names no prefix adds that of DECANT_SANITIZED_PREFIX."),
  RAW_PREFIX(
      "DECANT_RAW_PREFIX",
      null,
      "snapshots/",
      "The prefix below which raw snapshots land, as `PREFIX/SERVICE/ENVIRONMENT/NAME.sql.zst`."),
  SANITIZED_PREFIX(
      "DECANT_SANITIZED_PREFIX",
      null,
      "sanitized-snapshots/",
      "The prefix below which a function publishes. Never below the raw one."),
  KEY(
      "DECANT_KEY",
      null,
      null,
      "The masking key: base64 of 32 bytes or more. `decant key` makes one."),
  KEY_FILE("DECANT_KEY_FILE", "--key-file", null, "A file that holds the masking key, as base64."),
  KEY_SECRET(
      "DECANT_KEY_SECRET",
      null,
      null,
      "ARN of the Secrets Manager secret that holds the masking key: as base64 text, or as bytes."),
  SIGNING_KEY(
      "DECANT_SIGNING_KEY",
      null,
      null,
      "The private key that signs manifests: Ed25519, PKCS#8, as PEM or base64. None: not signed."),
  SIGNING_KEY_FILE(
      "DECANT_SIGNING_KEY_FILE", "--signing-key-file", null, "A file that holds the signing key."),
  SIGNING_KEY_SECRET(
      "DECANT_SIGNING_KEY_SECRET",
      null,
      null,
      "ARN of the Secrets Manager secret that holds the signing key."),
  VERIFY_KEY(
      "DECANT_VERIFY_KEY",
      "--verify-key",
      null,
      "The public key of readers, as PEM, as base64, or a file that holds either. With it a"
          + " snapshot that it did not sign is refused."),
  SCRATCH(
      "DECANT_SCRATCH",
      "--scratch",
      "embedded",
      "The scratch database: `embedded`, or the URL of a server,"
          + " `postgresql://user@host:port/db`, whose role has CREATEDB and nothing more ([what a"
          + " dump's SQL may do](operations.md#what-a-dumps-sql-may-do))."),
  JOBS(
      "DECANT_JOBS",
      "--jobs",
      "the number of cores",
      "How many workers mask and how many connections load: 1 to 256."),
  SERVICE(
      "DECANT_SERVICE",
      "--service",
      "by the raw key",
      "The service that a snapshot is of. Reading: only those of this service."),
  ENVIRONMENT(
      "DECANT_ENVIRONMENT",
      "--environment",
      "by the raw key",
      "The environment that a snapshot is of. Reading: only those of this environment."),
  WORK(
      "DECANT_WORK",
      "--work",
      "the system's folder for temporary files",
      "The folder for what a run needs on disk: frames that wait, the embedded database."),
  CACHE(
      "DECANT_CACHE",
      null,
      "`decant` in the user's folder for caches",
      "The folder that keeps the unpacked embedded PostgreSQL between runs."),
  FRAME_CACHE(
      "DECANT_FRAME_CACHE",
      "--no-cache",
      "5GB",
      "How much of the cache's disk frames of pulled snapshots may take, `500MB` for instance; `0`"
          + " keeps none. Those used longest ago go first."),
  STATE(
      "DECANT_STATE",
      null,
      "`decant` in the user's folder for state",
      "The folder of the PostgreSQL that `decant pull --embedded` starts (its data, its password"
          + " and its log), and of what was agreed to when a repository was asked about."),
  POSTGRES(
      "DECANT_POSTGRES",
      null,
      "the one that decant carries",
      "The PostgreSQL of the embedded scratch database: the folder of an installation, or an"
          + " archive of one."),
  S3_PATH_STYLE(
      "DECANT_S3_PATH_STYLE",
      null,
      "true with an endpoint of your own",
      "Whether an S3-compatible store is asked by path, `https://host/bucket/key`: `false` asks by"
          + " host name. AWS itself is always asked by host name."),
  LOG(
      "DECANT_LOG",
      null,
      "warn (command line), info (functions)",
      "How much is logged: `error`, `warn`, `info` or `debug`. Never a row value."),
  JAVA_HOME(
      "DECANT_JAVA_HOME",
      null,
      "JAVA_HOME, then what is found",
      "The JDK that the launcher `decant` takes."),
  JAVA_OPTS(
      "DECANT_JAVA_OPTS",
      null,
      null,
      "Options of the JVM that the launcher `decant` adds: `-Xmx2g` for instance.");

  /** Parameters of a policy: {@code DECANT_PARAM_N} gives {@code ${N}}. */
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

  /** The environment variable. */
  public String variable() {
    return variable;
  }

  /** The command line's option, or null where there is none. */
  public @Nullable String option() {
    return option;
  }

  /** The default, or in words how it comes about; null where there is none. */
  public @Nullable String preset() {
    return preset;
  }

  /** In a sentence, Markdown. */
  public String description() {
    return description;
  }
}
