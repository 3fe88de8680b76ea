package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.testing.PostgresVersion;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The message for a violated constraint says whether the dump or the policy is the cause. */
final class ViolationCauseIT {
  private static final String TABLE =
      "CREATE TABLE public.users (id integer NOT NULL, email text, shop integer);\n";
  private static final String USERS =
      """
      COPY public.users (id, email, shop) FROM stdin;
      ROWS
      \\.

      ALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);
      ALTER TABLE ONLY public.users ADD CONSTRAINT users_email UNIQUE (email);
      """;
  private static final String SHOPS =
      """
      CREATE TABLE public.shops (id integer NOT NULL);
      CREATE TABLE public.users (id integer NOT NULL, email text, shop integer);
      COPY public.shops (id) FROM stdin;
      1
      \\.

      """;
  private static final String KEY =
      """
      ALTER TABLE ONLY public.shops ADD CONSTRAINT shops_pkey PRIMARY KEY (id);
      ALTER TABLE ONLY public.users
          ADD CONSTRAINT users_shop FOREIGN KEY (shop) REFERENCES public.shops(id);
      """;
  private static final String KEPT = "  public.users: { keep: [id, email, shop] }\n";
  private static final String SHOP = "  public.shops: { keep: [id] }\n";

  @TempDir Path folder;

  @Test
  void equalKeptKeysAreThoseOfTheDump() throws Exception {
    assertOfDump(failure(TABLE + users("1\ta@x\t1", "1\tb@x\t1"), KEPT))
        .hasMessageContaining("line 18 of the dump, table public.users, constraint users_pkey")
        .hasMessageContainingAll("1 rows violate it. Count them by SELECT", "pg_dump 15.4");
  }

  @Test
  void equalMaskedKeysAreThoseOfTheDumpIfTheMaskIsInjective() throws Exception {
    String masked = "  public.users: { keep: [id, shop], columns: { email: email } }\n";

    assertOfDump(failure(TABLE + users("1\ta@x\t1", "2\ta@x\t1"), masked))
        .hasMessageContaining("constraint users_email: 1 rows violate it")
        .hasMessageNotContaining("a@x");
  }

  @Test
  void nullsThatCountAsEqualAreCounted() throws Exception {
    String index = "CREATE UNIQUE INDEX shop ON public.users (shop) NULLS NOT DISTINCT;\n";
    String rows = users("1\ta@x\t\\N", "2\tb@x\t\\N", "3\tc@x\t\\N");
    assertOfDump(failure(TABLE + rows + index, KEPT))
        .hasMessageContaining("constraint shop: 2 rows violate it. Count them by SELECT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(shop) WHERE (shop < 2)", "((shop % 2)) WHERE (id > 1)"})
  void noNumberIsGivenForPartOfTheRows(String index) throws Exception {
    String rows = users("1\ta@x\t1", "2\tb@x\t1", "3\tc@x\t2", "4\td@x\t2");
    String unique = "CREATE UNIQUE INDEX part ON public.users USING btree " + index + ";\n";
    assertThat(failure(TABLE + rows + unique, KEPT))
        .hasMessageContaining("constraint part: rows violate it")
        .hasMessageNotContaining("Count them by");
  }

  @Test
  void keysThatAStepMadeEqualAreNotThoseOfTheDump() throws Exception {
    String step = "sql:\n  - update public.users set email = 'same'\n";

    assertOfPolicy(failure(TABLE + users("1\ta@x\t1", "2\tb@x\t1"), KEPT + step));
  }

  @Test
  void rowsWithoutAParentAreThoseOfTheDump() throws Exception {
    assertOfDump(failure(SHOPS + users("1\ta@x\t2") + KEY, KEPT + SHOP))
        .hasMessageContaining("constraint users_shop: 1 rows violate it. Count them by SELECT");
  }

  @Test
  void parentsThatThePolicyLeavesOutAreNamed() throws Exception {
    String left = "  public.shops: { keep: [id], rows: { where: { column: id, equals: 9 } } }\n";

    assertOfPolicy(failure(SHOPS + users("1\ta@x\t1") + KEY, KEPT + left))
        .hasMessageContaining("The policy leaves out rows of table public.shops");
  }

  @Test
  void parentsThatAStepDeletedAreNotMissingInTheDump() throws Exception {
    String step = "sql:\n  - delete from public.shops\n";

    assertOfPolicy(failure(SHOPS + users("1\ta@x\t1") + KEY, KEPT + SHOP + step));
  }

  @Test
  void aCheckOfKeptColumnsIsViolatedByTheDump() throws Exception {
    String check = "ALTER TABLE public.users ADD CONSTRAINT small CHECK ((id < 5));\n";

    assertOfDump(failure(TABLE + users("7\ta@x\t1") + check, KEPT)).hasMessageContaining("small");
  }

  @Test
  void aCheckThatARowViolatesDuringTheLoadHasTheSameCause() throws Exception {
    String table =
        """
        CREATE TABLE public.users (id integer, email text, shop integer,
            CONSTRAINT small CHECK ((id < 5)), CONSTRAINT long CHECK ((length(email) > shop)));
        COPY public.users (id, email, shop) FROM stdin;
        %s
        \\.

        """;
    String masked =
        "  public.users: { keep: [id, shop], columns: { email: { mask: redact, value: no } } }\n";

    assertThat(failure(table.formatted("7\tlong@x\t1"), masked))
        .hasMessageContainingAll("small", "the rows of the dump violate it already");
    assertThat(failure(table.formatted("1\tlong@x\t4"), masked))
        .hasMessageContaining("choose masks whose values fit it")
        .hasMessageNotContaining("violate it already");
  }

  private static String users(String... rows) {
    return USERS.replace("ROWS", String.join("\n", rows));
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertOfDump(
      DecantException failure) {
    assertThat(failure.code()).isEqualTo(ErrorCode.CONSTRAINT_VIOLATED);
    return assertThat(failure)
        .hasMessageContaining("The rows of the dump violate its own constraints")
        .hasMessageNotContaining("Change the masks");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertOfPolicy(
      DecantException failure) {
    return assertThat(failure)
        .hasMessageContaining("The masked rows violate constraints")
        .hasMessageNotContaining("The rows of the dump");
  }

  private DecantException failure(String body, String tables) throws Exception {
    SmallDump dump = new SmallDump(folder);
    String policy = "version: 1\ntables:\n" + tables;
    DecantException[] failure = new DecantException[1];
    Restore.withServer(
        PostgresVersion.V18,
        url ->
            failure[0] =
                catchThrowableOfType(DecantException.class, () -> dump.run(body, policy, url)));
    assertThat(failure[0]).as("it was published").isNotNull();
    return failure[0];
  }
}
