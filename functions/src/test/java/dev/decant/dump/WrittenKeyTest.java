package dev.decant.dump;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.schema.ForeignKey;
import dev.decant.schema.TableName;
import dev.decant.schema.UniqueKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WrittenKeyTest {
  private static final TableName USERS = new TableName("public", "users");

  @Test
  void theFormsOfPgDumpAreRead() {
    assertThat(
            WrittenKey.unique(
                constraint(
                    "ALTER TABLE ONLY public.users ADD CONSTRAINT k PRIMARY KEY (a, \"B\");")))
        .contains(new UniqueKey("k", USERS, List.of("a", "B"), UniqueKey.Kind.PRIMARY_KEY));
    assertThat(
            WrittenKey.unique(
                constraint("ALTER TABLE public.users ADD CONSTRAINT \"K 1\" UNIQUE (a);")))
        .contains(new UniqueKey("K 1", USERS, List.of("a"), UniqueKey.Kind.UNIQUE));
    assertThat(
            WrittenKey.unique(index("CREATE UNIQUE INDEX i ON public.users USING btree (a, b);")))
        .contains(new UniqueKey("i", USERS, List.of("a", "b"), UniqueKey.Kind.UNIQUE_INDEX));
    assertThat(
            WrittenKey.foreign(
                foreign(
                    "ALTER TABLE ONLY public.orders ADD CONSTRAINT f FOREIGN KEY (x, y) REFERENCES"
                        + " public.users(a, b) MATCH FULL ON DELETE SET NULL NOT VALID;")))
        .contains(
            new ForeignKey(
                "f",
                new TableName("public", "orders"),
                List.of("x", "y"),
                USERS,
                List.of("a", "b")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE ONLY public.users ADD CONSTRAINT k UNIQUE NULLS NOT DISTINCT (a);",
        "ALTER TABLE ONLY public.users ADD CONSTRAINT k UNIQUE (a) INCLUDE (b);",
        "ALTER TABLE ONLY public.users ADD CONSTRAINT k UNIQUE (a) DEFERRABLE;",
        "ALTER TABLE ONLY public.users ADD CONSTRAINT k PRIMARY KEY (a, b WITHOUT OVERLAPS);",
        "ALTER TABLE ONLY public.users ADD CONSTRAINT k PRIMARY KEY USING INDEX i;",
        "ALTER TABLE ONLY public.users ADD CONSTRAINT k CHECK (a);",
        "ALTER TABLE ONLY public.users ADD CONSTRAINT k EXCLUDE USING gist (a WITH =);",
        "ALTER TABLE ONLY public.users ADD PRIMARY KEY (a);",
        "ALTER TABLE ONLY users ADD CONSTRAINT k PRIMARY KEY (a);",
        "ALTER TABLE ONLY public.users ADD CONSTRAINT k PRIMARY KEY (a), ADD COLUMN b int;",
      })
  void otherConstraintsAreLeftToTheServer(String sql) {
    assertThat(WrittenKey.unique(constraint(sql))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE UNIQUE INDEX i ON public.users USING btree (lower(a));",
        "CREATE UNIQUE INDEX i ON public.users USING btree (a) WHERE (b IS NULL);",
        "CREATE UNIQUE INDEX i ON public.users USING btree (a DESC);",
        "CREATE UNIQUE INDEX i ON public.users USING btree (a text_pattern_ops);",
        "CREATE UNIQUE INDEX i ON public.users USING btree (a) NULLS NOT DISTINCT;",
        "CREATE UNIQUE INDEX i ON ONLY public.users USING btree (a);",
        "CREATE UNIQUE INDEX i ON public.users USING other (a);",
      })
  void otherIndexesAreLeftToTheServer(String sql) {
    assertThat(WrittenKey.unique(index(sql))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE ONLY public.o ADD CONSTRAINT f FOREIGN KEY (x) REFERENCES public.users;",
        "ALTER TABLE ONLY public.o ADD CONSTRAINT f FOREIGN KEY (x, y) REFERENCES public.users(a);",
        "ALTER TABLE ONLY public.o ADD CONSTRAINT f FOREIGN KEY (x) REFERENCES public.users(a)"
            + " WITH;",
        "ALTER TABLE ONLY public.o ADD CONSTRAINT f FOREIGN KEY (x, PERIOD y)"
            + " REFERENCES public.users(a, PERIOD b);",
        "ALTER TABLE ONLY public.o ADD FOREIGN KEY (x) REFERENCES public.users(a);",
      })
  void otherForeignKeysAreLeftToTheServer(String sql) {
    assertThat(WrittenKey.foreign(foreign(sql))).isEmpty();
  }

  private static Statement constraint(String sql) {
    return statement(StatementKind.CONSTRAINT, sql);
  }

  private static Statement index(String sql) {
    return statement(StatementKind.INDEX_UNIQUE, sql);
  }

  private static Statement foreign(String sql) {
    return statement(StatementKind.FOREIGN_KEY, sql);
  }

  private static Statement statement(StatementKind kind, String sql) {
    return new Statement(1, kind, sql.getBytes(UTF_8), "t", new byte[0]);
  }
}
