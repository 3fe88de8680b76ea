package dev.decant.dump;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.error.DecantException;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Reads random rows in other formats of COPY, on a server and with decant. decant must return the
 * bytes that the server writes in the default format, or refuse the rows that the server refuses.
 */
final class CopyFormatIT {
  private static final int TEXTS = 400;

  private static final String[] PIECES = {
    "a", "b", "é", "\"", "'", "\\", "\\\\", "|", ";", ",", "\t", "\n", "\n", "\r\n", "\r", " ", "N",
    "\\N", "\\.", "x", "~", "\"\"", "\",\"", "'|'", "\\x41", "\\101", "日本"
  };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELIMITER '|'",
        "WITH DELIMITER AS ';' NULL AS ''",
        "WITH NULL AS 'N'",
        "USING DELIMITERS ','",
        "WITH (FORMAT text, DELIMITER E'\\x7c', NULL 'x')",
        "WITH (FORMAT csv)",
        "CSV",
        "WITH CSV HEADER",
        "WITH (FORMAT csv, HEADER true, DELIMITER '|', QUOTE '''', NULL 'N')",
        "WITH (FORMAT csv, ESCAPE E'\\\\', NULL '\\N')",
        "WITH CSV QUOTE AS '~' ESCAPE AS '~' DELIMITER E'\\t'",
        "(FORMAT csv, QUOTE '''', ESCAPE '~', FREEZE off, ENCODING 'utf-8')",
      })
  void theRowsAreThoseOfTheServer(String options) throws SQLException, IOException {
    Random random = new Random(options.hashCode());
    int read = 0;
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V17);
        Connection connection = database.connect();
        Statement sql = connection.createStatement()) {
      sql.execute("CREATE TABLE public.t (a text, b text)");
      CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
      for (int i = 0; i < TEXTS; i++) {
        String rows = rows(random, options);
        if (rows.contains("\n\\.") || rows.endsWith("\\\n")) {
          continue; // psql and the server do not agree on the end of such rows.
        }
        String copy = "COPY public.t (a, b) FROM stdin " + options;
        sql.execute("TRUNCATE public.t");
        String expected = null;
        try {
          copies.copyIn(copy, new ByteArrayInputStream(rows.getBytes(UTF_8)));
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          copies.copyOut("COPY public.t TO stdout", out);
          expected = out.toString(UTF_8);
          read++;
        } catch (SQLException _) {
          // decant may return rows with another number of fields, which later parts refuse.
        }
        String found = decant(copy, rows);
        if (expected != null && !(found == null && rows.contains("\\."))) {
          assertThat(found).as("%s", rows).isEqualTo(expected);
        } else if (found != null) {
          assertThat(found.lines())
              .as("%s", rows)
              .anyMatch(row -> row.chars().filter(c -> c == '\t').count() != 1);
        }
      }
    }
    assertThat(read).isGreaterThan(TEXTS / 5);
  }

  private static @Nullable String decant(String copy, String rows) {
    String dump = copy + ";\n" + rows + "\\.\n";
    StringBuilder found = new StringBuilder();
    try (DumpReader reader = new DumpReader(new ByteArrayInputStream(dump.getBytes(UTF_8)))) {
      DumpPart part = reader.next();
      assertThat(part).isInstanceOf(DumpPart.CopyStart.class);
      assertThat(new String(((DumpPart.CopyStart) part).text(), UTF_8))
          .isEqualTo("COPY public.t (a, b) FROM stdin;");
      RowBatch batch = new RowBatch(20);
      while (reader.readRows(batch)) {
        found.append(new String(batch.bytes(), 0, batch.length(), UTF_8));
      }
      return found.toString();
    } catch (DecantException _) {
      return null;
    }
  }

  /** Rows that are valid in most cases, so that both sides of the comparison are tested. */
  private static String rows(Random random, String options) {
    boolean csv = options.toLowerCase(java.util.Locale.ROOT).contains("csv");
    String delimiter =
        options.contains("'|'") || options.contains("x7c")
            ? "|"
            : options.contains("';'")
                ? ";"
                : options.contains("\\t") ? "\t" : csv || options.contains("','") ? "," : "\t";
    String quote =
        options.contains("QUOTE ''''") ? "'" : options.contains("QUOTE AS '~'") ? "~" : "\"";
    String escape =
        options.contains("ESCAPE E") ? "\\" : options.contains("ESCAPE '~'") ? "~" : quote;
    StringBuilder rows =
        new StringBuilder(options.contains("HEADER") ? "a" + delimiter + "b\n" : "");
    for (int i = random.nextInt(5); i >= 0; i--) {
      rows.append(field(random, csv, delimiter, quote, escape)).append(delimiter);
      rows.append(field(random, csv, delimiter, quote, escape)).append('\n');
    }
    return rows.toString();
  }

  private static String field(
      Random random, boolean csv, String delimiter, String quote, String escape) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    String value = text.toString();
    if (random.nextInt(12) == 0) {
      return value.replace("\n\\.", "");
    }
    if (!csv) {
      return value
          .replaceAll("[\r\n]", "")
          .replaceAll("\\\\+\\.?", "\\\\\\\\")
          .replace(delimiter, "\\" + delimiter);
    }
    if (random.nextBoolean()) {
      String escaped = escape.equals(quote) ? value : value.replace(escape, escape + escape);
      return quote + escaped.replace(quote, escape + quote).replace("\n\\.", "") + quote;
    }
    return value
        .replaceAll("[\r\n]", "")
        .replace(quote, "")
        .replace(delimiter, "")
        .replace("\\.", "");
  }
}
