package dev.decant.detect.value;

import com.google.re2j.Pattern;
import dev.decant.detect.Category;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Predicate;

/**
 * The kinds of values that are recognized by their form. A value can be of several kinds. The share
 * of a column's values that have a kind decides; see {@link ColumnProfile}. All expressions run in
 * linear time.
 */
@SuppressWarnings("ImmutableEnumChecker") // the predicates hold no state
public enum ValueKind {
  EMAIL(
      Category.EMAIL,
      0.6,
      s -> s.ats() == 1 && s.dots() > 0 && s.oneWord(),
      matches("(?i)[^\\s@<>\",;:]+@[^\\s@<>\",;:]+\\.[a-z]{2,24}")),
  IBAN(
      Category.IBAN,
      0.6,
      s -> s.digits() >= 10 && s.letters() >= 2 && s.length() <= 45 && s.ats() == 0,
      value -> CheckDigits.iban(compact(value))),
  CREDIT_CARD(
      Category.CREDIT_CARD,
      0.6,
      s -> s.digits() >= 13 && s.letters() == 0 && s.length() <= 24,
      value -> value.matches("[0-9 -]{13,23}") && CheckDigits.card(compact(value))),
  PASSWORD_HASH(
      Category.PASSWORD, 0.5, s -> s.length() >= 20 && s.oneWord(), SecretText::isPasswordHash),
  URL_WITH_TOKEN(
      Category.URL,
      0.3,
      s -> s.colons() > 0 && s.slashes() >= 2 && s.oneWord(),
      matches("(?i)https?://\\S+[?&#][^=\\s]+=[0-9a-z._~%+/-]{16,}\\S*")),
  SECRET(
      Category.SECRET,
      0.5,
      s -> s.length() >= 12,
      value -> !SecretText.isPasswordHash(value) && SecretText.find(value).isPresent()),
  MAC(
      Category.MAC,
      0.8,
      s -> s.length() >= 12 && s.length() <= 17 && s.oneWord(),
      matches("(?i)([0-9a-f]{2}[:-]){5}[0-9a-f]{2}|([0-9a-f]{4}\\.){2}[0-9a-f]{4}")),
  IP(
      Category.IP,
      0.7,
      s -> (s.dots() >= 3 || s.colons() >= 2) && s.length() <= 49 && s.oneWord(),
      ValueKind::ip),
  NATIONAL_ID(
      Category.NATIONAL_ID,
      0.9,
      s ->
          s.digits() >= 6
              && s.letters() <= 12
              && s.length() >= 8
              && s.length() <= 25
              && s.ats() == 0,
      ValueKind::nationalId),
  VAT_ID(
      Category.VAT_ID,
      0.8,
      s -> s.digits() >= 7 && s.letters() >= 2 && s.letters() <= 6 && s.length() <= 20,
      compactMatches(
          "ATU[0-9]{8}|BE[01][0-9]{9}|CHE[0-9]{9}(MWST|TVA|IVA)?|CZ[0-9]{8,10}|DE[0-9]{9}"
              + "|DK[0-9]{8}|ES[A-Z0-9][0-9]{7}[A-Z0-9]|FI[0-9]{8}|FR[A-Z0-9]{2}[0-9]{9}"
              + "|GB[0-9]{9}|IE[0-9][A-Z0-9][0-9]{5}[A-Z]{1,2}|IT[0-9]{11}"
              + "|NL[0-9]{9}B[0-9]{2}|PL[0-9]{10}|PT[0-9]{9}|SE[0-9]{12}")),
  /** Postcodes that have a form of their own; five digits may be any number. */
  POSTCODE(
      Category.POSTCODE,
      0.8,
      s -> s.digits() >= 2 && s.length() >= 5 && s.length() <= 10,
      matches(
          "[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}|[1-9][0-9]{3} ?[A-Z]{2}"
              + "|[ABCEGHJ-NPR-TV-Z][0-9][A-Z] ?[0-9][A-Z][0-9]|[0-9]{2}-[0-9]{3}"
              + "|[1-9][0-9]{3}-[0-9]{3}|[0-9]{5}-[0-9]{3,4}|[1-9][0-9]{2} [0-9]{2}"
              + "|(D|A|CH|F|I|B|L)-[0-9]{4,5}")),
  PHONE(
      Category.PHONE,
      0.7,
      s -> s.digits() >= 7 && s.digits() <= 15 && s.letters() <= 1,
      ValueKind::phone),
  PROFILE_URL(
      Category.URL,
      0.3,
      s -> s.colons() > 0 && s.slashes() >= 3 && s.oneWord(),
      matches(
          "(?i)https?://([a-z0-9-]+\\.)*(facebook|twitter|x|linkedin|instagram|github|gitlab|xing"
              + "|tiktok|youtube|gravatar)\\.com/\\S+")),
  USER_AGENT(
      Category.USER_AGENT,
      0.6,
      s -> s.slashes() > 0 && s.digits() > 0,
      matches("(Mozilla|Opera|Dalvik|okhttp|curl|PostmanRuntime|python-requests)/[0-9].*")),
  STREET(Category.STREET, 0.5, s -> s.letters() >= 4 && s.length() <= 120, StreetText::matches),
  FULL_NAME(
      Category.FULL_NAME,
      0.5,
      s -> s.digits() == 0 && s.blanks() >= 1 && s.blanks() <= 4 && s.length() <= 60,
      PersonNameText::full),
  FIRST_NAME(
      Category.FIRST_NAME,
      0.5,
      s -> s.digits() == 0 && s.oneWord() && s.length() <= 30,
      PersonNameText::first),
  LAST_NAME(
      Category.LAST_NAME,
      0.4,
      s -> s.digits() == 0 && s.oneWord() && s.length() <= 30,
      PersonNameText::last),
  RANDOM_TOKEN(
      Category.SECRET,
      0.8,
      s -> s.length() >= 20 && s.oneWord() && s.digits() > 0 && s.letters() > 0,
      ValueKind::randomToken),
  /** E-mail addresses with a name, several of them, or one in a sentence or a document. */
  EMAIL_INSIDE(
      Category.EMAIL,
      0.3,
      s -> s.ats() >= 1 && s.dots() > 0,
      finds("(?i)[a-z0-9_+-][a-z0-9._+-]*@[a-z0-9-]+(\\.[a-z0-9-]+)*\\.[a-z]{2,24}")),
  /** Latitude and longitude with at least four decimals. */
  POSITION(
      Category.COORDINATES,
      0.8,
      s -> s.digits() >= 10 && s.letters() == 0 && s.dots() == 2 && s.length() <= 50,
      matches("[(\\[]?-?[0-9]{1,2}\\.[0-9]{4,}[,; ]+-?[0-9]{1,3}\\.[0-9]{4,}[)\\]]?")),
  HANDLE(
      Category.USERNAME,
      0.8,
      s -> s.ats() == 1 && s.oneWord() && s.length() <= 40,
      matches("@[\\p{L}0-9_][\\p{L}0-9_.-]*")),
  /** German and French plates. */
  PLATE(
      Category.VEHICLE,
      0.8,
      s -> s.digits() >= 1 && s.letters() >= 2 && s.length() <= 12,
      matches("[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} [0-9]{1,4}[EH]?|[A-Z]{2}-[0-9]{3}-[A-Z]{2}")),
  /** Names that no dictionary has; many other titles have the same form. */
  NAME_FORM(
      Category.FULL_NAME,
      0.8,
      s -> s.digits() == 0 && s.letters() >= 2 && s.length() <= 60,
      PersonNameText::form),
  /** Days that are 16 to 100 years ago. */
  BIRTH_DATE(
      Category.BIRTH_DATE,
      0.8,
      s -> s.digits() >= 8 && s.letters() == 0 && s.length() >= 8 && s.length() <= 25,
      ValueKind::birthDate),
  /** Phone numbers without punctuation; the digits of a text are not taken for one. */
  BARE_PHONE(
      Category.PHONE,
      0.9,
      s -> s.digits() >= 10 && s.digits() <= 12 && s.length() == s.digits(),
      value -> value.length() > 10 || (value.charAt(0) != '1' && value.charAt(0) != '0')),
  /** Phone numbers that begin with the code of a country, a form that few other numbers have. */
  INTERNATIONAL_PHONE(
      Category.PHONE,
      0.7,
      s -> s.digits() >= 9 && s.digits() <= 15 && s.letters() == 0,
      matches("\\+[1-9][0-9 ().x/-]{8,22}")),
  SENTENCES(
      Category.FREE_TEXT,
      0.3,
      s -> s.length() > 40 && s.blanks() >= 6,
      value -> value.length() > 40 && words(value) >= 7);

  private static final List<Predicate<String>> NATIONAL_IDS =
      List.of(
          CheckDigits::italy,
          CheckDigits::spain,
          CheckDigits::poland,
          CheckDigits::sweden,
          CheckDigits::norway,
          CheckDigits::finland,
          CheckDigits::netherlands,
          CheckDigits::belgium,
          CheckDigits::france,
          CheckDigits::germany,
          CheckDigits::switzerland,
          CheckDigits::brazil,
          CheckDigits::india,
          CheckDigits::portugal,
          NationalNumbers::turkey,
          NationalNumbers::romania,
          NationalNumbers::czechia,
          NationalNumbers::estonia,
          NationalNumbers::austria,
          NationalNumbers::southAfrica,
          NationalNumbers::mexico,
          NationalNumbers::china);

  /** Forms with separators that make an accidental match unlikely: Chile, Denmark. */
  private static final Pattern WITH_SEPARATORS =
      Pattern.compile(
          "[0-9]{1,2}\\.[0-9]{3}\\.[0-9]{3}-[0-9Kk]"
              + "|(0[1-9]|[12][0-9]|3[01])(0[1-9]|1[0-2])[0-9]{2}-[0-9]{4}");

  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** Their first characters are the milliseconds since 1970, which start with 01 until 2039. */
  private static final Pattern ULID = Pattern.compile("01[0-9A-HJKMNP-TV-Z]{24}");

  private static final Pattern DAY =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}( 00:00:00([+-]00(:00)?)?)?"
              + "|(19|20)[0-9]{2}[./]?(0[1-9]|1[0-2])[./]?(0[1-9]|[12][0-9]|3[01])");
  private static final Pattern YEAR_LAST =
      Pattern.compile(
          "(0?[1-9]|[12][0-9]|3[01])[./-](0?[1-9]|[12][0-9]|3[01])[./-](19|20)[0-9]{2}");
  private static final Pattern TIME = Pattern.compile("[0-9]{1,2}:[0-9]{2}:[0-9]{2}");
  private static final Pattern ISO_DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}.*");
  private static final Pattern ISBN =
      Pattern.compile("(97[89]-)?[0-9]{1,5}-[0-9]{1,7}-[0-9]{1,6}-[0-9]");
  private static final Pattern GROUPED = Pattern.compile(".*[0-9][ )/-].*");
  private static final Pattern THREE_DOTS = Pattern.compile(".*[.].*[.].*[.].*");
  private static final Pattern SSN = Pattern.compile("[0-8][0-9]{2}-[0-9]{2}-[0-9]{4}");
  private static final Pattern NINO =
      Pattern.compile("[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?([0-9]{2} ?){3}[A-D]");
  private static final Pattern PHONE_FORM =
      Pattern.compile("(\\+|00|0|\\()?[0-9][0-9 ().x/-]{5,22}[0-9]");
  private static final Pattern IPV4 =
      Pattern.compile(
          "((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])([/:][0-9]+)?");
  private static final Pattern IPV6 =
      Pattern.compile("(?i)[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,7}(/[0-9]+)?");
  private final Category category;
  private final double enough;
  private final Predicate<ValueShape> possible;
  private final Predicate<String> form;

  ValueKind(
      Category category, double enough, Predicate<ValueShape> possible, Predicate<String> form) {
    this.category = category;
    this.enough = enough;
    this.possible = possible;
    this.form = form;
  }

  public Category category() {
    return category;
  }

  /**
   * The share of a column's values that must have this kind for the column to count as one of this
   * kind.
   */
  public double enough() {
    return enough;
  }

  /**
   * Whether a value has the form of this kind.
   *
   * @param shape of the value, which rules most kinds out
   */
  public boolean matches(String value, ValueShape shape) {
    return possible.test(shape) && form.test(value);
  }

  private static Predicate<String> matches(String expression) {
    Pattern pattern = Pattern.compile(expression);
    return pattern::matches;
  }

  private static Predicate<String> finds(String expression) {
    Pattern pattern = Pattern.compile(expression);
    return value -> pattern.matcher(value).find();
  }

  /** Separators and case do not count. */
  private static Predicate<String> compactMatches(String expression) {
    Pattern pattern = Pattern.compile(expression);
    return value -> pattern.matches(compact(value));
  }

  /** The value in upper case without blanks, dots, slashes and hyphens. */
  private static String compact(String value) {
    StringBuilder compact = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!Character.isWhitespace(c) && ".·/-".indexOf(c) < 0) {
        compact.append(Character.toUpperCase(c));
      }
    }
    return compact.toString();
  }

  private static boolean ip(String value) {
    return IPV4.matches(value)
        || (IPV6.matches(value) && value.contains(":") && value.length() > 5 && !time(value));
  }

  private static boolean time(String value) {
    return value.length() <= 8 && TIME.matches(value);
  }

  private static boolean nationalId(String value) {
    if (value.length() < 8 || value.length() > 25) {
      return false;
    }
    String compact = compact(value.replace("+", ""));
    return SSN.matches(value)
        || (WITH_SEPARATORS.matches(value)
            && (value.charAt(value.length() - 2) != '-' || NationalNumbers.chile(compact)))
        || NINO.matches(value)
        || NATIONAL_IDS.stream().anyMatch(valid -> valid.test(compact));
  }

  private static boolean randomToken(String value) {
    return !UUID.matches(value) && !ULID.matches(value) && SecretText.looksRandom(value);
  }

  private static boolean birthDate(String value) {
    boolean yearLast = YEAR_LAST.matches(value);
    if (!yearLast && !DAY.matches(value)) {
      return false;
    }
    int from = yearLast ? value.length() - 4 : 0;
    int age =
        Year.now(ZoneOffset.UTC).getValue() - Integer.parseInt(value.substring(from, from + 4));
    return age >= 16 && age <= 100;
  }

  /**
   * Digits alone may be any number. Therefore a value counts as a phone number only if it begins
   * with + or 0, or has separators.
   */
  private static boolean phone(String value) {
    if (!PHONE_FORM.matches(value)
        || ISO_DAY.matches(value)
        || YEAR_LAST.matches(value)
        || ISBN.matches(value)) {
      return false;
    }
    long digits = value.chars().filter(Character::isDigit).count();
    boolean marked = value.startsWith("+") || value.startsWith("0") || value.startsWith("(");
    boolean grouped = GROUPED.matches(value) && !THREE_DOTS.matches(value);
    return digits >= 7 && digits <= 15 && (marked || grouped);
  }

  private static int words(String value) {
    return value.strip().split("\\s+", -1).length;
  }
}
