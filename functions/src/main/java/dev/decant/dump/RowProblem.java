package dev.decant.dump;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.schema.TableName;
import org.jspecify.annotations.Nullable;

/** The errors that name a row by its table and its number within its block, which begins at 1. */
final class RowProblem {
  private RowProblem() {}

  static String row(long number, @Nullable TableName table) {
    return "Row " + number + " of table " + table + ' ';
  }

  static DecantException tooLarge(long line, long number, @Nullable TableName table, String why) {
    return DumpProblem.of(
        ErrorCode.ROW_TOO_LARGE,
        line,
        row(number, table)
            + why
            + ". Give decant about five times as much memory as the row is large (for example with"
            + " DECANT_JAVA_OPTS=-Xmx4g, or with the memory size of the function), or leave the"
            + " rows out with pg_dump --exclude-table-data.");
  }

  static DecantException outOfMemory(long line, long number, @Nullable TableName table) {
    long mebibytes = Runtime.getRuntime().maxMemory() >> 20;
    return tooLarge(
        line,
        number,
        table,
        "does not fit into the " + mebibytes + " MiB of memory that decant has");
  }
}
