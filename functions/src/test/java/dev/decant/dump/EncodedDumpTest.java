package dev.decant.dump;

import static dev.decant.error.ErrorCode.INPUT_INVALID;
import static dev.decant.error.ErrorCode.INPUT_UNSUPPORTED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.postgres.DatabaseEncoding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EncodedDumpTest {
  private static final String FOOT = "--\n-- PostgreSQL database dump complete\n--\n";

  /** The statements, the heads of COPY blocks, and the rows. */
  private static List<String> read(byte[] dump, int window, int mostAtOnce) {
    List<String> found = new ArrayList<>();
    try (DumpReader reader =
        new DumpReader(TornInputStream.shortReads(dump, mostAtOnce, 1), 1 << 20, window)) {
      for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
        if (part instanceof DumpPart.Statement statement) {
          found.add(new String(statement.text(), UTF_8));
        } else if (part instanceof DumpPart.CopyStart copy) {
          found.add(new String(copy.text(), UTF_8));
          RowBatch batch = new RowBatch(64);
          while (reader.readRows(batch)) {
            found.add(new String(batch.bytes(), 0, batch.length(), UTF_8));
          }
        }
      }
    }
    return found;
  }

  @ParameterizedTest
  @CsvSource({
    "LATIN1, ISO-8859-1, é£ÿ",
    "win1252, windows-1252, €’é",
    "'KOI8-R', KOI8-R, Привет",
    "SJIS, windows-31j, 表示ソ十",
    "EUC_JP, x-eucJP-Open, 日本語",
    "GBK, x-mswin-936, 中文乗",
    "UHC, x-windows-949, 한국어",
  })
  void statementsAndRowsBecomeUtf8(String name, String charset, String text) throws Exception {
    String dump =
        "SET client_encoding = '"
            + name
            + "';\nCOMMENT ON TABLE a.t IS '"
            + text
            + "';\nCOPY a.t (x, y) FROM stdin;\n1\t"
            + text
            + "\n2\t"
            + text
            + "\\n\n\\.\nINSERT INTO a.t (x, y) VALUES (3, '"
            + text
            + "');\n"
            + FOOT;
    List<String> expected =
        List.of(
            "SET client_encoding = 'UTF8';",
            "COMMENT ON TABLE a.t IS '" + text + "';",
            "COPY a.t (x, y) FROM stdin;",
            "1\t" + text + "\n2\t" + text + "\\n\n",
            "COPY a.t (x, y) FROM stdin;",
            "3\t" + text + "\n");
    byte[] encoded = dump.getBytes(Charset.forName(charset));
    assertThat(read(encoded, 1 << 20, 1 << 20)).isEqualTo(expected);
    for (int window : new int[] {1, 7, 64}) {
      for (int most : new int[] {1, 3, 1000}) {
        assertThat(read(encoded, window, most)).isEqualTo(expected);
      }
    }
  }

  @Test
  void invalidBytesAreReportedWithTableAndRow() throws Exception {
    ByteArrayOutputStream dump = new ByteArrayOutputStream();
    dump.write(
        "SET client_encoding = 'SJIS';\nCOPY a.t (x) FROM stdin;\ncanary\nb\n".getBytes(UTF_8));
    dump.write(new byte[] {'c', (byte) 0x81, '\n'});
    dump.write(("d\n\\.\n" + FOOT).getBytes(UTF_8));
    for (int window : new int[] {1, 7, 1 << 20}) {
      assertThatThrownBy(() -> read(dump.toByteArray(), window, 1 << 20))
          .isInstanceOfSatisfying(
              DecantException.class, e -> assertThat(e.code()).isEqualTo(INPUT_INVALID))
          .hasMessage(
              "Line 5 of the dump: Row 3 of table a.t has bytes that are not valid in SJIS, the"
                  + " encoding that the dump declares. Make the dump with pg_dump --encoding=UTF8,"
                  + " or correct the bytes in the source database.");
    }
  }

  @Test
  void aStatementInSqlAsciiMustBeUtf8() {
    String dump = "SET client_encoding = 'SQL_ASCII';\nCOMMENT ON TABLE a.t IS '\u00e9';\n" + FOOT;
    assertThat(String.join("", read(dump.getBytes(UTF_8), 1 << 20, 1 << 20)))
        .startsWith("SET client_encoding = 'UTF8';")
        .contains("é");
    assertThatThrownBy(() -> read(dump.getBytes(ISO_8859_1), 1 << 20, 1 << 20))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(INPUT_INVALID))
        .hasMessageStartingWith(
            "Line 2 of the dump: The statement has bytes that are not UTF-8. The dump is in"
                + " SQL_ASCII");
  }

  /** Of these bytes, some are UTF-8 and some are not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO a.t VALUES ('\u00c3\u00a9\u00e9');",
        "COPY a.t (x) FROM stdin;\n\u00c3\u00a9\u00e9\n\\."
      })
  void theBytesOfARowInSqlAsciiStayAsTheyAre(String rows) {
    byte[] dump =
        ("SET client_encoding = 'SQL_ASCII';\nCREATE TABLE a.t (x text);\n" + rows + "\n" + FOOT)
            .getBytes(ISO_8859_1);
    DumpReader reader = new DumpReader(new ByteArrayInputStream(dump), 1 << 20);
    while (!(reader.next() instanceof DumpPart.CopyStart)) {}
    RowBatch batch = new RowBatch(100);

    assertThat(reader.readRows(batch)).isTrue();
    assertThat(new String(batch.bytes(), 0, batch.length(), ISO_8859_1))
        .isEqualTo("\u00c3\u00a9\u00e9\n");
    assertThat(reader.header().encoding()).isEqualTo(DatabaseEncoding.SQL_ASCII);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SET client_encoding = 'MULE_INTERNAL';", "\\encoding canary"})
  void anEncodingThatJavaDecodesInAnotherWayIsRefused(String declaration) {
    assertUnsupported(declaration + "\n" + FOOT);
  }

  /** pg_dump --create declares the encoding before and after the connection. */
  @Test
  void theEncodingOutlastsAConnection() throws Exception {
    String dump =
        "SET client_encoding = 'LATIN1';\n\\connect shop\nSET client_encoding = 'LATIN1';\n"
            + "COPY a.t (x) FROM stdin;\né\n\\.\n"
            + FOOT;
    assertThat(read(dump.getBytes(Charset.forName("ISO-8859-1")), 1 << 20, 1 << 20))
        .endsWith("COPY a.t (x) FROM stdin;", "é\n");
  }

  @Test
  void aSecondEncodingIsRefused() {
    assertUnsupported(
        "SET client_encoding = 'LATIN1';\nSET client_encoding = 'LATIN1';\n"
            + "SET client_encoding = 'UTF8';\n"
            + FOOT);
  }

  private static void assertUnsupported(String dump) {
    assertThatThrownBy(() -> read(dump.getBytes(UTF_8), 1 << 20, 1 << 20))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(INPUT_UNSUPPORTED))
        .hasMessageNotContaining("canary");
  }

  @Test
  void aPsqlCommandDeclaresTheEncodingToo() {
    byte[] dump =
        ("\\encoding LATIN1\nINSERT INTO a.t VALUES ('é');\n" + FOOT)
            .getBytes(Charset.forName("ISO-8859-1"));
    assertThat(read(dump, 1 << 20, 1 << 20)).contains("é\n");
  }

  private static String database(String name, String encoding, String content) {
    return "\\connect "
        + name
        + "\n--\n-- PostgreSQL database dump\n--\n\n-- Dumped from database version 15.4\n\n"
        + "SET statement_timeout = 0;\nSET client_encoding = '"
        + encoding
        + "';\nSELECT pg_catalog.set_config('search_path', '', false);\n"
        + content
        + FOOT;
  }

  private static String table(String name, String text) {
    return "CREATE TABLE public.%1$s (t text);\nCOMMENT ON TABLE public.%1$s IS '%2$s';\n"
            .formatted(name, text)
        + "COPY public.%s (t) FROM stdin;\n%s\n\\.\n".formatted(name, text);
  }

  /** The databases and their encodings; U+00E9 is written in the encoding of its database. */
  private static byte[] cluster(String... databases) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(
        "--\n-- PostgreSQL database cluster dump\n--\n\nSET client_encoding = 'UTF8';\n"
            .getBytes(UTF_8));
    for (String database : databases) {
      String[] parts = database.split(" ", 2);
      Charset charset = parts[1].equals("UTF8") ? UTF_8 : Charset.forName(parts[1]);
      String content = parts[0].startsWith("empty") ? "" : table(parts[0], "é");
      all.writeBytes(database(parts[0], charset(parts[1]), content).getBytes(charset));
    }
    all.writeBytes("--\n-- PostgreSQL database cluster dump complete\n--\n".getBytes(UTF_8));
    return all.toByteArray();
  }

  private static String charset(String java) {
    return java.equals("ISO-8859-1") ? "LATIN1" : java.equals("EUC-KR") ? "EUC_KR" : java;
  }

  private static List<String> rowsOf(byte[] dump, @Nullable String database, int window) {
    List<String> found = new ArrayList<>();
    ReadOptions options = new ReadOptions(database, null, null);
    try (DumpReader reader =
        new DumpReader(TornInputStream.shortReads(dump, 40, 1), options, window)) {
      for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
        if (part instanceof DumpPart.CopyStart copy) {
          RowBatch batch = new RowBatch(64);
          while (reader.readRows(batch)) {
            found.add(copy.table() + new String(batch.bytes(), 0, batch.length(), UTF_8));
          }
        }
      }
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 1 << 20})
  void eachDatabaseOfAClusterHasItsEncoding(int window) {
    assertThat(rowsOf(cluster("empty ISO-8859-1", "app UTF8", "empty2 ISO-8859-1"), null, window))
        .containsExactly("public.appé\n");
    assertThat(rowsOf(cluster("empty UTF8", "app ISO-8859-1", "empty2 UTF8"), null, window))
        .containsExactly("public.appé\n");
    byte[] several = cluster("one ISO-8859-1", "two UTF8", "three EUC-KR");
    assertThat(rowsOf(several, "one", window)).containsExactly("public.oneé\n");
    assertThat(rowsOf(several, "two", window)).containsExactly("public.twoé\n");
    byte[] korean = cluster("one EUC-KR", "two ISO-8859-1");
    assertThat(rowsOf(korean, "two", window)).containsExactly("public.twoé\n");
    assertThat(rowsOf(korean, "one", window)).containsExactly("public.one?\n");
    assertThatThrownBy(() -> rowsOf(several, null, window))
        .hasMessageContaining("several databases with tables: one, two, three")
        .hasMessageContaining("--database NAME");
  }

  @Test
  void anUndeclaredEncodingIsTheOneThatTheCallerNames() {
    byte[] dump = (table("t", "€") + table("u", "é")).getBytes(Charset.forName("windows-1252"));
    byte[] declared =
        "SET client_encoding = 'UTF8';\nCOMMENT ON SCHEMA public IS 'é';\n".getBytes(UTF_8);
    assertThat(statements(dump, "win1252")).contains("COMMENT ON TABLE public.t IS '€';");
    assertThat(statements(declared, "win1252")).contains("COMMENT ON SCHEMA public IS 'é';");
    byte[] ascii =
        "SET client_encoding = 'SQL_ASCII';\nCOMMENT ON SCHEMA public IS '\u0080';\n"
            .getBytes(ISO_8859_1);
    assertThat(statements(ascii, "WIN1252")).contains("COMMENT ON SCHEMA public IS '€';");
    assertThatThrownBy(() -> statements(dump, null))
        .hasMessageContaining("The statement is not UTF-8")
        .hasMessageContaining("--encoding WIN1252");
    assertThatThrownBy(() -> statements(dump, "klingon")).hasMessageContaining("--encoding SJIS");
  }

  private static List<String> statements(byte[] dump, @Nullable String encoding) {
    List<String> found = new ArrayList<>();
    ReadOptions options = new ReadOptions(null, encoding, null);
    try (DumpReader reader = new DumpReader(TornInputStream.shortReads(dump, 40, 1), options, 64)) {
      for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
        if (part instanceof DumpPart.Statement statement) {
          found.add(new String(statement.text(), UTF_8));
        } else if (part instanceof DumpPart.CopyStart) {
          reader.skipRows();
        }
      }
    }
    return found;
  }
}
