package dev.decant.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every character of every encoding is decoded as the server does. */
final class EncodingIT {
  private static final String BYTES =
      """
      SELECT pg_catalog.decode(pg_catalog.lpad(pg_catalog.to_hex(i), width, '0'), 'hex')
      FROM (SELECT i, 2 AS width FROM generate_series(1, 255) AS i
        UNION ALL SELECT i, 4 FROM generate_series(33024, 65535) AS i
        UNION ALL SELECT i, 6 FROM generate_series(9411745, 9436926) AS i) AS all_bytes
      """;

  @Test
  void characterForCharacter() throws SQLException, IOException {
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V17);
        Connection connection = database.connect();
        Statement sql = connection.createStatement()) {
      sql.execute(
          """
          CREATE FUNCTION pg_temp.decoded(b bytea, e name) RETURNS text LANGUAGE plpgsql AS
          'BEGIN RETURN convert_from(b, e); EXCEPTION WHEN others THEN RETURN NULL; END'
          """);
      for (Encoding encoding : Encoding.all()) {
        if (!encoding.charset().equals(StandardCharsets.UTF_8)) {
          compare(sql, encoding);
        }
      }
    }
  }

  private static void compare(Statement sql, Encoding encoding) throws SQLException, IOException {
    List<String> different = new ArrayList<>();
    int same = 0;
    boolean wide = encoding.charset().newEncoder().maxBytesPerChar() > 1;
    String query =
        "SELECT b, pg_temp.decoded(b, '"
            + encoding.name()
            + "') FROM ("
            + BYTES
            + ") AS x (b)"
            + (wide ? "" : " WHERE pg_catalog.octet_length(b) = 1");
    try (ResultSet rows = sql.executeQuery(query)) {
      while (rows.next()) {
        String expected = rows.getString(2);
        if (expected != null) {
          byte[] bytes = rows.getBytes(1);
          same++;
          if (!expected.equals(decoded(bytes, encoding))) {
            different.add(HexFormat.of().formatHex(bytes));
          }
        }
      }
    }
    assertThat(different).as(encoding.name()).isSubsetOf("a2e8", "d9e8");
    assertThat(same).as(encoding.name()).isGreaterThan(200);
  }

  private static @Nullable String decoded(byte[] bytes, Encoding encoding) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Transcoder in = new Transcoder(new ByteArrayInputStream(bytes), encoding)) {
      in.transferTo(out);
    } catch (CharacterCodingException _) {
      return null;
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
