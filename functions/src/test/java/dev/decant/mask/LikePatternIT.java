package dev.decant.mask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LikePatternIT {
  private static final int CASES = 5000;
  private static final String[] TEXT = {"a", "b", "A", "ä", "Ä", "😀", "%", "_", "\\", "\n"};
  private static final String[] PATTERN = {
    "%", "%", "_", "a", "b", "B", "ä", "Ä", "😀", "\\%", "\\_", "\\\\", "\n"
  };

  private static String text(Random random, String[] of, int most) {
    return IntStream.range(0, random.nextInt(most + 1))
        .mapToObj(i -> of[random.nextInt(of.length)])
        .collect(Collectors.joining());
  }

  private static boolean matches(String pattern, boolean ignoreCase, String value) {
    byte[] bytes = ("é" + value + "é").getBytes(UTF_8);
    return new LikePattern(pattern, ignoreCase).matches(bytes, 2, bytes.length - 2);
  }

  @Test
  void answersAsPostgresDoes() throws SQLException {
    Random random = new Random(1);
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V16);
        Connection connection = database.connect();
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT ? LIKE ?, ? COLLATE \"und-x-icu\" ILIKE ? COLLATE \"und-x-icu\"")) {
      for (int i = 0; i < CASES; i++) {
        String value = text(random, TEXT, 8);
        String pattern = text(random, PATTERN, 6);
        query.setString(1, value);
        query.setString(2, pattern);
        query.setString(3, value);
        query.setString(4, pattern);
        try (ResultSet row = query.executeQuery()) {
          assertThat(row.next()).isTrue();
          assertThat(matches(pattern, false, value))
              .as("'%s' LIKE '%s'", value, pattern)
              .isEqualTo(row.getBoolean(1));
          assertThat(matches(pattern, true, value))
              .as("'%s' ILIKE '%s'", value, pattern)
              .isEqualTo(row.getBoolean(2));
        }
      }
    }
  }
}
