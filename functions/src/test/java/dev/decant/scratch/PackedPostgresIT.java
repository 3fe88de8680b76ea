package dev.decant.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.testing.PostgresVersion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Compares the PostgreSQL in decant's jar, from whose ICU the build removed data, with the one of
 * the artifact that it was packed from.
 */
final class PackedPostgresIT {
  /** Words of two letters and words with a combining mark, from scripts of ICU's collations. */
  private static final String WORDS =
      "CREATE TEMPORARY TABLE words AS"
          + " SELECT chr(a) || chr(b) AS word FROM generate_series(65, 122, 3) a,"
          + " unnest(ARRAY[101, 228, 233, 246, 322, 353, 382, 776, 45, 32, 39]) b UNION ALL"
          + " SELECT chr(c) || 'Aa' || chr(c) FROM generate_series(192, 1500, 7) c UNION ALL"
          + " SELECT chr(c) || chr(c + 1) FROM generate_series(3585, 3640, 5) c UNION ALL"
          + " SELECT chr(c) || chr(c + 40) FROM generate_series(19968, 40000, 211) c UNION ALL"
          + " SELECT chr(c) || 'ch' FROM generate_series(44032, 55000, 531) c UNION ALL"
          + " VALUES ('resume'), ('résumé'), ('Résumé'), ('co-op'), ('coop'), ('CO-OP'), ('ﬁn'),"
          + " ('ĳssel meer'), ('ISPARTA ılık'), ('straße'), ('STRASSE'), ('llama'), ('lzama')";

  private static final Map<String, String> MADE =
      Map.of(
          "phone_book", "locale = 'de-u-co-phonebk'",
          "stroke", "locale = 'zh-u-co-stroke'",
          "number", "locale = 'en-u-kn-true-ks-level2', deterministic = false",
          "greek_first", "locale = 'und-u-kr-grek-latn'",
          "rules", "locale = 'und', rules = '&a < z <<< Z &[before 1] b < q'",
          "imported", "locale = 'und', rules = '[import de-u-co-phonebk]'");

  @Test
  void collatesLikeTheArtifactThatItWasPackedFrom() throws Exception {
    ScratchOptions options = PostgresVersion.V18.options();
    ScratchOptions upstream =
        new ScratchOptions(options.cacheFolder(), options.runFolder(), PostgresPrograms.upstream());
    Map<String, String> expected;
    try (ScratchServer server = ScratchServers.open("embedded", upstream)) {
      expected = meanings(server);
    }

    Map<String, String> packed = meanings(PostgresVersion.V18.server());

    assertThat(packed).hasSizeGreaterThan(1400).isEqualTo(expected);
    assertThat(packed.values().stream().distinct()).hasSizeGreaterThan(50);
  }

  /** What each collation of ICU makes of the words, by its name. */
  private static Map<String, String> meanings(ScratchServer server) throws SQLException {
    Map<String, String> meanings = new TreeMap<>();
    try (ScratchDatabase database = server.create("collations");
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(WORDS);
      for (Map.Entry<String, String> made : MADE.entrySet()) {
        statement.execute(
            "CREATE COLLATION " + made.getKey() + " (provider = icu, " + made.getValue() + ")");
      }
      List<String> names = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT quote_ident(collname), collversion FROM pg_collation"
                  + " WHERE collprovider = 'i'")) {
        while (rows.next()) {
          names.add(rows.getString(1));
          meanings.put("version of " + rows.getString(1), rows.getString(2));
        }
      }
      for (String name : names) {
        try (ResultSet row = statement.executeQuery(meaning(name))) {
          row.next();
          meanings.put(name, row.getString(1));
        }
      }
    }
    return meanings;
  }

  private static String meaning(String collation) {
    return """
    SELECT md5(string_agg(word, ' ' ORDER BY word COLLATE %1$s, word COLLATE "C"))
      || md5(string_agg(initcap(word COLLATE %1$s) || upper(word COLLATE %1$s)
        || lower(word COLLATE %1$s), ' ' ORDER BY word COLLATE "C"))
    FROM words\
    """
        .formatted(collation);
  }
}
