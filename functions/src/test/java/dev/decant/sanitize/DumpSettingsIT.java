package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.manifest.Snapshots;
import dev.decant.testing.DumpSnapshot;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.ShopSnapshot;
import org.junit.jupiter.api.Test;

/** The settings of the dump apply to rows and constraints, as in psql. */
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

  private static String check(String language, String body) {
    return FUNCTION.formatted(language)
        + body
        + TABLE.formatted(", CONSTRAINT c CHECK (public.known(a))")
        + ROWS;
  }

  /** The constraint can be added to an empty table, so it fails because of the rows. */
  @Test
  void aCheckThatFailsOverTheRowsForWantOfASearchPathIsNamedWithItsRemedy() {
    MemorySnapshotStore store = new MemorySnapshotStore();
    assertThatThrownBy(() -> sanitize(store, check("plpgsql", PLPGSQL)))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("in function")
        .hasMessageContaining("known")
        .hasMessageContaining("ALTER FUNCTION")
        .hasMessageContaining("search_path")
        .hasMessageNotContaining("secret-value");
    assertThat(store.list("")).isEmpty();
  }

  /** PostgreSQL parses an SQL function when the constraint is added, so nobody can add this one. */
  @Test
  void aCheckThatCannotBeAddedForWantOfASearchPathIsNotVerified() {
    MemorySnapshotStore store = new MemorySnapshotStore();
    sanitize(store, check("sql", SQL));
    assertThat(new Snapshots(store).read(ShopSnapshot.NAME, null).manifest().notVerified())
        .singleElement()
        .satisfies(
            object ->
                assertThat(object.reason())
                    .contains("in function known", "ALTER FUNCTION known SET search_path")
                    .doesNotContain("secret-value"));
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
