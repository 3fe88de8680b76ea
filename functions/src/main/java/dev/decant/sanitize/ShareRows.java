package dev.decant.sanitize;

import dev.decant.copy.Bytes;
import dev.decant.dump.DumpHeader;
import dev.decant.dump.DumpPart;
import dev.decant.dump.DumpReader;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.run.RunGuard;
import dev.decant.sanitize.ShareRun.Share;
import dev.decant.sanitize.row.BlockLoader;
import dev.decant.sanitize.row.CopyBlock;
import dev.decant.sanitize.row.RowPipeline;
import dev.decant.schema.TableName;
import dev.decant.source.Source;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Map;

/** Loads the rows of a {@link Share} into their COPY blocks, which have no rows in the dump. */
final class ShareRows implements BlockLoader {
  private final RowPipeline pipeline;
  private final Share share;
  private final Map<TableName, CopyBlock> blocks;
  private final Source source;
  private final DumpHeader header;
  private final RunGuard guard;

  /**
   * @param pipeline belongs to this object
   * @param blocks gets the block of each table of the share
   * @param source the dump without rows
   */
  ShareRows(
      RowPipeline pipeline,
      Share share,
      Map<TableName, CopyBlock> blocks,
      Source source,
      DumpHeader header,
      RunGuard guard) {
    this.pipeline = pipeline;
    this.share = share;
    this.blocks = blocks;
    this.source = source;
    this.header = header;
    this.guard = guard;
  }

  @Override
  public void load(DumpReader reader, CopyBlock block) {
    TableName table = block.table();
    if (reader.skipRows(guard::check) > 0) {
      throw new IllegalStateException("The dump of a shared run has rows of " + table);
    }
    if (share.tables().contains(table)) {
      if (blocks.putIfAbsent(table, block) != null) {
        throw new IllegalStateException("two COPY blocks of " + table);
      }
      try (DumpReader rows =
          new DumpReader(text(block.start(), share.rows(table)), null, ShareRun.options(source))) {
        DumpPart part = rows.next();
        while (!(part instanceof DumpPart.CopyStart)) {
          part = rows.next();
        }
        pipeline.load(rows, block);
        requireEnd(table, rows);
      }
    }
  }

  /** The source checks its bytes when they were read to their end. */
  private static void requireEnd(TableName table, DumpReader rows) {
    if (!(rows.next() instanceof DumpPart.End)) {
      throw new DecantException(
          ErrorCode.INPUT_INVALID,
          "Something follows the rows of table "
              + table
              + " in the source, so it is damaged. Copy or upload it again, and start the run"
              + " again with a new plan.");
    }
  }

  /** A dump of these rows only, in the encoding of the whole dump. */
  private InputStream text(DumpPart.CopyStart copy, InputStream rows) {
    // If the user names the encoding, the dump declares none.
    String encoding = source.encoding() == null ? header.encoding().name() : "SQL_ASCII";
    Bytes begin = new Bytes(512);
    begin.append("SET client_encoding = '" + encoding + "';\n\n");
    begin.append(copy.text());
    begin.append("\n");
    return new SequenceInputStream(
        new ByteArrayInputStream(begin.array(), 0, begin.length()), rows);
  }

  @Override
  public void finish() {
    pipeline.finish();
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
