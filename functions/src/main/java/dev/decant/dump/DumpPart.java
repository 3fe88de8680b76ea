package dev.decant.dump;

import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link DumpReader#next()} found: a statement, the head of a COPY block, or the end of the
 * dump.
 */
public sealed interface DumpPart {
  /** The number of the line of the (decompressed) dump where it begins, from 1. */
  long line();

  /**
   * An SQL statement or a meta-command that decant knows.
   *
   * @param text its bytes, with the final {@code ;}, without the comments before it and the line
   *     end after it; the caller's own
   * @param object what it is about, for messages: {@code public.users}, {@code FUNCTION app.f};
   *     never literal text
   * @param comment the TOC comment that stood before it ({@code -- Name: …}), owner and tablespace
   *     taken out, or empty; with its line ends and the blank line after it
   * @param backslashEscapes whether backslashes escape in its plain strings:
   *     standard_conforming_strings was off
   * @param optional whether the restore goes on without it where it fails: it stands where
   *     ON_ERROR_STOP is off
   */
  record Statement(
      long line,
      StatementKind kind,
      byte[] text,
      String object,
      byte[] comment,
      boolean backslashEscapes,
      boolean optional)
      implements DumpPart {
    /** A statement that must succeed. */
    public Statement(
        long line,
        StatementKind kind,
        byte[] text,
        String object,
        byte[] comment,
        boolean backslashEscapes) {
      this(line, kind, text, object, comment, backslashEscapes, false);
    }

    /** A statement under standard_conforming_strings = on, as every dump has it by default. */
    public Statement(long line, StatementKind kind, byte[] text, String object, byte[] comment) {
      this(line, kind, text, object, comment, false);
    }
  }

  /**
   * The head of a COPY block. Its rows come from {@link DumpReader#readRows}, which must be called
   * until it answers false.
   *
   * @param text the statement's bytes, {@code COPY … FROM stdin;}
   * @param columns unquoted, in the order of the rows, never empty; null where the statement has no
   *     list, which means all columns of the table: see {@link #columnsOf}
   */
  record CopyStart(
      long line, TableName table, @Nullable List<String> columns, byte[] text, byte[] comment)
      implements DumpPart {
    public CopyStart {
      columns = columns == null ? null : List.copyOf(columns);
    }

    /** The columns of the rows, in their order: those of the list, or all of the table. */
    public List<String> columnsOf(Table schema) {
      return columns == null ? schema.copyColumns() : columns;
    }
  }

  /** The end: the footer was seen, the stream ended cleanly. */
  record End(long line) implements DumpPart {}
}
