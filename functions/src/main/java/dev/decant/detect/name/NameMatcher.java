package dev.decant.detect.name;

import dev.decant.detect.Category;
import dev.decant.detect.name.PersonalNames.Match;
import dev.decant.schema.TypeCategory;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which of the terms in a column's name counts. The term that ends last decides, because
 * the last words of a name usually state the kind of the values: {@code email_subject} is a
 * subject, and {@code phone_verified_at} is a time.
 */
final class NameMatcher {
  private static final Set<Category> NOT_POSTAL =
      EnumSet.of(Category.EMAIL, Category.IP, Category.MAC, Category.URL);

  /** The names {@code email_id} and {@code login_id} do not make a text column an identifier. */
  private static final Set<Category> NAMED_BY_ID =
      EnumSet.of(Category.EMAIL, Category.USERNAME, Category.NATIONAL_ID, Category.SECRET);

  private static final Set<Category> AS_UUIDS =
      EnumSet.of(Category.DEVICE, Category.SECRET, Category.CUSTOMER_NUMBER);

  private static final Set<Category> CONTENTS =
      EnumSet.of(Category.FREE_TEXT, Category.IMAGE, Category.DOCUMENT);

  /** {@code meta} may be a document, but {@code meta_chapter} is not. */
  private static final Set<Category> ONLY_AT_THE_END =
      EnumSet.of(
          Category.DOCUMENT,
          Category.DEVICE,
          Category.EMAIL,
          Category.FINANCE,
          Category.FREE_TEXT,
          Category.FIRST_NAME,
          Category.LAST_NAME,
          Category.IMAGE,
          Category.JOB);

  /** {@code id_banco} refers to a row, and is no bank. */
  private static final Set<String> REFERENCES = Set.of("id", "fk", "idx");

  /** First words of whole numbers that refer to a row: {@code ref_cod_matricula}. */
  private static final Set<String> NUMBERED_REFERENCES = Set.of("cod", "ref", "kod");

  private static final Set<String> TITLES =
      Set.of("title", "titel", "titre", "titulo", "titolo", "tytul", "headline");

  private static final Set<Category> NAMES_OF_PERSONS =
      EnumSet.of(Category.FIRST_NAME, Category.LAST_NAME, Category.FULL_NAME);

  private final TableContext table;
  private final MatchCounts counts;

  NameMatcher(TableContext table) {
    this.table = table;
    this.counts = new MatchCounts(table);
  }

  /** The term that decides, unless the words after it make the column harmless. */
  Optional<Match> match(List<String> words, TypeCategory type) {
    List<Match> all = PersonalNames.STANDARD.in(words);
    return all.stream()
        .filter(counts::counts)
        .filter(m -> !isAddressOfAnotherKind(m, all))
        .filter(m -> !isTitleOfContent(m, words))
        .filter(
            m ->
                (m.term().category().sensitive() && !isReference(m, words, type))
                    || (staysPersonal(words, m, type) && counts.fits(words, m, type)))
        .max(
            Comparator.comparingInt(Match::to)
                .thenComparingInt(m -> m.to() - m.from())
                .thenComparing(this::isNameOfOrganization)
                .thenComparing(m -> m.term().category(), Comparator.reverseOrder()));
  }

  /** {@code companies.legal_name}, which is the name of a person in other tables. */
  private boolean isNameOfOrganization(Match match) {
    return table.nature() == TableNature.ORGANIZATION
        && match.term().category() == Category.COMPANY;
  }

  /** Whether "address" is that of {@code e_mail_adresse} or {@code ip_address_1}. */
  private static boolean isAddressOfAnotherKind(Match match, List<Match> all) {
    return match.term().category() == Category.ADDRESS
        && all.stream()
            .anyMatch(m -> m.to() == match.from() && NOT_POSTAL.contains(m.term().category()));
  }

  /** {@code posts.title}, but not {@code employees.title}, which is beside the name of a person. */
  private boolean isTitleOfContent(Match match, List<String> words) {
    return match.term().category() == Category.JOB
        && match.term().weak()
        && TITLES.contains(words.get(match.to() - 1))
        && (table.nature() == TableNature.TEXT
            || (table.nature() != TableNature.PERSON && !table.hasAny(NAMES_OF_PERSONS)));
  }

  /** {@code person.party_id} and a number {@code party} refer to a row, and are no opinion. */
  private static boolean isReference(Match match, List<String> words, TypeCategory type) {
    boolean id = match.to() < words.size() && words.getLast().equals("id");
    boolean party = match.term().category() == Category.POLITICAL_OPINION && isWhole(type);
    return match.term().weak() && (id || party);
  }

  private boolean staysPersonal(List<String> words, Match match, TypeCategory type) {
    return !isTechnicalBefore(words, match, type)
        && (type != TypeCategory.UUID || fitsUuid(match))
        && !isTechnicalAfter(words, match, type);
  }

  private static boolean fitsUuid(Match match) {
    return AS_UUIDS.contains(match.term().category())
        && (!match.term().weak() || match.term().category() != Category.CUSTOMER_NUMBER);
  }

  /** Whether the words before the term show that the column describes something else. */
  private boolean isTechnicalBefore(List<String> words, Match match, TypeCategory type) {
    if (match.from() == 0) {
      return false;
    }
    Category category = match.term().category();
    String before = words.get(match.from() - 1);
    return TechnicalNames.TECHNICAL_HEAD.holds(words.subList(0, match.from()))
        || TechnicalNames.TYPE_HEAD.holds(words.getFirst())
        || (REFERENCES.contains(before) && !NAMED_BY_ID.contains(category))
        || (isWhole(type) && NUMBERED_REFERENCES.contains(before))
        || (category == Category.URL
            && match.term().weak()
            && TechnicalNames.ENDPOINT.holds(before));
  }

  private static boolean isWhole(TypeCategory type) {
    return type == TypeCategory.SMALLINT
        || type == TypeCategory.INTEGER
        || type == TypeCategory.BIGINT;
  }

  /** Whether the words after the term show that the column describes something else. */
  private boolean isTechnicalAfter(List<String> words, Match match, TypeCategory type) {
    Category category = match.term().category();
    List<String> tail = words.subList(match.to(), words.size());
    if (tail.isEmpty()) {
      return table.textKeys() && match.term().weak() && words.getLast().equals("id");
    }
    String last = tail.getLast();
    if (TechnicalNames.FILE_TAIL.holds(last) && CONTENTS.contains(category)) {
      return true;
    }
    boolean postal = MatchCounts.POSTAL.contains(category) && type == TypeCategory.TEXT;
    if (postal && table.postal() && (last.equals("code") || last.equals("id"))) {
      return false;
    }
    if (tail.size() == 1 && last.equals("id")) {
      return type != TypeCategory.TEXT || !NAMED_BY_ID.contains(category) || table.textKeys();
    }
    if (category == Category.FINANCE && last.equals("score")) {
      return false;
    }
    boolean neutral = tail.stream().allMatch(NameMatcher::neutral);
    boolean code = postal && last.equals("code") && table.nature() == TableNature.PERSON;
    return !code
        && !neutral
        && (TechnicalNames.TECHNICAL_TAIL.holds(last)
            || tail.stream().anyMatch(TechnicalNames.MAPPING_TAIL::holds)
            || (match.term().weak() && ONLY_AT_THE_END.contains(category)));
  }

  private static boolean neutral(String word) {
    return Character.isDigit(word.charAt(0)) || TechnicalNames.NEUTRAL_TAIL.holds(word);
  }
}
