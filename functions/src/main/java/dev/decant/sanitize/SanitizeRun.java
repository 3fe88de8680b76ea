package dev.decant.sanitize;

import dev.decant.dump.ActsOnRows;
import dev.decant.dump.DumpHeader;
import dev.decant.dump.DumpPart;
import dev.decant.dump.DumpPart.CopyStart;
import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.DumpReader;
import dev.decant.dump.LateChecks;
import dev.decant.dump.PostData;
import dev.decant.dump.StatementKind;
import dev.decant.error.DecantException;
import dev.decant.error.DiskFull;
import dev.decant.error.ErrorCode;
import dev.decant.frame.FrameList;
import dev.decant.frame.FrameSpool;
import dev.decant.load.Unverified;
import dev.decant.manifest.Manifest;
import dev.decant.mask.MaskingPlan;
import dev.decant.mask.Masks;
import dev.decant.mask.TableMaskKit;
import dev.decant.mask.TableRule;
import dev.decant.mask.builtin.BuiltInMasks;
import dev.decant.policy.CheckedPolicy;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.PolicyCheck;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.progress.Progress;
import dev.decant.run.RunGuard;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.scratch.ScratchServer;
import dev.decant.source.DumpStream;
import dev.decant.yaml.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One pass of a dump: statements and rows in, frames in a spool out, all verified. Publishes
 * nothing.
 *
 * <p>The order is the design's: DDL into the scratch database, the policy against its catalog, rows
 * through the workers, then {@link Verified} does the rest.
 */
final class SanitizeRun implements AutoCloseable {
  /** The number of the first part, which is written after large objects that stand before rows. */
  private static final long HEAD = 0;

  private final SanitizeRequest request;
  private final ScratchServer server;
  private final RunGuard guard;
  private final Timings timings;
  private final Progress progress;
  private final FrameSpool spool;
  private final FrameList frames = new FrameList();
  private final SkeletonFrames skeleton;
  private final Masks masks = BuiltInMasks.standard();
  private final HeldStatements afterRows = new HeldStatements();
  private final Map<TableName, RowPipeline.Block> blocks = new LinkedHashMap<>();
  private final List<RowPipeline.Block> allBlocks = new ArrayList<>();
  private @Nullable ScratchSchema scratch;
  private @Nullable AnchorRows anchorRows;
  private long part = HEAD + 1;

  /** What the scratch database will need on disk, about. */
  private long scratchBytes;

  /** How many of {@link #afterRows} are in frames already. */
  private int flushed;

  SanitizeRun(
      SanitizeRequest request, ScratchServer server, Path folder, RunGuard guard, Timings timings) {
    this.request = request;
    this.server = server;
    this.guard = guard;
    this.timings = timings;
    this.progress = request.progress();
    this.spool = new FrameSpool(folder);
    this.skeleton = new SkeletonFrames(spool, frames, request.policy());
  }

  /** Everything up to the verified frames. */
  Verified run(@Nullable DumpOutline outline) {
    try (DumpStream stream = DumpStream.open(request.source());
        CountedStream text = new CountedStream(stream.text());
        DumpReader reader = new DumpReader(text)) {
      HeldStatements held = new HeldStatements();
      DumpPart part = reader.next();
      for (; part instanceof Statement statement; part = reader.next()) {
        read(statement, held);
      }
      skeleton.flushLargeObjects(this.part++);
      List<Statement> read = held.list();
      if (part instanceof DumpPart.End) {
        List<Statement> postData = read.subList(PostData.begin(read), read.size());
        afterRows.list().addAll(postData);
        postData.clear();
      }
      LateChecks checks = LateChecks.of(read);
      List<Statement> beforeRows = checks.before();
      DumpHeader header = reader.header();
      requireTable(beforeRows, part);
      if (part instanceof CopyStart) {
        ActsOnRows.refuse(beforeRows);
      }
      ScratchSchema schema =
          timings.time(
              "schema", () -> ScratchSchema.create(server, beforeRows, checks.after(), guard));
      scratch = schema;
      schema.addRest(beforeRows.stream().filter(skeleton::travels).toList());
      skeleton.head(HEAD, header, restriction(beforeRows), beforeRows, schema.unverified()::has);
      Loading loading = timings.time("policy", () -> checkBeforeRows(schema, outline));
      requireDisk(loading.policy(), outline, stream, text);
      DumpPart first = part;
      progress.stage("load", stream.compressedTotal(), "B");
      timings.run("load", () -> load(loading, schema, reader, first, stream));
      progress.done();
      stream.finish();
      return timings.time("verify", () -> verify(schema, loading, outline, header, checks, stream));
    }
  }

  /**
   * The key of {@link dev.decant.dump.PsqlRestriction}: the same for the same dump, so that the
   * output's bytes are; whoever writes the dump's text does not have the masking key.
   */
  private String restriction(List<Statement> beforeRows) {
    String tag = request.key().tag("restrict/1 " + request.name());
    for (Statement statement : beforeRows) {
      tag = request.key().tag(tag + new String(statement.text(), StandardCharsets.UTF_8));
    }
    return tag;
  }

  /** One error in place of one for each table. An extension may bring tables that have rows. */
  private static void requireTable(List<Statement> beforeRows, DumpPart next) {
    if (beforeRows.stream().anyMatch(s -> s.kind() == StatementKind.TABLE)) {
      return;
    }
    if (next instanceof DumpPart.End) {
      throw new DecantException(
          ErrorCode.INPUT_INVALID,
          "The dump creates no table and has no rows, so there is nothing to sanitize. It may be a"
              + " part of a dump (--section=post-data, --statistics-only, --globals-only), or of"
              + " another database. Make a whole dump with pg_dump.");
    }
    if (next instanceof CopyStart copy
        && beforeRows.stream().noneMatch(s -> s.kind() == StatementKind.EXTENSION)) {
      throw new DecantException(
          ErrorCode.INPUT_INVALID,
          "line "
              + copy.line()
              + ": the dump has rows and creates no table. It was made by pg_dump --data-only (-a)"
              + " or --section=data. decant needs the tables, too: make the dump without this"
              + " option.");
    }
  }

  /**
   * Keeps a statement for later. What is about large objects goes into a frame at once: it depends
   * on no other statement, and may be larger than the memory.
   */
  private void read(Statement statement, HeldStatements held) {
    guard.check();
    if (!statement.kind().ofLargeObjects()) {
      held.add(statement);
      return;
    }
    if (statement.kind() == StatementKind.LARGE_OBJECT_CREATE) {
      requireLargeObjectRule();
    }
    if (skeleton.largeObject(part, statement)) {
      part++;
    }
  }

  private void requireLargeObjectRule() {
    if (request.policy().largeObjects() == null) {
      throw new DecantException(
          ErrorCode.POLICY_INVALID,
          request.policy().file()
              + ": the dump has large objects and the policy no rule for them; write"
              + " `large-objects: empty` (or drop, or keep)");
    }
  }

  /** A policy and the catalog that it was checked against. */
  private record Loading(CheckedPolicy policy, Schema schema) {}

  private Loading checkBeforeRows(ScratchSchema schema, @Nullable DumpOutline outline) {
    Loading loading =
        outline == null
            ? check(schema.read(), false, Set.of())
            : check(schema.readWithKeys(outline.afterRows()), true, outline.copied().keySet());
    for (Problem warning : loading.policy().warnings()) {
      progress.message("warning: " + warning.in(request.policy().file()));
    }
    return loading;
  }

  private Loading check(Schema catalog, boolean keysKnown, Set<TableName> copied) {
    return new Loading(
        PolicyCheck.check(request.policy(), catalog, keysKnown, copied, MaskCatalog.standard()),
        catalog);
  }

  private void requireDisk(
      CheckedPolicy policy, @Nullable DumpOutline outline, DumpStream stream, CountedStream text) {
    long rowBytes;
    if (outline != null) {
      rowBytes =
          outline.copied().entrySet().stream()
              .filter(e -> !policy.truncated().contains(e.getKey()))
              .mapToLong(Map.Entry::getValue)
              .sum();
    } else {
      long read = Math.max(1, stream.compressedRead());
      rowBytes = (long) (Math.max(0, stream.compressedTotal()) * ((double) text.count() / read));
    }
    scratchBytes = DiskEstimate.scratch(rowBytes);
    DiskEstimate.require(
        rowBytes,
        server.freeBytes(),
        DiskFull.free(request.workFolder()),
        server.folder().isPresent()
            && DiskEstimate.sameDisk(server.folder().get(), request.workFolder()));
  }

  /**
   * Where the disk of an embedded scratch server is full, its folder and what it needs are told.
   */
  DecantException withDisk(DecantException e) {
    String message = String.valueOf(e.getMessage());
    if (e.code() != ErrorCode.DISK_FULL
        || server.folder().isEmpty()
        || !message.contains(DatabaseErrors.DISK_FULL)) {
      return e;
    }
    DecantException full =
        DiskFull.error(
            server.folder().get(),
            scratchBytes,
            "the scratch database",
            "Name a folder on a larger disk by DECANT_WORK, put the scratch database on a server"
                + " (--scratch postgresql://USER@HOST/DB), or truncate tables in the policy.",
            null);
    return new DecantException(ErrorCode.DISK_FULL, message + " " + full.getMessage());
  }

  private void load(
      Loading loading, ScratchSchema schema, DumpReader reader, DumpPart first, DumpStream stream) {
    MaskKitSource kits =
        (table, columns) ->
            new TableMaskKit(masks, request.key(), request.policy().locale(), columns)::mask;
    try (RowPipeline pipeline =
        new RowPipeline(
            request.jobs(),
            schema.restoring(),
            spool,
            frames,
            kits,
            guard,
            new ReadProgress(progress, stream::compressedRead),
            timings)) {
      for (DumpPart part = first; !(part instanceof DumpPart.End); part = reader.next()) {
        switch (part) {
          case CopyStart copy -> {
            flushBetween();
            pipeline.load(reader, block(loading, copy));
          }
          case Statement statement -> read(statement, afterRows);
          case DumpPart.End end -> {}
        }
      }
      skeleton.flushLargeObjects(part++);
      pipeline.finish();
    }
  }

  /**
   * Statements that stand between two tables go out where they stood; the scratch database runs
   * them with the rest.
   */
  private void flushBetween() {
    int size = afterRows.list().size();
    if (size > flushed) {
      List<Statement> between = afterRows.list().subList(flushed, size);
      ActsOnRows.refuse(between);
      skeleton.between(part++, between);
      flushed = size;
    }
    skeleton.flushLargeObjects(part++);
  }

  private RowPipeline.Block block(Loading loading, CopyStart copy) {
    TableName name = copy.table();
    Table table =
        loading
            .schema()
            .table(name)
            .orElseThrow(
                () ->
                    new DecantException(
                        ErrorCode.INPUT_INVALID,
                        "line "
                            + copy.line()
                            + ": rows of table "
                            + name
                            + ", which the dump does not create"));
    TableRule rule = loading.policy().rules().get(name);
    if (rule == null) {
      throw new DecantException(
          ErrorCode.POLICY_INVALID,
          request.policy().file() + ": table " + name + " has rows in the dump and no rule");
    }
    List<String> columns = copy.columnsOf(table);
    boolean truncate = rule.truncate();
    MaskingPlan plan =
        MaskingPlan.of(
            table, columns, rule, truncate ? List.of() : anchors(loading).watches(name, columns));
    RowPipeline.Block block = new RowPipeline.Block(copy, plan, truncate, part++);
    skeleton.table(block.part, copy);
    blocks.putIfAbsent(name, block);
    allBlocks.add(block);
    return block;
  }

  private AnchorRows anchors(Loading loading) {
    AnchorRows rows = anchorRows;
    if (rows == null) {
      rows = new AnchorRows(loading.policy());
      anchorRows = rows;
    }
    return rows;
  }

  /** A constraint, which the database with the rows gets after them, wherever the dump has it. */
  private static boolean isKey(Statement statement) {
    return switch (statement.kind().scratch()) {
      case CONSTRAINT, ATTACH, FOREIGN_KEY -> true;
      case SCHEMA, FULL, NEVER -> false;
    };
  }

  /** A statement that stands between two tables is in a frame already and cannot be left out. */
  private void requireNotFlushed(Set<Statement> unfilled, Unverified unverified) {
    for (Statement statement : afterRows.list().subList(0, flushed)) {
      if (unfilled.contains(statement) || unverified.has(statement)) {
        throw new DecantException(
            ErrorCode.DATABASE_FAILED,
            "line "
                + statement.line()
                + " of the dump, "
                + statement.object()
                + ": it fails here, and a restore cannot go on without it because it stands before"
                + " rows of another table. Make the dump with pg_dump, which writes it last");
      }
    }
  }

  private Verified verify(
      ScratchSchema schema,
      Loading loading,
      @Nullable DumpOutline outline,
      DumpHeader header,
      LateChecks checks,
      DumpStream stream) {
    List<Statement> statements = afterRows.list();
    PolicyRoles.tell(statements, progress);
    // An outline told the keys before the rows; else they are known only now.
    Loading withKeys =
        outline == null ? check(schema.readWithKeys(statements), true, blocks.keySet()) : loading;
    statements.addAll(checks.after());
    Verification verification =
        new Verification(request, schema, withKeys.schema(), skeleton, frames, guard, timings);
    List<Statement> keysBefore = checks.before().stream().filter(SanitizeRun::isKey).toList();
    Verification.Outcome outcome =
        verification.run(Stream.concat(keysBefore.stream(), statements.stream()).toList(), blocks);
    requireNotFlushed(outcome.unfilled(), schema.unverified());
    List<Statement> last =
        verification.withSequences(statements.subList(flushed, statements.size())).stream()
            .filter(s -> !outcome.unfilled().contains(s))
            .toList();
    skeleton.tail(part++, last, schema.unverified()::has);
    Map<String, Manifest.Anchor> anchors = anchors(loading).resolve(withKeys.policy());
    return new Verified(
        spool,
        frames,
        allBlocks,
        withKeys.policy(),
        withKeys.schema(),
        outcome,
        anchors,
        header,
        checks.before(),
        stream.sha256(),
        schema.unverified());
  }

  @Override
  public void close() {
    try (spool;
        skeleton) {
      if (scratch != null) {
        scratch.close();
      }
    }
  }
}
