package dev.decant.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.schema.TableName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProblemsTest {
  private final Problems problems = new Problems("policy.yaml", FileKind.POLICY, 3);
  private final Scope scope = new Scope(problems);

  @Test
  void allProblemsAreListedInTheOrderOfTheFile() {
    scope.problem(0, "c");
    scope.in(new TableName("public", "User")).at("E mail").problem(7, "b");
    assertThat(problems.error().code()).isEqualTo(ErrorCode.POLICY_INVALID);
    assertThat(problems.error())
        .hasMessageEndingWith(
            """
            2 problems:
            policy.yaml:7: table public."User", column "E mail": b
            policy.yaml: c\
            """);
  }

  @Test
  void theSameProblemIsListedOnce() {
    scope.problem(1, "a");
    scope.problem(1, "a");
    assertThat(problems.sorted()).hasSize(1);
  }

  @Test
  void readingEndsAtTheLimit() {
    scope.problem(1, "a");
    scope.problem(2, "b");
    assertThatThrownBy(() -> scope.problem(3, "c")).isInstanceOf(DecantException.class);
  }

  @ParameterizedTest
  @CsvSource({"public.users,users", "'public.\"a.b\"',a.b", "'\"S\".t',t"})
  void namesOfTablesAreRead(String text, String name) {
    assertThat(NameParser.table(text, 1, scope)).extracting(TableName::name).isEqualTo(name);
  }

  @Test
  void aNameThatNeedsQuotesInSqlNeedsThemInTheFile() {
    assertThat(NameParser.table("public.User", 1, scope)).isNull();
    assertThat(problems.sorted()).singleElement().asString().contains("'public.\"User\"'");
  }

  @ParameterizedTest
  @CsvSource({"users,public.users", "a.b.c,SCHEMA.TABLE", "Users,SCHEMA.TABLE"})
  void aNameWithoutItsSchemaIsAProblem(String text, String proposal) {
    assertThat(NameParser.table(text, 4, scope)).isNull();
    assertThat(problems.sorted()).singleElement().asString().contains("Write " + proposal + ".");
  }

  @ParameterizedTest
  @CsvSource({"emial,email", "EMAIL,email", "phnoe,phone"})
  void theNearestWordIsProposed(String typed, String meant) {
    assertThat(Nearest.to(typed, List.of("email", "phone", "name"))).contains(meant);
  }

  @Test
  void aWordThatNothingIsNearGetsTheWholeList() {
    assertThat(Nearest.advice("zzzzzz", List.of("b", "a"))).isEqualTo(". Write one of a, b.");
  }
}
