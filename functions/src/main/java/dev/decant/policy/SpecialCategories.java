package dev.decant.policy;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds by their names the columns that may hold special categories of personal data (GDPR, article
 * 9). A name that is found wrongly costs a look at the proposal; one that is missed may cost more,
 * so the words are wide.
 */
final class SpecialCategories {
  private record Category(String name, Pattern words) {
    Category(String name, String words) {
      this(name, Pattern.compile("(^|_)(" + words + ")($|_)"));
    }
  }

  private static final List<Category> ALL =
      List.of(
          new Category(
              "pregnancy",
              "pregnan(t|cy|cies)|maternity|gravid(ity)?|schwanger(schaft)?|trimester|miscarriages?"),
          new Category(
              "health",
              "health|gesundheit|medical|medications?|medicines?|illness(es)?|diseases?|diagnos(is|es|e|tic)"
                  + "|symptoms?|disabilit(y|ies)|handicap(ped)?|behinder(t|ung)|allerg(y|ies|ens?)"
                  + "|vaccin(e|es|ated|ations?)|impf(ung|status)|patients?|blood(_?(type|group))?"
                  + "|hiv|covid|bmi|therap(y|ies)|prescriptions?|krank(heit|meldung)?|sick(ness)?"
                  + "|surger(y|ies)|mental|insulin|diabet(es|ic)"),
          new Category(
              "religion",
              "religio(n|ns|us)|konfession|denominations?|faith|church|kirchensteuer|kirche|belief"),
          new Category(
              "ethnic origin",
              "ethnic(ity|ities)?|race|racial|ethnie|herkunft|skin_?colou?r|tribe"),
          new Category(
              "political opinion", "politic(s|al)?|political_?party|partei|voting|voted_for"),
          new Category(
              "trade union", "(trade_?|labou?r_?)?union(_?(member(ship)?|id))?|gewerkschaft"),
          new Category(
              "sex life or sexual orientation",
              "sex|sexual(ity|_?orientation)?|gender(_?identity)?|transgender|lgbtq?|geschlecht"),
          new Category(
              "biometric or genetic data",
              "biometrics?|biometric_?data|fingerprints?|face_?(id|print|encoding|embedding)s?|iris"
                  + "|retina|voice_?prints?|genetics?|genom(e|es|ic)|dna"));

  private SpecialCategories() {}

  /** The category that the name of a column or of its table points to. */
  static Optional<String> of(String table, String column) {
    Optional<String> byColumn = of(ColumnWords.of(column));
    return byColumn.isPresent() ? byColumn : of(ColumnWords.of(table));
  }

  private static Optional<String> of(String words) {
    return ALL.stream().filter(c -> c.words.matcher(words).find()).map(Category::name).findFirst();
  }
}
