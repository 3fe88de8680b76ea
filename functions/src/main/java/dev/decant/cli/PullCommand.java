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

/** {@code decant pull}: a snapshot into a database of the developer's, or into a file. */
@Command(
    name = "pull",
    description = {
      "Loads a sanitized snapshot into a new database.",
      "",
      "Its name is SERVICE_ENVIRONMENT_YYYYMMDD; it appears once it is whole, and its DATABASE_URL"
          + " is printed.",
      "",
      "The server is the one that --server, DATABASE_URL, PGSERVICE or PGHOST name, else that of"
          + " this machine; a password may come from PGPASSWORD or ~/.pgpass."
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

  @Parameters(
      arity = "0..1",
      paramLabel = "SNAPSHOT",
      description = "[SERVICE/ENVIRONMENT/]NAME or latest, which is the default.")
  String snapshot = Snapshots.LATEST;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "The server, postgresql://user@host:port/. Default: see above.")
  @Nullable String server;

  @Option(
      names = "--embedded",
      description =
          "A PostgreSQL of decant's own, started where it does not run. It stays, for this machine"
              + " only, until --stop; its data stay then too.")
  boolean embedded;

  @Option(names = "--stop", description = "Stop the server that --embedded started; no pull.")
  boolean stop;

  @Option(
      names = "--into",
      paramLabel = "NAME",
      description =
          "Name of the database. One of that name is replaced, after a question. Default:"
              + " SERVICE_ENVIRONMENT_YYYYMMDD.")
  @Nullable String into;

  @Option(names = "--overwrite", description = "Replace a database or a file without a question.")
  boolean overwrite;

  @Option(
      names = "--new",
      description = "Never replace a database: where the name is taken, take another.")
  boolean alwaysNew;

  @Option(
      names = "--tables",
      paramLabel = "A,B",
      split = ",",
      description = "Rows of these tables only, and of those that their foreign keys need.")
  List<String> tables = List.of();

  @Option(
      names = "--no-parents",
      description = "With --tables: of these only; foreign keys that need others are left out.")
  boolean noParents;

  @Option(names = "--schema-only", description = "No rows.")
  boolean schemaOnly;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE|-",
      description = "A plain dump in place of a database: FILE.sql[.zst|.gz], or - for stdout.")
  @Nullable String output;

  @Option(names = "--no-cache", description = "Keep no frames of a store that is far.")
  boolean noCache;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Connections at work. Default: DECANT_JOBS, else the number of cores.")
  @Nullable String jobs;

  @Option(
      names = "--verify-key",
      paramLabel = "FILE",
      description = "The public key that must have signed it. Default: DECANT_VERIFY_KEY.")
  @Nullable String verifyKey;

  @Option(
      names = "--after-pull",
      negatable = true,
      description =
          "Run the repository's .decant/after-pull.sql or .sh on the new database, or do not."
              + " Default: ask once for each content.")
  @Nullable Boolean afterPull;

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress, no messages: the result only.")
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
      SnapshotName name =
          new Snapshots(store)
              .resolve(
                  snapshot,
                  settings.value(Setting.SERVICE).orElse(null),
                  settings.value(Setting.ENVIRONMENT).orElse(null));
      // What cannot be pulled starts no server and asks nothing.
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

  /** Asked before the pull, so that nobody has to wait for the question. */
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
                  + " is not run: nobody can be asked. Give --after-pull, or --no-after-pull.");
    }
    return agreed.orElse(false) ? script : Optional.empty();
  }

  private Settings settings() {
    return from.settings(console.environment())
        .with(Setting.VERIFY_KEY, verifyKey)
        .with(Setting.FRAME_CACHE, noCache ? "0" : null)
        .with(Setting.JOBS, jobs);
  }

  private void requirePossible() {
    if (embedded && (server != null || output != null)) {
      throw usage("--embedded is a server of its own: leave --server and --output out.");
    }
    if (output != null && (into != null || alwaysNew || server != null)) {
      throw usage("--output is a file in place of a database: leave --into, --new, --server out.");
    }
    if (overwrite && alwaysNew) {
      throw usage("--overwrite replaces a database and --new never does: give one of them.");
    }
    if (output != null && !output.equals("-")) {
      outputFile(output);
    }
    if (schemaOnly && !tables.isEmpty()) {
      throw usage("--schema-only has no rows, of no table: leave --tables out.");
    }
    if (noParents && tables.isEmpty()) {
      throw usage("--no-parents is about --tables: name the tables.");
    }
    if (common.json && "-".equals(output)) {
      throw usage("stdout cannot be the dump and a JSON document: leave --json out.");
    }
  }

  private static DecantException usage(String message) {
    return new DecantException(ErrorCode.USAGE, message);
  }

  /** What the name promises must be what is written: pg_restore does not read a plain dump. */
  private static Path outputFile(String output) {
    Matcher other = OTHER_FORMAT.matcher(output);
    if (other.find()) {
      throw usage(
          "A file *"
              + other.group().toLowerCase(Locale.ROOT)
              + " is not what is written: decant writes plain SQL, for psql. Name it FILE.sql,"
              + " FILE.sql.zst or FILE.sql.gz.");
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

  /** Frames of a folder are near already. */
  private static @Nullable FrameCache cache(Settings settings, SnapshotStore store) {
    long bytes = settings.frameCacheBytes();
    return bytes > 0 && store.isRemote()
        ? new FrameCache(settings.cache().resolve("frames"), bytes)
        : null;
  }
}
