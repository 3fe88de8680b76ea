package dev.decant.sanitize.output;

import dev.decant.dump.DumpPart;
import dev.decant.dump.DumpReader;
import dev.decant.dump.Expressions;
import dev.decant.dump.PostData;
import dev.decant.dump.ReadOptions;
import dev.decant.policy.Policy;
import dev.decant.policy.ddl.DdlAnswers;
import dev.decant.progress.Progress;
import dev.decant.progress.ReadProgress;
import dev.decant.run.RunGuard;
import dev.decant.schema.TableName;
import dev.decant.source.DumpStream;
import dev.decant.source.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The contents of a dump apart from its rows, found by a first pass over a source that can be read
 * twice or that can leave out its rows. The keys of the tables follow the rows in a dump; with the
 * outline, the policy is checked against them before the first row is loaded. The first pass also
 * detects an incomplete or damaged dump early.
 *
 * @param afterRows the statements after the first rows, and those before them that are moved after
 *     them ({@link PostData#removeLate}); in a dump without rows, the statements from the first
 *     index or constraint on
 * @param definitions the statements after the first COPY block that define objects. They stay among
 *     {@code afterRows} if the source left out its rows, because their lines would have other
 *     numbers in the second pass. pg_dump writes no such statement
 * @param copied the tables that have a COPY block, with the approximate size of the rows in it in
 *     bytes
 * @param heads the first COPY block of each table
 * @param ddl the result of the policy's rules for the DDL of the whole dump
 */
public record DumpOutline(
    List<DumpPart.Statement> afterRows,
    List<DumpPart.Statement> definitions,
    Map<TableName, Long> copied,
    List<DumpPart.CopyStart> heads,
    DdlAnswers ddl) {
  /** Reads a source to its end, or a source without its rows if it can leave them out. */
  public static DumpOutline of(Source source, Policy policy, RunGuard guard, Progress progress) {
    RetainedStatements held = new RetainedStatements();
    DdlReview ddl = new DdlReview(policy);
    List<DumpPart.Statement> definitions = new ArrayList<>();
    Map<TableName, Long> copied = new LinkedHashMap<>();
    List<DumpPart.CopyStart> heads = new ArrayList<>();
    try (DumpStream stream = DumpStream.openOutline(source);
        DumpReader reader =
            new DumpReader(
                stream.text(),
                stream.schemaText(),
                new ReadOptions(source.database(), source.encoding(), Expressions.UNUSED))) {
      progress.stage("first look", stream.compressedTotal(), "B");
      ReadProgress read = new ReadProgress(progress, stream::compressedRead);
      Runnable each =
          () -> {
            guard.check();
            read.report(0, null);
          };
      DumpPart part = reader.next();
      while (!(part instanceof DumpPart.End)) {
        guard.check();
        switch (part) {
          case DumpPart.CopyStart copy -> {
            if (copied.isEmpty()) {
              List<DumpPart.Statement> late = PostData.removeLate(held.list(), false);
              held = new RetainedStatements();
              late.forEach(held::add);
            }
            if (!copied.containsKey(copy.table())) {
              heads.add(copy);
            }
            long before = stream.textRead();
            reader.skipRows(each);
            copied.merge(copy.table(), stream.textRead() - before, Long::sum);
          }
          case DumpPart.Statement statement -> ddl.read(statement).ifPresent(held::add);
          case DumpPart.End end -> {}
        }
        part = reader.next();
      }
      stream.finish();
      progress.done();
      List<DumpPart.Statement> afterRows = held.list();
      if (copied.isEmpty()) {
        afterRows = PostData.removeLate(afterRows, false);
      } else if (source.textWithoutRows() == null) {
        afterRows.stream().filter(PostData::defines).forEach(definitions::add);
        afterRows.removeIf(PostData::defines);
      }
      return new DumpOutline(afterRows, definitions, copied, heads, ddl.answers(true));
    }
  }
}
