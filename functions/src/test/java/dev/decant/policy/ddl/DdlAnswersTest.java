package dev.decant.policy.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.detect.ddl.DdlInventory;
import dev.decant.error.DecantException;
import dev.decant.policy.PolicyFixture;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DdlAnswersTest {
  private static final String TOKEN = "sk_live_0123456789abcdef";

  private final DdlInventory ddl = new DdlInventory();

  private void object(String name, long line, String text) {
    ddl.add(name, line, text.getBytes(StandardCharsets.UTF_8), false);
  }

  private DdlAnswers answers(String rules) {
    return DdlAnswers.of(PolicyFixture.parse("version: 1\n" + rules), ddl, true);
  }

  private List<String> problems(String rules) {
    return answers(rules).problems().stream().map(p -> p.in("policy.yaml")).toList();
  }

  @Test
  void aFindingWithoutARuleIsAProblemThatDoesNotQuoteIt() {
    object("TRIGGER hook ON public.t", 7, "f('" + TOKEN + "', 'https://api.shop.io')");
    object("public.t", 9, "mail text DEFAULT 'max@shop-prod.de'");
    assertThat(problems(""))
        .containsExactly(
            "policy.yaml: TRIGGER hook ON public.t (line 7 of the dump) contains a secret, a URL,"
                + " and the policy has no rule for it. Write `TRIGGER hook ON public.t: drop` under"
                + " ddl. The other rules are { replace: TEXT } and keep.",
            "policy.yaml: public.t (line 9 of the dump) contains an e-mail address, and the policy"
                + " has no rule for it. Write `public.t: { replace: 'nobody@redacted.invalid' }`"
                + " under ddl. The other rule is keep.");
  }

  @Test
  void aUrlAloneIsAWarning() {
    object("VIEW public.v", 7, "SELECT 'https://api.shop.io'");
    assertThat(problems("")).isEmpty();
    assertThat(answers("").warnings()).hasSize(1);
    assertThat(answers("").warnings().getFirst().message()).contains("VIEW public.v");
    assertThat(answers("ddl: { VIEW public.v: keep }").warnings()).isEmpty();
  }

  @Test
  void everyRuleAnswersAFinding() {
    object("FUNCTION public.f", 7, "SELECT '" + TOKEN + "'");
    for (String rule : List.of("keep", "drop", "{ replace: x }")) {
      assertThat(problems("ddl: { FUNCTION public.f: " + rule + " }")).isEmpty();
    }
  }

  @Test
  void commentsThatAreDroppedNeedNoRule() {
    object("COMMENT ON TABLE public.t", 7, "'max@shop-prod.de'");
    assertThat(problems("")).hasSize(1);
    assertThat(problems("comments: drop")).isEmpty();
  }

  @Test
  void aRuleForAnObjectThatDoesNotExistIsAProblem() {
    object("TRIGGER hook ON public.t", 7, "");
    assertThat(problems("ddl:\n  TRIGGER hok ON public.t: keep\n"))
        .containsExactly(
            "policy.yaml:3: The source has no object TRIGGER hok ON public.t. Write TRIGGER hook ON"
                + " public.t, or remove the rule.");
    assertThat(
            DdlAnswers.of(
                    PolicyFixture.parse("version: 1\nddl: { TRIGGER late ON public.t: keep }"),
                    ddl,
                    false)
                .problems())
        .isEmpty();
  }

  @Test
  void aDroppedObjectAnswersForItsComments() {
    object("TRIGGER hook ON public.t", 7, "f('" + TOKEN + "')");
    object("COMMENT ON TRIGGER hook ON public.t", 8, "'max@shop-prod.de'");
    assertThat(problems("ddl: { TRIGGER hook ON public.t: keep }")).hasSize(1);
    assertThat(problems("ddl: { TRIGGER hook ON public.t: drop }")).isEmpty();
  }

  @Test
  void aTableCannotBeDropped() {
    object("public.t", 7, "mail text DEFAULT 'max@shop-prod.de'");
    assertThat(problems("ddl:\n  public.t: drop\n"))
        .containsExactly(
            "policy.yaml:3: public.t cannot be dropped, because rows may depend on it. Write {"
                + " replace: TEXT } or keep.");
  }

  @Test
  void whatReplaceDoesNotReachIsAProblem() {
    object(
        "FUNCTION public.f",
        7,
        "CREATE FUNCTION public.f() RETURNS int LANGUAGE plpython3u AS $$ '" + TOKEN + "' $$;");
    assertThat(problems("ddl:\n  FUNCTION public.f: { replace: x }\n"))
        .containsExactly(
            "policy.yaml:3: FUNCTION public.f (line 7 of the dump) contains a secret that replace"
                + " cannot change, because it is neither in a string constant nor in a comment."
                + " Write drop, or keep if it may be published.");
    assertThat(problems("").getFirst()).contains("`FUNCTION public.f: drop`", "rule is keep");
  }

  @Test
  void theTextOfReplaceCannotEndAConstant() {
    for (String text : List.of("a$$b", "a\\b", "\"a\\nb\"", "a*/b")) {
      assertThatThrownBy(() -> answers("ddl: { public.t: { replace: " + text + " } }"))
          .isInstanceOf(DecantException.class)
          .hasMessageContaining("The text of replace has");
    }
  }

  @Test
  void theProposalAnswersEveryFinding() {
    object("TRIGGER hook ON public.t", 7, "f('" + TOKEN + "')");
    object("COMMENT ON TABLE public.\"T: #1\"", 8, "'max@shop-prod.de'");
    object("public.t", 9, "x jsonb DEFAULT '{\"token\": \"k3yOfShop\"}'");
    object("VIEW public.v", 10, "SELECT 'https://api.shop.io'");
    String yaml = DdlProposal.block(ddl.findings());
    assertThat(yaml)
        .isEqualTo(
            """
            ddl:
              # VIEW public.v: keep  # a URL
              TRIGGER hook ON public.t: drop  # REVIEW: a secret in line 7 of the dump
              'COMMENT ON TABLE public."T: #1"': drop  # REVIEW: an e-mail address in line 8 of the dump
              public.t: { replace: '{}' }  # REVIEW: a secret in line 9 of the dump
            """);
    assertThat(problems(yaml)).isEmpty();
  }
}
