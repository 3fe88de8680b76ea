package dev.decant.inspect;

import dev.decant.detect.column.SampleMemory;
import dev.decant.detect.ddl.DdlInventory;
import dev.decant.dump.CreatedTable;
import dev.decant.dump.DumpPart;
import dev.decant.dump.DumpReader;
import dev.decant.dump.ObjectName;
import dev.decant.dump.Skeleton;
import dev.decant.dump.StatementKind;
import dev.decant.dump.StatementTables;
import dev.decant.postgres.DatabaseEncoding;
import dev.decant.progress.Progress;
import dev.decant.schema.Schema;
import dev.decant.schema.TableName;
import dev.decant.scratch.ScratchServer;
import dev.decant.source.DumpStream;
import dev.decant.source.Source;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Reads a dump, or a file of DDL without rows such as the {@code structure.sql} of Rails, in one
 * pass. Unlike a run of {@code sanitize} it accepts a file without the end of a dump and statements
 * that it does not know, since nothing is published from it.
 */
public final class DumpInspection {
  /** The rows of one COPY block, whose columns are known once the catalog is. */
  private record Block(DumpPart.CopyStart head, RowSampler rows) {}

  /** The kinds of objects that hold the addresses or the passwords of other servers. */
  private static final Set<StatementKind> WITHOUT_CONNECTION =
      EnumSet.of(StatementKind.USER_MAPPING, StatementKind.SUBSCRIPTION);

  private final Runnable guard;
  private final Progress progress;
  private final List<DumpPart.Statement> statements = new ArrayList<>();
  private final DdlInventory ddl = new DdlInventory();
  private final SampleMemory memory = new SampleMemory();
  private final List<Block> blocks = new ArrayList<>();
  private DatabaseEncoding encoding = DatabaseEncoding.UTF8;

  private DumpInspection(Runnable guard, Progress progress) {
    this.guard = guard;
    this.progress = progress;
  }

  /**
   * Inspects a dump.
   *
   * @param sample whether to look at rows
   * @param guard is called many times a second, and throws to end the work
   * @throws dev.decant.error.DecantException if the source cannot be read or is not a plain dump
   */
  public static Inspected of(
      Source source, ScratchServer server, boolean sample, Runnable guard, Progress progress) {
    return with(source, () -> server, sample, guard, progress, (inspected, scratch) -> inspected);
  }

  /**
   * Inspects a dump with a server that starts while the source is read.
   *
   * @param work gets the result, and a connection to the scratch database with the schema, which is
   *     valid until the function returns
   */
  static <R> R with(
      Source source,
      Supplier<ScratchServer> server,
      boolean sample,
      Runnable guard,
      Progress progress,
      BiFunction<Inspected, Connection, R> work) {
    DumpInspection inspection = new DumpInspection(guard, progress);
    inspection.read(source, sample);
    ScratchCatalog catalog = new ScratchCatalog(server.get(), inspection.encoding, guard);
    return catalog.with(
        inspection.statements,
        inspection.blocks.stream().map(Block::head).toList(),
        (schema, scratch) ->
            work.apply(inspection.inspected(schema, catalog.notCreated()), scratch));
  }

  private void read(Source source, boolean sample) {
    try (DumpStream stream = DumpStream.open(source);
        DumpReader reader =
            DumpReader.ofSchema(
                stream.text(), stream.schemaText(), source.database(), source.encoding())) {
      progress.stage("reading", stream.compressedTotal(), "B");
      AtomicLong told = new AtomicLong();
      Runnable each =
          () -> {
            guard.run();
            long read = stream.compressedRead();
            progress.advance(read - told.getAndSet(read), null);
          };
      for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
        each.run();
        switch (part) {
          case DumpPart.CopyStart copy -> copy(copy, reader, sample, each);
          case DumpPart.Statement statement -> add(statement);
          case DumpPart.End end -> {}
        }
      }
      encoding = reader.header().encoding();
      stream.finish();
      reader.warnings().forEach(warning -> progress.message("warning: " + warning));
      progress.done();
    }
  }

  private void copy(DumpPart.CopyStart copy, DumpReader reader, boolean sample, Runnable each) {
    RowSampler rows = new RowSampler(memory);
    if (sample) {
      rows.read(reader, each);
    } else {
      var _ = reader.skipRows(each);
    }
    blocks.add(new Block(copy, rows));
  }

  private void add(DumpPart.Statement statement) {
    StatementKind kind = statement.kind();
    if (kind.ofLargeObjects()) {
      return;
    }
    statements.add(statement);
    if (WITHOUT_CONNECTION.contains(kind)) {
      ddl.addUnpublished(statement.object(), statement.line(), "the whole object");
    }
    if (kind.describesObject()) {
      byte[] published = Skeleton.published(statement);
      ddl.add(ObjectName.of(statement), statement.line(), published, statement.backslashEscapes());
      if (Skeleton.losesOptions(statement)) {
        ddl.addUnpublished(ObjectName.of(statement), statement.line(), "its options");
      }
    }
  }

  private Inspected inspected(Schema schema, List<NotCreated> notCreated) {
    Samples samples = new Samples();
    Set<TableName> copied = new HashSet<>();
    for (Block block : blocks) {
      TableName table = block.head.table();
      block.head.requireOrder(schema);
      copied.add(table);
      schema
          .table(table)
          .ifPresent(
              t ->
                  samples.add(
                      schema.root(table),
                      block.head.columnsOf(t),
                      block.rows.profiles(),
                      block.rows.rows()));
    }
    Map<TableName, CreatedTable> created = new HashMap<>();
    for (DumpPart.Statement statement : statements) {
      CreatedTable.of(statement).ifPresent(table -> created.putIfAbsent(table.name(), table));
      StatementTables.attached(statement)
          .ifPresent(a -> created.computeIfPresent(a.partition(), (n, t) -> t.asPartition()));
    }
    return new Inspected(schema, samples, copied, ddl, notCreated, created);
  }
}
