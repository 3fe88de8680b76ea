package dev.decant.dump;

import dev.decant.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;

/** Detects by its first bytes that a source is not plain SQL. */
final class DumpFormat {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final Pattern ERROR_PAGE =
      Pattern.compile("\\s*(?:<\\?xml|<!DOCTYPE|<html|<Error|\\{\\s*[\"}]).*", Pattern.DOTALL);
  private static final int HEAD = 8192;

  /** How the files of other databases begin their lines. No dump of pg_dump has such lines. */
  private static final Map<String, Pattern> FOREIGN =
      Map.of(
          "MySQL or MariaDB",
          lines(
              "-- (MySQL|MariaDB|phpMyAdmin) .*dump\\b",
              "/\\*M?!\\d",
              "(CREATE|DROP|LOCK) TABLES? (IF (NOT )?EXISTS )?`",
              "(CREATE|DROP) DATABASE .*`",
              "INSERT INTO `"),
          "SQL Server",
          lines("(CREATE|ALTER|DROP) TABLE \\[", "INSERT (INTO )?\\[", "USE \\[", "GO\\s*$"),
          "SQLite",
          lines("PRAGMA \\w+"));

  private DumpFormat() {}

  /** Throws if the source is not a plain dump. Skips a byte order mark, as psql does. */
  static void check(DumpInput input) {
    var _ = input.require(HEAD);
    if (input.available() == 0) {
      throw DumpProblem.of(ErrorCode.INPUT_CUT, 1, "The dump is empty. Make it or copy it again.");
    }
    if (holds(input, BYTE_ORDER_MARK)) {
      input.advance(input.position() + BYTE_ORDER_MARK.length);
    }
    int shown = Math.min(input.available(), HEAD);
    String start = new String(input.buffer(), input.position(), shown, StandardCharsets.ISO_8859_1);
    if (ERROR_PAGE.matcher(start).matches()) {
      throw DumpProblem.invalid(
          1,
          "This is HTML, XML or JSON instead of SQL, for example the error page of a storage"
              + " service that was saved as a file. Open the file, correct the error that it"
              + " describes, and download the dump again.");
    }
    FOREIGN.forEach(
        (database, lines) -> {
          if (!start.contains("PostgreSQL") && lines.matcher(start).find()) {
            throw DumpProblem.invalid(
                1,
                "This file was written for "
                    + database
                    + ", and decant reads only dumps of PostgreSQL. If PostgreSQL is to have this"
                    + " data, move it with a tool such as pgloader, and dump the new database with"
                    + " pg_dump.");
          }
        });
  }

  private static Pattern lines(String... beginnings) {
    return Pattern.compile(
        "^(?:" + String.join("|", beginnings) + ")", Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);
  }

  private static boolean holds(DumpInput input, byte[] magic) {
    int from = input.position();
    return input.available() >= magic.length
        && Arrays.equals(input.buffer(), from, from + magic.length, magic, 0, magic.length);
  }
}
