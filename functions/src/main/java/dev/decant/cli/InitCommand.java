package dev.decant.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.aws.Secrets;
import dev.decant.detect.ddl.DdlFinding;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.inspect.Inspected;
import dev.decant.inspect.Inspection;
import dev.decant.inspect.NotCreated;
import dev.decant.mask.builtin.BuiltInMasks;
import dev.decant.policy.PolicyFiles;
import dev.decant.policy.check.PolicyDraft;
import dev.decant.policy.propose.Evidence;
import dev.decant.policy.propose.ProposalTrial;
import dev.decant.postgres.ServerUrl;
import dev.decant.progress.Progress;
import dev.decant.progress.Quantity;
import dev.decant.scratch.ScratchOptions;
import dev.decant.setting.ParameterValues;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import dev.decant.verify.ServerTrial;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code decant init}: proposes a policy. */
@Command(
    name = "init",
    description = {
      "Proposes a policy for a database.",
      "",
      "The proposal has a rule for every column, with a comment that states the reason. A column is"
          + " kept only for a reason. A doubtful column is masked and marked '# REVIEW'. decant"
          + " looks at the names, the types, the keys and the CHECKs of the schema, and at a sample"
          + " of the rows if the source has rows. It shows and stores no value of a row.",
      "",
      "The source is a dump, a file of DDL without rows (pg_dump --schema-only, or a structure.sql"
          + " from git), or a live database. For a live database, a role that may only read is"
          + " enough."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  decant init backup.sql.zst -o policy.yaml",
      "  decant init db/structure.sql -o policy.yaml",
      "  decant init postgresql://reader@db.internal/app -o policy.yaml",
      "  decant init backup.sql.zst --update policy.yaml"
    })
final class InitCommand implements Runnable {
  @Mixin CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "SOURCE",
      description =
          "A file, - for stdin, or s3://bucket/key, plain or compressed, or an archive of pg_dump;"
              + " or a live database, postgresql://user@host/db.")
  String source = "";

  @Mixin SourceOptions sources = new SourceOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the policy to this file. An existing file is not overwritten.")
  @Nullable Path output;

  @Option(
      names = "--update",
      paramLabel = "FILE",
      description =
          "Add the missing rules to this policy, and keep its order and its comments. The file is"
              + " changed in place, unless --output names another one.")
  @Nullable Path update;

  @Option(names = "--force", description = "Overwrite the file of --output.")
  boolean force;

  @Option(names = "--no-sample", description = "Do not look at rows.")
  boolean noSample;

  @Option(
      names = "--statement-timeout",
      paramLabel = "SECONDS",
      description =
          "The longest time that a statement may take in a live database. Default:"
              + " ${DEFAULT-VALUE}.")
  int statementTimeout = 30;

  @Option(
      names = "--param",
      paramLabel = "N=V",
      description =
          "The value of a parameter of the policy in --update. May be repeated. Default:"
              + " DECANT_PARAM_N.")
  Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--scratch",
      paramLabel = "embedded|URL",
      description =
          "The PostgreSQL that runs the DDL of a file. 'embedded' starts one for this run. With the"
              + " URL of a server, the run creates a temporary database there:"
              + " postgresql://user@host:port/db. Default: DECANT_SCRATCH, then embedded.")
  @Nullable String scratch;

  @Option(
      names = "--work",
      paramLabel = "FOLDER",
      description =
          "The folder for temporary files. Default: DECANT_WORK, then that of the system.")
  @Nullable String work;

  private record Proposed(Inspected inspected, PolicyDraft draft) {}

  private final Console console;

  InitCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Path file = target();
    String before = update == null ? "" : read(update);
    if (file != null && !force && !file.equals(update) && Files.exists(file)) {
      throw exists(file);
    }
    if (file != null && isSource(file)) {
      throw new DecantException(
          ErrorCode.REFUSED, file + " is the source itself. Write the policy to another file.");
    }
    if (statementTimeout < 1) {
      throw new DecantException(
          ErrorCode.USAGE, "--statement-timeout must be a number of seconds from 1 on.");
    }
    Settings settings =
        new Settings(console.environment()).with(Setting.SCRATCH, scratch).with(Setting.WORK, work);
    Progress progress = console.progress();
    Map<String, String> values = values(settings);
    Proposed proposed;
    try {
      proposed =
          new Inspection(
                  !noSample,
                  settings.scratch(),
                  ScratchOptions.of(console.environment()).withRunFolder(settings.work()),
                  Duration.ofSeconds(statementTimeout),
                  console.environment(),
                  sources.choice())
              .with(
                  source,
                  progress,
                  (found, server) ->
                      new Proposed(found, draft(found, server.connection(), before, values)));
    } finally {
      progress.done();
    }
    Inspected inspected = proposed.inspected;
    PolicyDraft draft = proposed.draft;
    warn(inspected, draft);
    boolean inPlace = file != null && file.equals(update);
    if (file != null && (draft.changed() || !inPlace)) {
      write(file, draft.yaml());
    }
    answer(file, inspected, draft, before);
  }

  private boolean isSource(Path file) {
    try {
      return !source.contains("://")
          && Files.exists(file)
          && Files.exists(Path.of(source))
          && Files.isSameFile(file, Path.of(source));
    } catch (IOException | InvalidPathException e) {
      return false;
    }
  }

  private static void requireTables(Inspected inspected) {
    if (inspected.schema().tables().isEmpty()) {
      throw new DecantException(
          ErrorCode.INPUT_INVALID,
          inspected.copied().isEmpty()
              ? "The source creates no table, so there is nothing to write rules for. Name a dump,"
                  + " a file that pg_dump --schema-only wrote, or a database."
              : "The source has rows but creates no table. It was made by pg_dump --data-only, for"
                  + " example. Make a dump that has the definitions of the tables, too, or name"
                  + " one of pg_dump --schema-only with --schema FILE.");
    }
  }

  private @Nullable Path target() {
    return output != null ? output : update;
  }

  private Map<String, String> values(Settings settings) {
    Map<String, String> values = new HashMap<>(ParameterValues.of(settings, Secrets::read));
    values.putAll(parameters);
    return values;
  }

  private PolicyDraft draft(
      Inspected inspected, Connection connection, String before, Map<String, String> values) {
    requireTables(inspected);
    ProposalTrial trial =
        new ServerTrial(connection, inspected.schema(), BuiltInMasks.standard(), Locale.ENGLISH);
    Path folder = update == null ? null : update.toAbsolutePath().getParent();
    return PolicyDraft.of(
        update == null ? "policy.yaml" : update.toString(),
        before,
        folder == null ? PolicyFiles.none() : PolicyFiles.in(folder),
        values,
        inspected.schema(),
        inspected.copied(),
        new Evidence(inspected.samples(), trial),
        inspected.ddl());
  }

  private void warn(Inspected inspected, PolicyDraft draft) {
    NotCreated.lines(inspected.notCreated())
        .forEach(objects -> console.err().println("warning: not inspected: " + objects));
    for (DdlFinding finding : inspected.findings()) {
      console
          .err()
          .println(
              "warning: "
                  + (finding.line() > 0 ? "line " + finding.line() + ", " : "")
                  + finding.object()
                  + ": The DDL contains "
                  + finding.what()
                  + ".");
    }
    draft.problems().forEach(problem -> console.err().println("warning: " + problem));
  }

  private void answer(@Nullable Path file, Inspected inspected, PolicyDraft draft, String before) {
    long review = draft.yaml().lines().filter(line -> line.contains("# REVIEW")).count();
    if (common.json) {
      console.out().println(JsonOutput.json(document(file, inspected, draft, review)));
      return;
    }
    if (file == null) {
      console.out().print(draft.yaml());
    }
    console.err().println(summary(file, inspected, draft, before));
  }

  private String summary(
      @Nullable Path file, Inspected inspected, PolicyDraft draft, String before) {
    if (!draft.changed() && update != null) {
      return update + " has a rule for every column. Nothing was added.";
    }
    Set<String> old = before.lines().collect(Collectors.toSet());
    List<String> added = draft.yaml().lines().filter(line -> !old.contains(line)).toList();
    long review = added.stream().filter(line -> line.contains("# REVIEW")).count();
    String what =
        update == null
            ? "rules for " + Quantity.counted(tables(inspected), "table")
            : Quantity.counted(added.size(), "new line");
    return (file == null ? "The policy has " : "Wrote " + file + ", with ")
        + what
        + ". "
        + (review == 0
            ? (update == null ? "No line" : "No new line")
                + " is marked # REVIEW. Read the policy nevertheless."
            : "Review the "
                + (review == 1 ? "" : Quantity.count(review) + " ")
                + (update == null ? "" : "new ")
                + (review == 1 ? "line that is" : "lines that are")
                + " marked # REVIEW.");
  }

  /** The number of tables that need an entry. Partitions have the rules of their table. */
  private static long tables(Inspected inspected) {
    return inspected.schema().tables().stream().filter(t -> t.partitionOf() == null).count();
  }

  private ObjectNode document(
      @Nullable Path file, Inspected inspected, PolicyDraft draft, long review) {
    ObjectNode document =
        JsonOutput.document()
            .put("status", "proposed")
            .put("source", ServerUrl.isOne(source) ? "database" : source)
            .put("tables", tables(inspected))
            .put("changed", draft.changed())
            .put("review", review);
    if (file == null) {
      document.put("policy", draft.yaml());
    } else {
      document.put("file", file.toString());
    }
    ArrayNode ddl = document.putArray("ddl");
    inspected
        .findings()
        .forEach(f -> ddl.addObject().put("object", f.object()).put("contains", f.what()));
    ArrayNode notPublished = document.putArray("notPublished");
    inspected.ddl().unpublished().forEach(notPublished::add);
    ArrayNode notInspected = document.putArray("notInspected");
    inspected.notCreated().forEach(each -> notInspected.add(each.toString()));
    ArrayNode problems = document.putArray("problems");
    draft.problems().forEach(problems::add);
    return document;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new DecantException(
          ErrorCode.POLICY_INVALID,
          "The policy " + file + " does not exist. Write a new one with --output.",
          e);
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.POLICY_INVALID, "The policy " + file + " cannot be read as UTF-8 text.", e);
    }
  }

  private void write(Path file, String yaml) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      if (folder != null) {
        Files.createDirectories(folder);
      }
      if (Files.exists(file) && (force || file.equals(update))) {
        WholeFile.write(file, yaml);
      } else {
        Files.writeString(file, yaml, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      }
    } catch (FileAlreadyExistsException e) {
      throw exists(file);
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.STORE_FAILED,
          "The policy cannot be written to "
              + file
              + ". Check the folder, its permissions and its free space.",
          e);
    }
  }

  private static DecantException exists(Path file) {
    return new DecantException(
        ErrorCode.REFUSED,
        file
            + " exists, and init does not overwrite it. Add the missing rules with --update "
            + file
            + ", or write another file, or use --force.");
  }
}
