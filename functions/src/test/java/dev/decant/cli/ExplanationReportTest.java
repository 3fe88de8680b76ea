package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.check.Explanation;
import dev.decant.mask.Disclosure;
import dev.decant.schema.TableName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the width of explanations. */
final class ExplanationReportTest {
  private static final ExplanationReport REPORT =
      new ExplanationReport(
          new Explanation(
              new TableName("public", "user"),
              "email",
              "text",
              7,
              "The column has a rule under columns of public.user, which is written by its name.",
              List.of("email: email"),
              List.of(
                  new Explanation.Case(
                      "email",
                      false,
                      new Disclosure(
                          "The address; with an option only the part of it before the at sign.",
                          "Which rows have the same value, and therefore how often each occurs."),
                      List.of(
                          new Explanation.Example(
                              "erika.mustermann@example.com", "tgjgiclr6v@staging.example"))))),
          "policy.yaml",
          true);

  @Test
  void allLinesFitATerminal() {
    assertThat(REPORT.lines(60))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(60))
        .contains(
            "  It lets through: Which rows have the same value, and",
            "  therefore how often each occurs.",
            "    email: email");
  }

  @Test
  void nothingIsWrappedWithoutATerminal() {
    assertThat(REPORT.lines(0))
        .contains(
            "  It lets through: Which rows have the same value, and therefore how often each"
                + " occurs.");
  }
}
