package dev.decant.sanitize;

import dev.decant.dump.DumpHeader;
import dev.decant.dump.DumpPart;
import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.DumpReader;
import dev.decant.dump.LateChecks;
import dev.decant.dump.ReadOptions;
import dev.decant.error.DecantException;
import dev.decant.frame.FrameList;
import dev.decant.frame.FrameSpool;
import dev.decant.manifest.Manifest;
import dev.decant.policy.CheckedPolicy;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.check.PolicyCheck;
import dev.decant.policy.ddl.DdlAnswers;
import dev.decant.progress.Progress;
import dev.decant.progress.ReadProgress;
import dev.decant.progress.StageTimings;
import dev.decant.run.RunGuard;
import dev.decant.sanitize.leak.TracePlaces;
import dev.decant.sanitize.output.DumpHead;
import dev.decant.sanitize.output.DumpOutline;
import dev.decant.sanitize.output.OutputParts;
import dev.decant.sanitize.output.SkeletonFrames;
import dev.decant.sanitize.row.CopyBlock;
import dev.decant.sanitize.schema.ExtensionRules;
import dev.decant.sanitize.schema.ScratchExpressions;
import dev.decant.sanitize.schema.ScratchSchema;
import dev.decant.sanitize.schema.SeparatedClauses;
import dev.decant.schema.Schema;
import dev.decant.schema.TableName;
import dev.decant.scratch.ScratchServer;
import dev.decant.source.DumpStream;
import dev.decant.yaml.FileKind;
import dev.decant.yaml.Problem;
import dev.decant.yaml.Problems;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a dump once and makes verified frames of it in a spool. It publishes nothing.
 *
 * <p>The stages are: run the DDL in the scratch database, check the policy against the catalog of
 * that database, mask and load the rows ({@link RowStage}), and verify ({@link
 * ScratchVerification}).
 */
final class SanitizeRun implements AutoCloseable {
  private final SanitizeRequest request;
  private final RowOrigin origin;
  private final ScratchServer server;
  private final RunGuard guard;
  private final StageTimings timings;
  private final Progress progress;
  private final FrameSpool spool;
  private final FrameList frames = new FrameList();
  private final SkeletonFrames skeleton;
  private final OutputParts parts;
  private final ScratchDisk disk;
  private final LeakTrace trace;
  private @Nullable ScratchSchema scratch;

  SanitizeRun(
      SanitizeRequest request,
      RowOrigin origin,
      ScratchServer server,
      Path folder,
      RunGuard guard,
      StageTimings timings) {
    this.request = request;
    this.origin = origin;
    this.server = server;
    this.guard = guard;
    this.timings = timings;
    this.progress = request.execution().progress();
    this.spool = origin.spool(folder);
    this.skeleton = new SkeletonFrames(spool, frames, request.policy());
    this.parts = new OutputParts(request.policy(), guard, skeleton);
    this.trace = origin.trace(folder, guard);
    this.disk = new ScratchDisk(request.source(), server, request.execution().workFolder());
  }

  /** A policy and the catalog that it was checked against. */
  private record Checked(CheckedPolicy policy, Schema catalog) {}

  /**
   * Runs the stages before the rows. The databases belong to this object.
   *
   * @param outline what a first pass over the dump found
   */
  PreparedRun prepare(DumpOutline outline) {
    try (DumpStream stream = DumpStream.open(request.source());
        ScratchExpressions expressions = new ScratchExpressions(server, request.keys().masking());
        DumpReader reader =
            new DumpReader(stream.text(), stream.schemaText(), options(expressions))) {
      DumpHead head = DumpHead.read(reader, parts, outline.definitions());
      ScratchSchema schema = schema(head.checks(), head.header(), outline);
      Checked checked = timings.time("policy", () -> checkBeforeRows(schema, outline));
      disk.require(checked.policy(), outline, stream);
      return new PreparedRun(
          schema.empty().database(), schema.rows(), schema.standInTypes(), schema.ofExtensions());
    }
  }

  /**
   * Runs all stages.
   *
   * @param outline what a first pass over the dump found, or null if there was none
   */
  VerifiedSnapshot run(@Nullable DumpOutline outline) {
    try (DumpStream stream = DumpStream.open(request.source());
        ScratchExpressions expressions = new ScratchExpressions(server, request.keys().masking());
        DumpReader reader =
            new DumpReader(stream.text(), stream.schemaText(), options(expressions))) {
      DumpHead head =
          DumpHead.read(reader, parts, outline == null ? List.of() : outline.definitions());
      LateChecks checks = head.checks();
      ScratchSchema schema = schema(checks, head.header(), outline);
      Checked checked = timings.time("policy", () -> checkBeforeRows(schema, outline));
      disk.require(checked.policy(), outline, stream);
      RowStage rows = load(checked, schema, reader, head.next(), stream);
      stream.finish();
      reader.warnings().forEach(warning -> progress.message("warning: " + warning));
      Checked withKeys =
          timings.time("verify", () -> checkAfterRows(schema, checked, outline, rows));
      VerifiedSnapshot.SourceDump dump =
          new VerifiedSnapshot.SourceDump(
              head.header(),
              checks.before(),
              schema::isOptional,
              stream.sha256(),
              parts.ddl().changed());
      return timings.time("verify", () -> verify(schema, withKeys, rows, checks, dump));
    }
  }

  private ReadOptions options(ScratchExpressions expressions) {
    return new ReadOptions(request.source().database(), request.source().encoding(), expressions);
  }

  private ScratchSchema schema(
      LateChecks checks, DumpHeader header, @Nullable DumpOutline outline) {
    List<Statement> before = checks.before();
    ExtensionRules rules = ExtensionRules.of(outline, request.policy());
    String file = request.policy().file();
    ScratchSchema schema =
        timings.time(
            "schema",
            () ->
                ScratchSchema.create(
                    server,
                    header.encoding(),
                    checks,
                    rules,
                    file,
                    empty -> origin.rows(server, empty),
                    guard));
    schema.warnings().forEach(warning -> progress.message("warning: " + warning));
    scratch = schema;
    schema.empty().addRest(before.stream().filter(skeleton::isPublished).toList());
    skeleton.head(
        OutputParts.HEAD,
        header,
        restriction(before),
        new SeparatedClauses(schema.unverified()).of(before),
        schema::isOptional);
    return schema;
  }

  /**
   * The key of {@link dev.decant.dump.PsqlRestriction}. The same dump gives the same key, so the
   * output's bytes are the same in every run. It depends on the masking key, which a person who can
   * change the dump's text does not have.
   */
  private String restriction(List<Statement> beforeRows) {
    String tag = request.keys().masking().tag("restrict/1 " + request.name());
    for (Statement statement : beforeRows) {
      tag =
          request.keys().masking().tag(tag + new String(statement.text(), StandardCharsets.UTF_8));
    }
    return tag;
  }

  private Checked checkBeforeRows(ScratchSchema schema, @Nullable DumpOutline outline) {
    Checked checked =
        outline == null
            ? check(schema.empty().read(), false, Set.of(), parts.ddl().answers(false))
            : check(
                schema.empty().readWithKeys(outline.afterRows()),
                true,
                outline.copied().keySet(),
                outline.ddl());
    List<Problem> refused = schema.empty().tryMasks(checked.policy(), checked.catalog());
    if (!refused.isEmpty()) {
      throw Problems.error(request.policy().file(), FileKind.POLICY, refused, "", "");
    }
    warn(checked.policy().warnings());
    return checked;
  }

  private void warn(List<Problem> warnings) {
    for (Problem warning : warnings) {
      progress.message("warning: " + warning.in(request.policy().file()));
    }
  }

  /** With an outline, the keys were known before the rows; otherwise they are known only now. */
  private Checked checkAfterRows(
      ScratchSchema schema, Checked checked, @Nullable DumpOutline outline, RowStage rows) {
    PolicyRoles.report(parts.afterRows(), progress);
    DdlAnswers ddl = parts.ddl().answers(true);
    if (outline != null) {
      ddl.require(request.policy());
      return checked;
    }
    warn(ddl.warnings());
    return check(
        schema.empty().readWithKeys(parts.afterRows()), true, rows.firstBlocks().keySet(), ddl);
  }

  private Checked check(Schema catalog, boolean keysKnown, Set<TableName> copied, DdlAnswers ddl) {
    return new Checked(
        PolicyCheck.check(
            request.policy(), catalog, keysKnown, copied, MaskCatalog.standard(), ddl),
        catalog);
  }

  private RowStage load(
      Checked checked, ScratchSchema schema, DumpReader reader, DumpPart first, DumpStream stream) {
    progress.stage("load", stream.compressedTotal(), "B");
    RowStage rows =
        new RowStage(request, checked.policy(), checked.catalog(), parts, schema.ofExtensions());
    RowOrigin.Places places =
        new RowOrigin.Places(
            schema.restoring(),
            spool,
            frames,
            trace,
            rows.anchors(),
            new ReadProgress(progress, stream::compressedRead),
            guard,
            timings);
    timings.run("load", () -> rows.load(reader, first, origin.blocks(places), guard));
    progress.done();
    return rows;
  }

  private VerifiedSnapshot verify(
      ScratchSchema schema,
      Checked checked,
      RowStage rows,
      LateChecks checks,
      VerifiedSnapshot.SourceDump dump) {
    List<Statement> statements = parts.afterRows();
    statements.addAll(checks.after());
    ScratchVerification verification =
        new ScratchVerification(
            request,
            schema,
            checked.catalog(),
            checked.policy(),
            skeleton,
            frames,
            guard,
            timings,
            dump.header());
    Stream<Statement> keysBefore = checks.before().stream().filter(SanitizeRun::isKey);
    List<Statement> afterRows = Stream.concat(keysBefore, statements.stream()).toList();
    try (TraceSearch search = search(checked, rows)) {
      return search.beside(
          () -> {
            ScratchVerification.Outcome outcome =
                verification.run(afterRows, rows.firstBlocks(), search::begin);
            writeRest(schema, verification, outcome);
            Manifest.LeakTrace traced =
                timings.time(
                    "verify: leak trace",
                    () -> search.finish(outcome.changedRows().keySet(), timings));
            return new VerifiedSnapshot(
                new VerifiedSnapshot.SnapshotFrames(spool, frames, rows.blocks()),
                dump,
                checked.catalog(),
                checked.policy(),
                outcome,
                rows.anchors().resolve(checked.policy()),
                schema.unverified(),
                traced);
          });
    }
  }

  /** Fires the triggers, and writes the statements that follow the rows. */
  private void writeRest(
      ScratchSchema schema, ScratchVerification verification, ScratchVerification.Outcome outcome) {
    parts.requireWrittenSucceeded(outcome.failed(), schema.unverified());
    List<Statement> last =
        verification.withSequences(parts.unwritten()).stream()
            .filter(s -> !outcome.failed().contains(s))
            .toList();
    timings.run("verify: triggers", verification::fireTriggers);
    parts.tail(last, schema.unverified());
  }

  private TraceSearch search(Checked checked, RowStage rows) {
    return trace.search(
        spool,
        frames,
        rows.blocks().stream().map(CopyBlock::start).toList(),
        new TracePlaces(checked.catalog(), checked.policy()));
  }

  /** Whether the database with the rows gets this statement after them, wherever it stands. */
  private static boolean isKey(Statement statement) {
    return switch (statement.kind().scratch()) {
      case CONSTRAINT, ATTACH, FOREIGN_KEY -> true;
      case SCHEMA, FULL, NEVER -> false;
    };
  }

  /** Adds to the error of a full disk what the scratch database needs. */
  DecantException explain(DecantException e) {
    return disk.explain(e);
  }

  @Override
  public void close() {
    try (spool;
        trace;
        skeleton) {
      if (scratch != null) {
        scratch.close();
      }
    }
  }
}
