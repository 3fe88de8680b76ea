package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.testing.DumpSnapshot;
import dev.decant.testing.MemorySnapshotStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows and constraints meet the settings that the dump makes, as they do in psql. */
class DumpSettingsIT {
  private static final String FUNCTION =
      """
      CREATE FUNCTION public.one() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
      CREATE FUNCTION public.known(text) RETURNS boolean LANGUAGE %s IMMUTABLE
      """;

  private static final String PLPGSQL = "AS 'BEGIN RETURN one() = length($1); END';\n";
  private static final String SQL = "AS 'SELECT one() = length($1)';\n";
  private static final String TABLE = "CREATE TABLE public.t (a text%s);\n";
  private static final String ROWS = "COPY public.t (a) FROM stdin;\nsecret-value\n\\.\n";

  private static void sanitize(MemorySnapshotStore store, String dump) {
    DumpSnapshot.publish(store, dump, "public.t: {keep: [a]}\n", false);
  }

  /** Each would end psql's restore, so nothing may be published. */
  @ParameterizedTest
  @ValueSource(strings = {"sql", "plpgsql"})
  void aCheckWhoseFunctionNeedsASearchPathIsNamedWithItsRemedy(String language) {
    MemorySnapshotStore store = new MemorySnapshotStore();
    String body = language.equals("sql") ? SQL : PLPGSQL;
    assertThatThrownBy(
            () ->
                sanitize(
                    store,
                    FUNCTION.formatted(language)
                        + body
                        + TABLE.formatted(", CONSTRAINT c CHECK (public.known(a))")
                        + ROWS))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("in function")
        .hasMessageContaining("known")
        .hasMessageContaining("ALTER FUNCTION")
        .hasMessageContaining("search_path")
        .hasMessageNotContaining("secret-value");
    assertThat(store.list("")).isEmpty();
  }

  @Test
  void aFunctionWithASearchPathOfItsOwnServes() {
    MemorySnapshotStore store = new MemorySnapshotStore();
    sanitize(
        store,
        FUNCTION.formatted("sql SET search_path TO 'public'")
            + "AS 'SELECT one() > 0';\n"
            + TABLE.formatted(", CONSTRAINT c CHECK (public.known(a))")
            + ROWS);
    assertThat(store.list("")).isNotEmpty();
  }
}
