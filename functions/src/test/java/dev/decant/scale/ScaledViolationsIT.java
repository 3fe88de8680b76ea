package dev.decant.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.testing.Component;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.Needs;
import dev.decant.testing.PlainDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rows, sql steps and assertions that fail in {@code finish}. No message shows a value of a row.
 */
@Needs(Component.PG_DUMP)
final class ScaledViolationsIT {
  private static final String SCHEMA =
      """
      CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE NOT NULL,
        note text CHECK (note <> 'bad'));
      INSERT INTO users SELECT i, 'canary' || i || '@raw.example.org', repeat('canary', 150) || i
        FROM generate_series(1, 3000) i;
      CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
      INSERT INTO orders SELECT i, 1 + i % 3000 FROM generate_series(1, 100) i;
      """;

  private static final String POLICY =
      """
      version: 1
      tables:
        public.users: { columns: { email: email }, keep: [id, note] }
        public.orders: { keep: [id, user_id] }
      """;

  @TempDir Path folder;
  private final MemorySnapshotStore store = new MemorySnapshotStore();

  /** The rows with the IDs 1 and 2999 are in different items. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "CONSTRAINT_VIOLATED ~ sql ~ UPDATE users SET email = 'same' WHERE id IN (1, 2999)",
        "CONSTRAINT_VIOLATED ~ sql ~ UPDATE orders SET user_id = 9000001 WHERE id = 1",
        "CONSTRAINT_VIOLATED ~ sql ~ DELETE FROM users WHERE id = 7",
        "SQL_STEP_FAILED ~ sql ~ UPDATE users SET note = 'bad' WHERE id = 1",
        "SQL_STEP_FAILED ~ sql ~ UPDATE users SET id = note::int",
        "SQL_STEP_FAILED ~ sql ~ DO $$ BEGIN RAISE '%', (SELECT note FROM users LIMIT 1); END $$",
        "LEAK_FOUND ~ sql ~ UPDATE users SET note = 'canary2999@raw.example.org' WHERE id = 1",
        "LEAK_FOUND ~ sql ~ UPDATE users SET note = chr(99) || 'anary2999@raw.example.org'"
            + " WHERE id = 1",
        "ASSERTION_FAILED ~ assertion ~ SELECT note FROM users LIMIT 1",
        "ASSERTION_FAILED ~ assertion ~ SELECT note::int FROM users LIMIT 1",
      })
  void failureHasItsCodeAndNoValue(ErrorCode code, String kind, String sql) throws Exception {
    String rest =
        kind.equals("sql")
            ? "sql: [ \"" + sql + "\" ]\n"
            : "assertions: [ { name: a, sql: \"" + sql + "\", equals: '0' } ]\n";
    try (PlainDatabase source = ScaledRunIT.database(SCHEMA);
        ScaledRun run = new ScaledRun(source, POLICY + rest, folder, store)) {
      assertThat(run.planAndChunks()).isGreaterThan(2);
      assertThatThrownBy(run::finish)
          .isInstanceOfSatisfying(
              DecantException.class,
              e -> {
                assertThat(e.code()).isEqualTo(code);
                assertThat(withCauses(e)).doesNotContain("canary");
              });
      assertThat(run.isPublished()).isFalse();
      assertThat(run.forget()).isTrue();
      assertThat(store.list("")).isEmpty();
      assertThat(run.databases()).isEmpty();
    }
  }

  private static String withCauses(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
