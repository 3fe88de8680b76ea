package dev.decant.cli;

import dev.decant.aws.Secrets;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.FrameCache;
import dev.decant.location.LocationParser;
import dev.decant.manifest.SnapshotName;
import dev.decant.manifest.Snapshots;
import dev.decant.postgres.FoundServer;
import dev.decant.progress.Progress;
import dev.decant.pull.AfterPull;
import dev.decant.pull.DatabaseNaming;
import dev.decant.pull.Pull;
import dev.decant.pull.PullRequest;
import dev.decant.pull.PullResult;
import dev.decant.pull.PullTarget;
import dev.decant.pull.Selection;
import dev.decant.setting.Keys;
import dev.decant.setting.ProjectFile;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import dev.decant.store.SnapshotStore;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code decant pull}: loads a snapshot into a new database, or writes it to a file. */
@Command(
    name = "pull",
    description = {
      "Loads a sanitized snapshot into a new database.",
      "",
      "The database is named SERVICE_ENVIRONMENT_YYYYMMDD. It gets this name once it is complete."
          + " The command prints its DATABASE_URL.",
      "",
      "The server is the one in --server, DATABASE_URL, PGSERVICE or PGHOST, in this order. By"
          + " default it is the server of this machine. The password may be in PGPASSWORD or"
          + " ~/.pgpass."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  decant pull",
      "  decant pull shop/production/latest --into shop --overwrite",
      "  decant pull --tables users,orders --from s3://bucket/sanitized-snapshots",
      "  decant pull --output - | psql -d mine"
    })
final class PullCommand implements Runnable {
  private static final Pattern OTHER_FORMAT =
      Pattern.compile("(?i)\\.(dump|dmp|backup|bak|pgdump|custom|tar|tgz|zip|bz2|xz|lz4|7z)$");

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin StoreOptions from = new StoreOptions();
  @Mixin JobsOptions connections = new JobsOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "SNAPSHOT",
      description = "The snapshot: [SERVICE/ENVIRONMENT/]NAME, or latest. Default: latest.")
  String snapshot = Snapshots.LATEST;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "The server, as postgresql://user@host:port/. Default: as described above.")
  @Nullable String server;

  @Option(
      names = "--embedded",
      description =
          "Use decant's own PostgreSQL, and start it if it is not running. It listens on this"
              + " machine only and runs until --stop, which keeps its data.")
  boolean embedded;

  @Option(
      names = "--stop",
      description = "Stop the server that --embedded started. Nothing is pulled.")
  boolean stop;

  @Option(
      names = "--into",
      paramLabel = "NAME",
      description =
          "The name of the database. If a database of this name exists, decant asks before it"
              + " replaces it. Default: SERVICE_ENVIRONMENT_YYYYMMDD.")
  @Nullable String into;

  @Option(
      names = "--overwrite",
      description = "Replace an existing database or file without a question.")
  boolean overwrite;

  @Option(
      names = "--new",
      description = "Never replace a database. If the name is taken, use another name.")
  boolean alwaysNew;

  @Option(
      names = "--tables",
      paramLabel = "A,B",
      split = ",",
      description =
          "Load only rows of these tables, and of the tables that their foreign keys reference.")
  List<String> tables = List.of();

  @Option(
      names = "--no-parents",
      description =
          "With --tables, load only the named tables. Foreign keys to other tables are left out.")
  boolean noParents;

  @Option(names = "--schema-only", description = "Load the schema without rows.")
  boolean schemaOnly;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE|-",
      description =
          "Write a plain dump in place of a database, to this file or to stdout (-). The file name"
              + " ends in .sql, .sql.zst or .sql.gz.")
  @Nullable String output;

  @Option(
      names = "--no-cache",
      description = "Do not keep downloaded frames in the cache of this machine.")
  boolean noCache;

  @Mixin VerifyKeyOptions verifyKey = new VerifyKeyOptions();

  @Option(
      names = "--after-pull",
      negatable = true,
      description =
          "Run the repository's .decant/after-pull.sql or .sh on the new database, or do not run"
              + " it. Default: ask once for each version of the file.")
  @Nullable Boolean afterPull;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print only the result, without progress and messages.")
  boolean quiet;

  private final Console console;

  PullCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    requirePossible();
    Settings settings = settings();
    if (stop) {
      LocalServers.stop(console, settings, common.json);
      return;
    }
    Optional<PublicKey> key = new Keys(settings, Secrets::read, console.err()::println).verifyKey();
    StoreOptions.requireTrust(console, settings, key);
    Progress progress = quiet ? Progress.NONE : console.progress();
    try (SnapshotStore store = StoreOptions.open(settings)) {
      SnapshotName name = StoreOptions.resolve(new Snapshots(store), snapshot, settings);
      // First make sure that the snapshot exists: only then is a server started or a question
      // asked.
      PullTarget target = target(settings);
      Optional<AfterPull> after = after(settings, target);
      long begin = System.nanoTime();
      PullResult result =
          Pull.run(
              new PullRequest(
                  new PullRequest.Source(store, name, key.orElse(null), cache(settings, store)),
                  new Selection(tables, !noParents, schemaOnly),
                  target,
                  settings.jobs(),
                  console.questions(),
                  progress));
      progress.done();
      if (target instanceof PullTarget.OnServer(FoundServer to, var _)) {
        after.ifPresent(script -> script.run(to, result.place(), console.err()));
      }
      new PullPanel(console, result, target, (System.nanoTime() - begin) / 1_000_000)
          .write(common.json, quiet);
    } finally {
      progress.done();
    }
  }

  /**
   * The script to run, if the person agrees. The question comes before the pull, because the pull
   * may take long.
   */
  private Optional<AfterPull> after(Settings settings, PullTarget target) {
    if (Boolean.FALSE.equals(afterPull) || !(target instanceof PullTarget.OnServer)) {
      return Optional.empty();
    }
    Optional<AfterPull> script = ProjectFile.repository(Path.of("")).flatMap(AfterPull::of);
    if (script.isEmpty() || Boolean.TRUE.equals(afterPull)) {
      return script;
    }
    Optional<Boolean> agreed = script.get().agreed(StoreOptions.agreements(console, settings));
    if (agreed.isEmpty()) {
      console
          .err()
          .println(
              script.get().file()
                  + " was not run, because there is no terminal to ask at. Give --after-pull to run"
                  + " it, or --no-after-pull.");
    }
    return agreed.orElse(false) ? script : Optional.empty();
  }

  private Settings settings() {
    return connections
        .in(verifyKey.in(from.settings(console.environment())))
        .with(Setting.FRAME_CACHE, noCache ? "0" : null);
  }

  private void requirePossible() {
    if (embedded && (server != null || output != null)) {
      throw usage("--embedded uses a server of its own. Leave --server and --output out.");
    }
    if (output != null && (into != null || alwaysNew || server != null)) {
      throw usage(
          "--output writes a file in place of a database. Leave --into, --new and --server out.");
    }
    if (overwrite && alwaysNew) {
      throw usage("--overwrite replaces a database and --new never does. Give only one of them.");
    }
    if (output != null && !output.equals("-")) {
      outputFile(output);
    }
    if (schemaOnly && !tables.isEmpty()) {
      throw usage("--schema-only loads no rows, so it cannot choose tables. Leave --tables out.");
    }
    if (noParents && tables.isEmpty()) {
      throw usage("--no-parents needs --tables. Name the tables.");
    }
    if (common.json && "-".equals(output)) {
      throw usage("stdout cannot hold the dump and a JSON document. Leave --json out.");
    }
  }

  private static DecantException usage(String message) {
    return new DecantException(ErrorCode.USAGE, message);
  }

  /** Refuses a name of another format, because pg_restore does not read a plain dump. */
  private static Path outputFile(String output) {
    Matcher other = OTHER_FORMAT.matcher(output);
    if (other.find()) {
      throw usage(
          "decant writes plain SQL for psql, not a file *"
              + other.group().toLowerCase(Locale.ROOT)
              + ". Name the file FILE.sql, FILE.sql.zst or FILE.sql.gz.");
    }
    return new LocationParser("file to write", "Name a file, or - for stdout.").path(output);
  }

  private PullTarget target(Settings settings) {
    if (output != null) {
      return output.equals("-")
          ? new PullTarget.ToStream(console.dump())
          : new PullTarget.ToFile(outputFile(output), overwrite);
    }
    FoundServer found =
        embedded ? LocalServers.start(console, settings) : LocalServers.find(console, server);
    return new PullTarget.OnServer(found, new DatabaseNaming(into, overwrite, alwaysNew));
  }

  /** The cache of frames, or null: frames in a folder need none. */
  private static @Nullable FrameCache cache(Settings settings, SnapshotStore store) {
    long bytes = settings.frameCacheBytes();
    return bytes > 0 && store.isRemote()
        ? new FrameCache(settings.cache().resolve("frames"), bytes)
        : null;
  }
}
