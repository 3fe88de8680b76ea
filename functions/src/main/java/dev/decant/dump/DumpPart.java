package dev.decant.dump;

import dev.decant.error.DecantException;
import dev.decant.postgres.Quoting;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a dump that {@link DumpReader#next()} returns: a statement, the head of a COPY block,
 * or the end of the dump.
 */
public sealed interface DumpPart {
  /** The number of the line in the decompressed dump where the part begins; the first line is 1. */
  long line();

  /**
   * An SQL statement or a psql meta-command that decant knows.
   *
   * @param text the bytes with the final {@code ;}, without the comments before the statement and
   *     the line end after it; the caller owns the array
   * @param object the object of the statement, for messages: {@code public.users}, {@code FUNCTION
   *     app.f}; it never contains a literal
   * @param comment the TOC comment before the statement ({@code -- Name: …}) without owner and
   *     tablespace, with its line ends and the blank line after it; or empty
   * @param backslashEscapes whether backslashes escape in plain strings, because
   *     standard_conforming_strings was off
   * @param optional whether a restore continues if the statement fails, because ON_ERROR_STOP is
   *     off where it stands
   * @param searchPath the value of search_path where the statement stands; null if it is that of
   *     the beginning of the dump, which every session has
   */
  record Statement(
      long line,
      StatementKind kind,
      byte[] text,
      String object,
      byte[] comment,
      boolean backslashEscapes,
      boolean optional,
      @Nullable String searchPath)
      implements DumpPart {
    /** Makes a statement that must succeed. */
    public Statement(
        long line,
        StatementKind kind,
        byte[] text,
        String object,
        byte[] comment,
        boolean backslashEscapes) {
      this(line, kind, text, object, comment, backslashEscapes, false, null);
    }

    /** Makes a statement under standard_conforming_strings = on, the default of every dump. */
    public Statement(long line, StatementKind kind, byte[] text, String object, byte[] comment) {
      this(line, kind, text, object, comment, false);
    }

    /** The same statement with another text. */
    public Statement withText(byte[] other) {
      return new Statement(
          line, kind, other, object, comment, backslashEscapes, optional, searchPath);
    }

    /**
     * SQL that runs a text of this statement with its search path. The path ends with the
     * transaction, so the text must be sent at once and outside of a transaction.
     */
    public String withSearchPath(String sql) {
      return searchPath == null || sql.isEmpty()
          ? sql
          : "SELECT pg_catalog.set_config('search_path', "
              + Quoting.literal(searchPath)
              + ", true);\n"
              + sql;
    }
  }

  /**
   * The head of a block of rows. The rows come from {@link DumpReader#readRows}, which must be
   * called until it returns false. They are COPY text in the default format, also if they are
   * INSERT statements or COPY rows of another format in the dump.
   *
   * @param text the statement's bytes, {@code COPY … FROM stdin;}
   * @param columns the unquoted names in the order of the rows, never empty; null if the statement
   *     has no list, which means all columns of the table, see {@link #columnsOf}
   * @param positions if the rows are INSERT statements without a list, the positions of their
   *     columns in the table, from 0, generated columns included; otherwise null
   */
  record CopyStart(
      long line,
      TableName table,
      @Nullable List<String> columns,
      byte[] text,
      byte[] comment,
      @Nullable List<Integer> positions)
      implements DumpPart {
    public CopyStart {
      columns = columns == null ? null : List.copyOf(columns);
      positions = positions == null ? null : List.copyOf(positions);
    }

    /** Makes the head of a COPY block. */
    public CopyStart(
        long line, TableName table, @Nullable List<String> columns, byte[] text, byte[] comment) {
      this(line, table, columns, text, comment, null);
    }

    /**
     * The same head with the names of the columns, if only their positions in the table are known.
     *
     * @throws DecantException {@link dev.decant.error.ErrorCode#INPUT_INVALID} if the table has
     *     fewer columns than a row
     */
    public CopyStart of(Table schema) {
      if (positions == null) {
        return this;
      }
      List<String> names = columnsOf(schema);
      return new CopyStart(
          line,
          table,
          names.isEmpty() ? null : names,
          CopyHead.statement(table, names),
          comment,
          null);
    }

    /**
     * Requires that the positions of an INSERT into a partitioned table are those of its columns.
     * {@code pg_dump --inserts --load-via-partition-root} writes the values in the order of the
     * partition, but names the partitioned table. If the orders differ, a value would get the rule
     * of another column.
     *
     * @throws DecantException {@link dev.decant.error.ErrorCode#INPUT_UNSUPPORTED} if a partition
     *     has its columns in another order
     */
    public void requireOrder(Schema schema) {
      Table root = schema.table(table).orElse(null);
      if (positions == null || root == null || !root.partitioned()) {
        return;
      }
      for (Table partition : schema.tables()) {
        if (schema.isBelow(partition, table)
            && !partition.columnNames().equals(root.columnNames())) {
          throw DumpProblem.unsupported(
              line,
              "The INSERT statements for "
                  + table
                  + " name no columns, and the partition "
                  + partition.name()
                  + " has its columns in another order, so it is not known which column a value"
                  + " belongs to. Make the dump with pg_dump --column-inserts, or without"
                  + " --inserts.");
        }
      }
    }

    /** The columns of the rows in their order: the listed ones, or all columns of the table. */
    public List<String> columnsOf(Table schema) {
      if (positions == null) {
        return columns == null ? schema.copyColumns() : columns;
      }
      int last = positions.isEmpty() ? -1 : positions.getLast();
      if (last >= schema.columns().size()) {
        throw DumpProblem.invalid(
            line,
            "The rows of table "
                + table
                + " have more values than the table has columns. Make the dump with pg_dump.");
      }
      if (positions.isEmpty() && !schema.copyColumns().isEmpty()) {
        throw DumpProblem.unsupported(
            line,
            "A row of table "
                + table
                + " has only DEFAULT as values, which COPY cannot express. Load the file into an"
                + " empty database with psql, and dump that with pg_dump.");
      }
      return positions.stream().map(i -> schema.columns().get(i).name()).toList();
    }
  }

  /** The end of a complete dump: the footer was read, and the stream ended without an error. */
  record End(long line) implements DumpPart {}
}
