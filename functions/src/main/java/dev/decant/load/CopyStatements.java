package dev.decant.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.decant.copy.Bytes;
import dev.decant.dump.DumpPart;
import dev.decant.dump.DumpReader;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.Frame;
import dev.decant.frame.FrameReader;
import dev.decant.frame.FrameSource;
import dev.decant.manifest.Manifest;
import dev.decant.schema.TableName;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the COPY statement for each frame of rows. A frame belongs to the block of the last COPY
 * frame before it. The manifest states the columns of a table's first block. A table may have
 * several blocks, for example one for each partition after {@code pg_dump
 * --load-via-partition-root}. Each block may have its columns in another order, so they are read
 * from the COPY frames then.
 */
final class CopyStatements {
  private static final byte[] END_OF_ROWS = "\\.\n".getBytes(US_ASCII);

  private final FrameSource source;
  private final Map<TableName, Integer> blocks = new HashMap<>();
  private final Map<TableName, List<String>> firstColumns = new HashMap<>();

  private CopyStatements(Manifest manifest, FrameSource source) {
    this.source = source;
    for (Frame frame : manifest.frames()) {
      if (frame.kind() == Frame.Kind.COPY && frame.table() != null) {
        blocks.merge(frame.table(), 1, Integer::sum);
      }
    }
    manifest
        .tables()
        .forEach(
            t ->
                firstColumns.put(
                    t.table(), t.columns().stream().map(Manifest.Column::name).toList()));
  }

  /**
   * The statements for all frames with rows of wanted tables.
   *
   * @throws DecantException {@link ErrorCode#SNAPSHOT_DAMAGED} if the manifest does not list the
   *     table of a frame
   */
  static Map<Frame, String> of(Manifest manifest, FrameSource source, Predicate<TableName> wanted) {
    CopyStatements statements = new CopyStatements(manifest, source);
    Map<Frame, String> all = new HashMap<>();
    try (FrameReader reader = new FrameReader(source)) {
      Frame block = null;
      String statement = "";
      for (Frame frame : manifest.frames()) {
        TableName table = frame.table();
        if (frame.kind() == Frame.Kind.COPY) {
          block = frame;
          statement = "";
        } else if (frame.kind() == Frame.Kind.ROWS && table != null && wanted.test(table)) {
          if (statement.isEmpty()) {
            statement = statements.statement(table, block, reader);
          }
          all.put(frame, statement);
        }
      }
    }
    return all;
  }

  private String statement(TableName table, @Nullable Frame block, FrameReader reader) {
    List<String> columns = firstColumns.get(table);
    if (columns == null || block == null || !table.equals(block.table())) {
      throw damaged("has rows of a table that it does not list");
    }
    return CopyInto.statement(
        table, blocks.getOrDefault(table, 0) == 1 ? columns : columns(block, reader));
  }

  private @Nullable List<String> columns(Frame block, FrameReader reader) {
    Bytes line = reader.read(block);
    Bytes text = new Bytes(line.length() + END_OF_ROWS.length);
    text.append(line.array(), 0, line.length());
    text.append(END_OF_ROWS);
    try (DumpReader dump =
        new DumpReader(new ByteArrayInputStream(text.array(), 0, text.length()))) {
      if (dump.next() instanceof DumpPart.CopyStart copy) {
        return copy.columns();
      }
    }
    throw damaged("lists a frame as a COPY statement, but the frame has another content");
  }

  private DecantException damaged(String how) {
    return new DecantException(
        ErrorCode.SNAPSHOT_DAMAGED,
        "The manifest of " + source.location() + " " + how + ". Use another snapshot.");
  }
}
