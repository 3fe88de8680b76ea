package dev.decant.mask.value;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.copy.Bytes;
import dev.decant.mask.NoRow;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares the text form of arrays with the one of PostgreSQL. */
final class ArrayTextIT {
  private static final int CASES = 3000;
  private static final String[] PARTS = {
    "a", "B", "ä", "😀", "\"", "\\", "{", "}", ",", ";", " ", "\t", "\n", "\u000b", "NULL", "null",
    "'"
  };

  private static String rewritten(ArrayText text, String array, boolean upper) {
    byte[] bytes = ("x" + array + "x").getBytes(UTF_8);
    Bytes out = new Bytes(4);
    boolean valid =
        text.rewrite(
            bytes,
            1,
            bytes.length - 1,
            NoRow.INSTANCE,
            (value, from, to, row, target) -> {
              String element = new String(value, from, to - from, UTF_8);
              target.append(upper ? element.toUpperCase(Locale.ROOT) : element);
              return !element.equals("B");
            },
            out);
    return valid ? new String(out.array(), 0, out.length(), UTF_8) : "not an array";
  }

  private static String[] elements(Random random, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                random.nextInt(9) == 0
                    ? null
                    : IntStream.range(0, random.nextInt(4))
                        .mapToObj(n -> PARTS[random.nextInt(PARTS.length)])
                        .collect(Collectors.joining()))
        .toArray(String[]::new);
  }

  @ParameterizedTest
  @EnumSource(names = {"V13", "V17"})
  void elementsAreReplacedAsPostgresWouldDo(PostgresVersion version) throws SQLException {
    Random random = new Random(5);
    try (PlainDatabase database = PlainDatabase.on(version);
        Connection connection = database.connect();
        PreparedStatement query =
            connection.prepareStatement(
                """
                SELECT e.a::text, coalesce((SELECT array_agg(
                  CASE WHEN x <> 'B' THEN upper(x COLLATE "und-x-icu") END ORDER BY n)::text
                  FROM unnest(e.a) WITH ORDINALITY u(x, n)), '{}')
                FROM (SELECT ?::text[] AS a) e\
                """)) {
      for (int i = 0; i < CASES; i++) {
        query.setArray(1, connection.createArrayOf("text", elements(random, random.nextInt(5))));
        try (ResultSet row = query.executeQuery()) {
          assertThat(row.next()).isTrue();
          assertThat(rewritten(new ArrayText(','), row.getString(1), true))
              .as(row.getString(1))
              .isEqualTo(row.getString(2));
        }
      }
    }
  }

  @Test
  void dimensionsAndBoundsStay() throws SQLException {
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V17);
        Connection connection = database.connect()) {
      for (String array :
          List.of(
              "{}",
              "{{a,b},{c,NULL}}",
              "[2:3]={x,\"y z\"}",
              "[-1:0][5:6]={{a,\"\"},{\"NULL\",NULL}}",
              "{{{{{{a}}}}}}")) {
        assertThat(array(connection, array, "text[]")).isEqualTo(array);
        assertThat(rewritten(new ArrayText(','), array, false)).isEqualTo(array);
      }
      String boxes = "{(1,1),(0,0);(2,2),(1,1)}";
      assertThat(array(connection, boxes, "box[]")).isEqualTo(boxes);
      assertThat(rewritten(ArrayText.of("box"), boxes, false)).isEqualTo(boxes);
    }
  }

  @Test
  void everySpellingThatPostgresReadsIsRead() throws SQLException {
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V17);
        Connection connection = database.connect()) {
      for (String array :
          List.of(
              " { a , b c , \"d\" } ",
              "{a\\,b,\\\"c}",
              "{nUlL,\"null\",\\null}",
              "[1:2] = {a,b}",
              "{a\\ , \\  }",
              "{ {a} , {b} }")) {
        String canonical = array(connection, array, "text[]");
        String ours = rewritten(new ArrayText(','), array, false);
        assertThat(array(connection, ours, "text[]")).as(array).isEqualTo(canonical);
      }
    }
  }

  private static String array(Connection connection, String text, String type) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT (?::" + type + ")::text")) {
      query.setString(1, text);
      try (ResultSet row = query.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getString(1);
      }
    }
  }

  @Test
  void otherTextsAreNotArrays() {
    for (String text :
        List.of(
            "",
            "a",
            "{",
            "}",
            "{a",
            "{a}}",
            "{a,}",
            "{,a}",
            "{a b\"c\"}",
            "{\"a",
            "{\"a\\",
            "{a\\",
            "[1:2]",
            "[1:2",
            "{a}b",
            "a{b}",
            "{{a}{b}}",
            "{a{b}}",
            "1 2 3")) {
      assertThat(rewritten(new ArrayText(','), text, false)).as(text).isEqualTo("not an array");
    }
  }
}
