package dev.decant.dump;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;

/**
 * Runs random INSERT statements on a server and reads them with decant. The rows that decant
 * returns must be the bytes that COPY writes for the rows of the server.
 */
final class InsertServerIT {
  private static final int STATEMENTS = 1500;

  private static final String TABLE =
      """
      CREATE TYPE public.pair AS (a integer, b text);
      CREATE TYPE public.mood AS ENUM ('glad', 'so so');
      CREATE TABLE public.%s (
        twice bigint GENERATED ALWAYS AS (id * 2) STORED, id bigint, n numeric, f double precision,
        b boolean, t text, v character varying(40), y bytea, bits bit varying, ints integer[],
        texts text[], p public.pair, m public.mood, d date, s timestamp without time zone, j json,
        x text DEFAULT 'made up', o serial);
      """;

  private static final List<String> COLUMNS =
      List.of(
          "id", "n", "f", "b", "t", "v", "y", "bits", "ints", "texts", "p", "m", "d", "s", "j",
          "x");

  private static final String[] PIECES = {
    "a", "Z", "0", " ", "'", "\"", "\\", "\n", "\t", "\r", "\b", "\f", "\u000b", ",", "(", ")", "{",
    "}", ";", "--", "/*", "*/", "$", "$$", "$a$", "é", "日本", "😀", "null", "NULL", "\\N", "\\.",
    ":x", "\u0001", "\u007f", "?", "E", "&", "!", "+"
  };

  private Random random = new Random(1);
  private boolean backslashes;

  @ParameterizedTest
  @CsvSource({"1, false", "2, false", "3, true"})
  void theRowsAreThoseThatTheServerWouldCopy(long seed, boolean backslashEscapes)
      throws SQLException, IOException {
    random = new Random(seed);
    backslashes = backslashEscapes;
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V17);
        Connection connection = database.connect();
        Statement sql = connection.createStatement()) {
      sql.setEscapeProcessing(false);
      sql.execute(TABLE.formatted("t"));
      sql.execute(TABLE.substring(TABLE.indexOf("CREATE TABLE")).formatted("loaded"));
      String setting = "SET standard_conforming_strings = " + (backslashes ? "off;\n" : "on;\n");
      sql.execute(setting);
      StringBuilder dump = new StringBuilder(setting);
      for (int i = 0; i < STATEMENTS; i++) {
        String insert = insert();
        try {
          sql.execute(insert);
        } catch (SQLException e) {
          throw new AssertionError("The server refuses " + insert, e);
        }
        dump.append(insert);
      }
      dump.append("--\n-- PostgreSQL database dump complete\n--\n");
      String whole = load(dump.toString(), connection);
      assertThat(copied(connection, "SELECT * FROM public.loaded ORDER BY o"))
          .isEqualTo(copied(connection, "SELECT * FROM public.t ORDER BY o"));
      String listed = String.join(", ", COLUMNS);
      assertThat(whole)
          .isEqualTo(
              copied(
                  connection,
                  "SELECT " + listed + " FROM public.t WHERE x <> 'made up' ORDER BY o"));
    }
  }

  /** Loads the rows into the other table, and returns those that have a value for each column. */
  private static String load(String dump, Connection connection) throws SQLException, IOException {
    StringBuilder whole = new StringBuilder();
    try (DumpReader reader = new DumpReader(new ByteArrayInputStream(dump.getBytes(UTF_8)))) {
      for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
        if (!(part instanceof DumpPart.CopyStart copy)) {
          continue;
        }
        List<String> columns =
            copy.columns() != null
                ? copy.columns()
                : Objects.requireNonNull(copy.positions()).stream()
                    .map(i -> COLUMNS.get(i - 1))
                    .toList();
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        RowBatch batch = new RowBatch(500);
        while (reader.readRows(batch)) {
          rows.write(batch.bytes(), 0, batch.length());
        }
        String list = String.join(", ", columns);
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "COPY public.loaded (" + list + ") FROM stdin",
                new ByteArrayInputStream(rows.toByteArray()));
        whole.append(columns.contains("x") ? rows.toString(UTF_8) : "");
      }
    }
    return whole.toString();
  }

  private static String copied(Connection connection, String query)
      throws SQLException, IOException {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyOut("COPY (" + query + ") TO stdout", rows);
    return rows.toString(UTF_8);
  }

  private String insert() {
    int form = random.nextInt(4);
    String head =
        switch (form) {
          case 0 -> "INSERT INTO public.t VALUES ";
          case 1 -> "insert into public.t (" + String.join(", ", COLUMNS) + ") values\n\t";
          case 2 -> "INSERT INTO public.t (" + String.join(",", COLUMNS) + ") VALUES";
          default -> "INSERT INTO \"public\".\"t\" VALUES ";
        };
    String end = random.nextInt(4) == 0 ? " ON CONFLICT DO NOTHING;\n" : ";\n";
    return IntStream.rangeClosed(0, random.nextInt(4))
        .mapToObj(i -> row(form == 0 || form == 3))
        .collect(Collectors.joining(random.nextBoolean() ? ",\n\t" : " , -- more\n", head, end));
  }

  private String row(boolean generated) {
    List<String> values = new ArrayList<>();
    values.addAll(List.of(integer(), number(), real(), bool(), text(), text(), bytes(), bits()));
    values.add(array(this::integer, "integer"));
    values.add(array(this::text, "text"));
    values.add(orNull(() -> "ROW(" + integer() + ", " + text() + ")::public.pair"));
    values.add(orNull(() -> pick("'glad'", "'so so'", "'so so'::public.mood")));
    values.add(orNull(() -> pick("'2020-01-31'", "date '1999-12-31'", "'infinity'::date")));
    values.add(orNull(() -> pick("'2020-01-31 10:11:12.5'", "timestamp '1999-12-31 00:00:00'")));
    values.add(orNull(() -> pick("'{\"a\": [1, \"b\"]}'", "json '[]'", "'{}'::json")));
    values.add(random.nextInt(8) == 0 ? "DEFAULT" : pick("'x'", "'y'"));
    if (generated) {
      values.addFirst("DEFAULT");
    }
    return "(" + String.join(random.nextBoolean() ? ", " : ",", values) + ")";
  }

  private String orNull(Supplier<String> value) {
    return random.nextInt(6) == 0 ? pick("NULL", "null", "(NULL)") : value.get();
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String integer() {
    return orNull(
        () -> {
          long value = random.nextInt(3) == 0 ? random.nextInt(10) : random.nextInt();
          return switch (random.nextInt(6)) {
            case 0 -> "'" + value + "'";
            case 1 -> "'" + value + "'::integer";
            case 2 -> "(" + value + ")";
            case 3 -> value < 0 ? "- " + -value : "+00" + value;
            case 4 -> "CAST('" + value + "' AS int)";
            default -> Long.toString(value);
          };
        });
  }

  private String number() {
    return orNull(
        () ->
            switch (random.nextInt(5)) {
              case 0 -> "." + random.nextInt(1000);
              case 1 -> random.nextInt() + ".";
              case 2 -> "'NaN'";
              case 3 -> "-000" + random.nextInt(1000) + "." + random.nextInt(1000);
              default -> random.nextLong() + "." + random.nextInt(1000);
            });
  }

  private String real() {
    return orNull(() -> pick("1e+20", "'Infinity'", "0.1", "-2.5e-07", "'-0'", "3", "'1e-300'"));
  }

  private String bool() {
    return orNull(() -> pick("true", "FALSE", "'t'", "'f'", "true::boolean"));
  }

  private String bytes() {
    return orNull(
        () -> {
          byte[] value = new byte[random.nextInt(5)];
          random.nextBytes(value);
          String hex = java.util.HexFormat.of().formatHex(value);
          return backslashes ? "E'\\\\x" + hex + "'" : "'\\x" + hex + "'";
        });
  }

  private String bits() {
    return orNull(() -> pick("B'101'", "X'aF'", "b''", "'0110'", "B'1'::bit varying"));
  }

  private String array(Supplier<String> element, String type) {
    if (random.nextInt(5) == 0) {
      return "ARRAY[]::" + type + "[]";
    }
    return orNull(
        () -> {
          int size = 1 + random.nextInt(3);
          Supplier<String> list =
              () ->
                  IntStream.range(0, size)
                      .mapToObj(i -> element.get())
                      .collect(Collectors.joining(", ", "[", "]"));
          String array =
              random.nextBoolean() ? list.get() : "[" + list.get() + ", " + list.get() + "]";
          return "ARRAY" + array + "::" + type + "[]";
        });
  }

  /** A string of up to 40 characters in one of the forms of SQL. */
  private String text() {
    return orNull(
        () -> {
          StringBuilder value = new StringBuilder();
          for (int i = random.nextInt(6); i > 0; i--) {
            value.append(PIECES[random.nextInt(PIECES.length)]);
          }
          return literal(value.toString());
        });
  }

  private String literal(String value) {
    return switch (random.nextInt(6)) {
      case 0 -> "E'" + escaped(value) + "'";
      case 1 -> dollar(value);
      case 2 -> backslashes ? plain(value) : "U&'" + unicode(value) + "'";
      case 3 -> plain(value) + "\n  ''";
      case 4 -> plain(value) + pick("::text", "::character varying", "");
      default -> plain(value);
    };
  }

  private String plain(String value) {
    String doubled = value.replace("'", "''");
    return "'" + (backslashes ? doubled.replace("\\", "\\\\") : doubled) + "'";
  }

  private static String dollar(String value) {
    String tag = "$q9$";
    return tag + value + tag;
  }

  private String escaped(String value) {
    StringBuilder out = new StringBuilder();
    value
        .codePoints()
        .forEach(
            c -> {
              switch (random.nextInt(4)) {
                case 0 -> out.append(String.format("\\U%08X", c));
                case 1 ->
                    out.append(c < 0x80 ? String.format("\\x%02x", c) : Character.toString(c));
                case 2 -> out.append(c < 0x80 ? String.format("\\%03o", c) : Character.toString(c));
                default ->
                    out.append(c == '\\' || c == '\'' ? "\\" : "").append(Character.toString(c));
              }
            });
    return out.toString();
  }

  private String unicode(String value) {
    StringBuilder out = new StringBuilder();
    value
        .codePoints()
        .forEach(
            c -> {
              if (c == '\\') {
                out.append("\\\\");
              } else if (c == '\'') {
                out.append("''");
              } else if (random.nextBoolean()) {
                for (char unit : Character.toChars(c)) {
                  out.append(String.format("\\%04x", (int) unit));
                }
              } else {
                out.append(
                    random.nextBoolean() ? String.format("\\+%06X", c) : Character.toString(c));
              }
            });
    return out.toString();
  }
}
