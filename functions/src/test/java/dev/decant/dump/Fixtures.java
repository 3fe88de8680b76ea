package dev.decant.dump;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The dumps that src/test/fixtures/dump/make-dumps made, and ways to read them. */
final class Fixtures {
  static final List<String> DUMPS =
      List.of(
          "kitchen-server15-dump15",
          "kitchen-server15-dump15-clean",
          "kitchen-server15-dump15-create",
          "kitchen-server15-dump15-create-clean",
          "kitchen-server15-dump17",
          "kitchen-server15-dump17-clean",
          "kitchen-server15-dump17-create-clean",
          "kitchen-server18-dump18",
          "kitchen-server18-dump18-clean",
          "kitchen-server18-dump18-create",
          "kitchen-server18-dump18-create-clean",
          "kitchen-server18-dump18-statistics");

  private Fixtures() {}

  static byte[] bytes(String name) {
    try (InputStream in = Fixtures.class.getResourceAsStream("/dump/" + name + ".sql")) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All parts of a dump as comparable texts. The rows are read in batches of a given capacity. */
  static List<String> describe(InputStream in, int capacity) {
    return describe(in, capacity, 8192);
  }

  static List<String> describe(InputStream in, int capacity, int window) {
    List<String> parts = new ArrayList<>();
    try (DumpReader reader = new DumpReader(in, 1 << 30, window)) {
      DumpPart part = reader.next();
      while (!(part instanceof DumpPart.End)) {
        parts.add(describe(part));
        if (part instanceof DumpPart.CopyStart) {
          parts.addAll(rows(reader, capacity));
        }
        part = reader.next();
      }
      parts.add("END " + part.line() + " " + reader.header());
    }
    return parts;
  }

  static List<String> describe(String dump) {
    return describe(new ByteArrayInputStream(dump.getBytes(StandardCharsets.UTF_8)), 1 << 16);
  }

  private static String describe(DumpPart part) {
    return switch (part) {
      case DumpPart.Statement s ->
          s.line() + " " + s.kind() + " [" + s.object() + "] " + text(s.comment()) + text(s.text());
      case DumpPart.CopyStart c ->
          c.line()
              + " COPY "
              + c.table()
              + (c.columns() == null ? "[]" : c.columns())
              + text(c.comment())
              + text(c.text());
      case DumpPart.End e -> "END " + e.line();
    };
  }

  /** Each batch as a text, because the limits of the batches must not vary either. */
  static List<String> rows(DumpReader reader, int capacity) {
    List<String> batches = new ArrayList<>();
    RowBatch batch = new RowBatch(capacity);
    while (reader.readRows(batch)) {
      String text = new String(batch.bytes(), 0, batch.length(), StandardCharsets.ISO_8859_1);
      batches.add(batch.firstRow() + "+" + batch.rows() + ":" + text);
    }
    return batches;
  }

  static List<DumpPart.Statement> statements(String name) {
    List<DumpPart.Statement> statements = new ArrayList<>();
    try (DumpReader reader = new DumpReader(new ByteArrayInputStream(bytes(name)))) {
      for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
        if (part instanceof DumpPart.Statement statement) {
          statements.add(statement);
        } else {
          reader.skipRows();
        }
      }
    }
    return statements;
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The output for a dump, including its rows, as a sanitized dump would contain it. */
  static String published(String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DumpReader reader = new DumpReader(new ByteArrayInputStream(bytes(name)))) {
      RowBatch batch = new RowBatch(1 << 16);
      DumpPart part = reader.next();
      out.writeBytes(reader.header().text());
      for (; !(part instanceof DumpPart.End); part = reader.next()) {
        if (part instanceof DumpPart.Statement s
            && s.kind().output() == StatementKind.Output.KEEP) {
          out.writeBytes(s.comment());
          out.writeBytes(Skeleton.published(s));
          out.writeBytes(new byte[] {'\n', '\n'});
        } else if (part instanceof DumpPart.CopyStart c) {
          out.writeBytes(c.comment());
          out.writeBytes(c.text());
          out.write('\n');
          while (reader.readRows(batch)) {
            out.write(batch.bytes(), 0, batch.length());
          }
          out.writeBytes("\\.\n\n".getBytes(StandardCharsets.UTF_8));
        }
      }
      out.writeBytes(Skeleton.footer());
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
