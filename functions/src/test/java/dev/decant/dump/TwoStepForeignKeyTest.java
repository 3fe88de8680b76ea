package dev.decant.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.schema.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TwoStepForeignKeyTest {
  private static TwoStepForeignKey steps(String sql) {
    return TwoStepForeignKey.of(StatementKindTest.first(sql)).orElseThrow();
  }

  @Test
  void aKeyIsAddedThenValidated() {
    TwoStepForeignKey key =
        steps(
            """
            ALTER TABLE ONLY public."order"
                ADD CONSTRAINT "Select" FOREIGN KEY (user_id, "at,") REFERENCES public."user"(id, x)\
             ON DELETE SET NULL (user_id) DEFERRABLE INITIALLY DEFERRED;
            """);
    assertThat(key.table()).isEqualTo(new TableName("public", "order"));
    assertThat(key.referenced()).isEqualTo(new TableName("public", "user"));
    assertThat(key.add())
        .isEqualTo(
            """
            ALTER TABLE ONLY public."order"
                ADD CONSTRAINT "Select" FOREIGN KEY (user_id, "at,") REFERENCES public."user"(id, x)\
             ON DELETE SET NULL (user_id) DEFERRABLE INITIALLY DEFERRED NOT VALID;\
            """);
    assertThat(key.validate())
        .isEqualTo("ALTER TABLE ONLY \"public\".\"order\" VALIDATE CONSTRAINT \"Select\"");
  }

  /** The reader gives a name without a schema the schema of the search_path. */
  @Test
  void aNameWithoutASchemaIsInPublic() {
    TwoStepForeignKey key =
        steps("ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (x) REFERENCES u(id);");
    assertThat(key.table()).hasToString("public.t");
    assertThat(key.referenced()).hasToString("public.u");
  }

  @Test
  void aTableMayReferToItself() {
    TwoStepForeignKey key =
        steps("ALTER TABLE a.t ADD CONSTRAINT c FOREIGN KEY (x) REFERENCES a.t(id);");
    assertThat(key.referenced()).isEqualTo(key.table());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE a.t ADD CONSTRAINT c FOREIGN KEY (x) REFERENCES a.u(id) NOT VALID;",
        "ALTER TABLE a.t ADD CONSTRAINT c FOREIGN KEY (x) REFERENCES a.u(id) NOT ENFORCED;",
        "ALTER TABLE a.t ADD FOREIGN KEY (x) REFERENCES a.u(id);",
        "ALTER TABLE a.t ADD CONSTRAINT c PRIMARY KEY (id);",
        "CREATE INDEX c ON a.t (id);"
      })
  void anythingElseStaysWhole(String sql) {
    assertThat(TwoStepForeignKey.of(StatementKindTest.first(sql))).isEmpty();
  }
}
