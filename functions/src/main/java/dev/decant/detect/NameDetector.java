package dev.decant.detect;

import dev.decant.detect.PersonalNames.Match;
import dev.decant.schema.Column;
import dev.decant.schema.Table;
import dev.decant.schema.TypeCategory;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out from the names and types of a table's columns which of them hold personal data. It
 * ignores keys, because only the constraints of the schema show whether a number refers to a row.
 *
 * <p>It searches each name for known terms. The term that ends last decides, because the last words
 * of a name usually state the kind of the values: {@code email_subject} is a subject, and {@code
 * phone_verified_at} is a time. An instance is immutable, so any number of threads may use it.
 */
public final class NameDetector {
  private static final Set<TypeCategory> WHOLE_NUMBERS =
      EnumSet.of(TypeCategory.SMALLINT, TypeCategory.INTEGER, TypeCategory.BIGINT);

  /** The categories whose values can be numbers. */
  private static final Set<Category> AS_NUMBERS =
      EnumSet.of(
          Category.PHONE,
          Category.POSTCODE,
          Category.COORDINATES,
          Category.BANK_ACCOUNT,
          Category.CREDIT_CARD,
          Category.FINANCE,
          Category.IP,
          Category.DEVICE,
          Category.BIRTH_DATE,
          Category.AGE,
          Category.NATIONAL_ID,
          Category.VAT_ID,
          Category.CUSTOMER_NUMBER,
          Category.PASSWORD);

  private static final Set<Category> NOT_POSTAL =
      EnumSet.of(Category.EMAIL, Category.IP, Category.MAC, Category.URL);

  private static final Set<Category> AS_TIMES =
      EnumSet.of(Category.BIRTH_DATE, Category.LIFE_EVENT, Category.CREDIT_CARD);

  private static final Set<String> NAME_WORDS =
      Set.of("name", "names", "naam", "nom", "nombre", "nome", "nazwa", "namn", "bezeichnung");
  private static final Set<String> TITLE_WORDS =
      Set.of("title", "titel", "titre", "titulo", "titolo", "tytul", "description", "beschreibung");

  private final TableNature nature;

  /** The special category that the name of the table shows, or null. */
  private final @Nullable Category subject;

  private NameDetector(TableNature nature, @Nullable Category subject) {
    this.nature = nature;
    this.subject = subject;
  }

  /** A detector for the columns of one table. */
  public static NameDetector of(Table table) {
    TableNature nature =
        TableNature.of(table.name().name(), table.columns().stream().map(Column::name).toList());
    Category subject =
        PersonalNames.STANDARD.in(NameWords.of(table.name().name())).stream()
            .filter(m -> !m.term().weak() && m.term().category().special())
            .map(m -> m.term().category())
            .findFirst()
            .orElse(null);
    return new NameDetector(nature, subject);
  }

  /** The name of the thing that documents in a column are about: the column, or else the table. */
  String inside(Column column, String table) {
    return TableNature.of(column.name(), List.of()) == TableNature.OTHER ? table : column.name();
  }

  /** The verdict on a column of the table by its name and type. */
  public Verdict verdict(Column column) {
    Verdict verdict = byColumn(column);
    return subject != null && verdict instanceof Verdict.Unknown
        ? new Verdict.Personal(subject, false, "its table is about " + subject.label())
        : verdict;
  }

  private Verdict byColumn(Column column) {
    List<String> words = NameWords.of(column.name());
    TypeCategory type = valueType(column);
    Optional<Match> match = match(words, type);
    if (match.isPresent() && match.get().term().category().special()) {
      return personal(match.get());
    }
    return switch (type) {
      case BOOLEAN -> new Verdict.Harmless("a flag");
      case TIME, DATE, TIMESTAMP -> time(words, match);
      case SMALLINT, INTEGER, BIGINT, NUMERIC, FLOAT -> number(words, type, match);
      case ENUM -> enumeration(match);
      case INET, CIDR -> new Verdict.Personal(Category.IP, true, "its type is a network address");
      case MACADDR -> new Verdict.Personal(Category.MAC, true, "its type is a hardware address");
      case POINT -> new Verdict.Personal(Category.COORDINATES, false, "its type is a position");
      case INTERVAL -> new Verdict.Harmless("a duration");
      case TEXT, UUID, BYTEA, JSON, XML, HSTORE, TSVECTOR, ARRAY, RANGE, COMPOSITE, OTHER ->
          text(words, type, match);
    };
  }

  /**
   * The type of an array's elements, because the name of an array column usually describes its
   * elements.
   */
  private static TypeCategory valueType(Column column) {
    return column.type().element() == null
        ? column.type().category()
        : column.type().element().category();
  }

  /** The term that decides, unless the words after it make the column harmless. */
  private Optional<Match> match(List<String> words, TypeCategory type) {
    List<Match> all = PersonalNames.STANDARD.in(words);
    return all.stream()
        .filter(m -> !m.term().weak() || nature == TableNature.PERSON)
        .filter(m -> !isAddressOfAnotherKind(m, all))
        .filter(m -> m.term().category().special() || staysPersonal(words, m, type))
        .max(
            Comparator.comparingInt(Match::to)
                .thenComparingInt(m -> m.to() - m.from())
                .thenComparing(m -> m.term().category(), Comparator.reverseOrder()));
  }

  /** Whether "address" is that of {@code e_mail_adresse} or {@code ip_address_1}. */
  private static boolean isAddressOfAnotherKind(Match match, List<Match> all) {
    return match.term().category() == Category.ADDRESS
        && all.stream()
            .anyMatch(m -> m.to() == match.from() && NOT_POSTAL.contains(m.term().category()));
  }

  private static boolean staysPersonal(List<String> words, Match match, TypeCategory type) {
    List<String> tail = words.subList(match.to(), words.size());
    if (tail.isEmpty()) {
      return true;
    }
    String last = tail.getLast();
    if (tail.size() == 1 && last.equals("id")) {
      return type == TypeCategory.TEXT && match.term().category() == Category.EMAIL;
    }
    return !TechnicalNames.TECHNICAL_TAIL.holds(last)
        || tail.stream().allMatch(NameDetector::neutral);
  }

  private static boolean neutral(String word) {
    return Character.isDigit(word.charAt(0)) || TechnicalNames.NEUTRAL_TAIL.holds(word);
  }

  private static Verdict personal(Match match) {
    return personal(match, true);
  }

  private static Verdict personal(Match match, boolean sure) {
    Category category = match.term().category();
    return new Verdict.Personal(category, sure, "by its name: " + category.label());
  }

  private Verdict time(List<String> words, Optional<Match> match) {
    if (match.isPresent() && AS_TIMES.contains(match.get().term().category())) {
      return personal(match.get());
    }
    if (systemTime(words)) {
      return new Verdict.Harmless("a time that the system sets");
    }
    return new Verdict.Unknown("a date whose meaning the name does not show");
  }

  /** {@code created_at}, {@code last_update}, {@code date_joined}, {@code email_sent_at}. */
  private static boolean systemTime(List<String> words) {
    if (TechnicalNames.TIMESTAMP.holds(words)) {
      return true;
    }
    boolean tail = words.size() > 1 && TechnicalNames.TIMESTAMP_TAIL.holds(words.getLast());
    List<String> rest = tail ? words.subList(0, words.size() - 1) : words;
    for (int from = 0; from < rest.size(); from++) {
      if (TechnicalNames.TIMESTAMP.holds(rest.subList(from, rest.size()))) {
        return true;
      }
    }
    return words.getLast().equals("at");
  }

  private Verdict number(List<String> words, TypeCategory type, Optional<Match> match) {
    if (match.isPresent() && numeric(match.get(), words)) {
      return personal(match.get());
    }
    if (TechnicalNames.COUNTER.holds(words)
        || TechnicalNames.COUNTER.holds(words.getLast())
        || TechnicalNames.COUNTER.holds(words.getFirst())) {
      return new Verdict.Harmless("a counter or a measure of the system");
    }
    if (WHOLE_NUMBERS.contains(type)
        && (TechnicalNames.STATE.holds(words) || TechnicalNames.STATE.holds(words.getLast()))) {
      return new Verdict.Harmless("a state or a kind");
    }
    if (type == TypeCategory.SMALLINT && TechnicalNames.FLAG_HEAD.holds(words.getFirst())) {
      return new Verdict.Harmless("a flag");
    }
    return new Verdict.Unknown("a number whose meaning the name does not show");
  }

  /** A number of tokens is no secret, but a code of six digits is. */
  private static boolean numeric(Match match, List<String> words) {
    Category category = match.term().category();
    return AS_NUMBERS.contains(category)
        || (category == Category.SECRET && match.to() == words.size());
  }

  private static Verdict enumeration(Optional<Match> match) {
    return match.isPresent() && match.get().term().category() == Category.REGION
        ? personal(match.get(), false)
        : new Verdict.Harmless("a state or a kind from a fixed list");
  }

  private Verdict text(List<String> words, TypeCategory type, Optional<Match> match) {
    if (match.isPresent()) {
      return personal(match.get());
    }
    String last = words.isEmpty() ? "" : words.getLast();
    if (NAME_WORDS.contains(last)) {
      return name(words);
    }
    boolean state = TechnicalNames.STATE.holds(words) || TechnicalNames.STATE.holds(last);
    if (type == TypeCategory.TEXT && state && !address(words)) {
      return new Verdict.Harmless("a state or a kind");
    }
    if (type == TypeCategory.TEXT && address(words)) {
      return new Verdict.Personal(Category.REGION, false, "by its name: part of an address");
    }
    if (type == TypeCategory.TEXT
        && (nature == TableNature.TEXT || nature == TableNature.PERSON)
        && TITLE_WORDS.contains(last)) {
      return new Verdict.Personal(Category.FREE_TEXT, false, "text that a person may have written");
    }
    return new Verdict.Unknown("neither its name nor its type shows what it holds");
  }

  /**
   * Words that mean a part of an address if the table is about persons, organizations or addresses.
   */
  private boolean address(List<String> words) {
    return (nature == TableNature.PERSON
            || nature == TableNature.ADDRESS
            || nature == TableNature.ORGANIZATION)
        && Set.of("state", "region", "country", "county", "province")
            .contains(String.join("", words));
  }

  /**
   * The verdict on a column that is only called {@code name}, which may be that of a person, an
   * organization, or a thing.
   */
  private Verdict name(List<String> words) {
    boolean alone = words.size() == 1;
    return switch (nature) {
      case PERSON ->
          new Verdict.Personal(
              Category.FULL_NAME, alone, "by its name and its table: a person's name");
      case ORGANIZATION, ADDRESS ->
          new Verdict.Personal(
              Category.COMPANY, alone, "by its name and its table: an organization's name");
      case TEXT, OTHER -> new Verdict.Unknown("a name, which may be a person's");
    };
  }
}
