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
          Category.STREET,
          Category.PASSWORD);

  private static final Set<Category> NOT_POSTAL =
      EnumSet.of(Category.EMAIL, Category.IP, Category.MAC, Category.URL);

  /** The names {@code email_id} and {@code login_id} do not make a text column an identifier. */
  private static final Set<Category> NAMED_BY_ID =
      EnumSet.of(Category.EMAIL, Category.USERNAME, Category.NATIONAL_ID, Category.SECRET);

  /** Categories whose columns usually occur together, besides those of money. */
  private static final Set<Category> BY_NEIGHBOURS =
      EnumSet.of(Category.NATIONAL_ID, Category.VEHICLE, Category.CREDIT_CARD);

  private static final Set<Category> MONEY =
      EnumSet.of(Category.IBAN, Category.BANK_ACCOUNT, Category.CREDIT_CARD, Category.FINANCE);

  /** Terms of these kinds, such as "owner", often name a reference or a thing. */
  private static final Set<Category> AMBIGUOUS_ROLES =
      EnumSet.of(Category.FULL_NAME, Category.USERNAME);

  private static final Set<Category> POSTAL =
      EnumSet.of(Category.STREET, Category.CITY, Category.POSTCODE, Category.REGION);

  private static final Set<Category> AS_UUIDS =
      EnumSet.of(Category.DEVICE, Category.SECRET, Category.CUSTOMER_NUMBER);

  private static final Set<Category> CONTENTS =
      EnumSet.of(Category.FREE_TEXT, Category.IMAGE, Category.DOCUMENT);

  private static final Set<Category> AS_TIMES =
      EnumSet.of(Category.BIRTH_DATE, Category.LIFE_EVENT, Category.CREDIT_CARD);

  private static final Set<String> NAME_WORDS =
      Set.of("name", "names", "naam", "nom", "nombre", "nome", "nazwa", "namn", "bezeichnung");
  private static final List<String> NAME_ENDS = List.of("name", "naam", "namn");
  private static final Set<String> TITLE_WORDS =
      Set.of("title", "titel", "titre", "titulo", "titolo", "tytul", "description", "beschreibung");

  private static final Set<String> FINDINGS =
      Set.of("value", "result", "positive", "negative", "abnormal", "normal", "finding");
  private static final Set<String> BY = Set.of("by", "von", "par", "door", "av");
  private static final Set<String> SORTING = Set.of("order", "sort", "group", "divide", "multiply");

  /** {@code id_banco} refers to a row, and is no bank. */
  private static final Set<String> REFERENCES = Set.of("id", "fk", "idx");

  private static final Set<String> PARTS_OF_DAY = Set.of("day", "month", "year");

  private static final Set<String> NUMBER_OF = Set.of("num", "numero", "nr", "nro");
  private static final int CODE = 8;
  private static final int TINY = 2;

  /** Regions, initials and ages fit into two characters. */
  private static final Set<Category> IN_TWO_CHARACTERS =
      EnumSet.of(Category.REGION, Category.FIRST_NAME, Category.AGE);

  private static final List<String> VALUE = List.of("value");

  private final TableNature nature;

  /** Whether the table holds pairs of a name and a value. */
  private final boolean pairs;

  /** The categories of the columns whose names are unambiguous. */
  private final Set<Category> neighbours = EnumSet.noneOf(Category.class);

  private final TableTag tag;

  /** Whether the rows belong to persons, although the table may be about something else. */
  private final boolean ofPersons;

  /** Whether the rows belong to persons and have several measures, such as height and weight. */
  private final boolean measures;

  /** Whether the table has a day and a month, as tables of birthdays do. */
  private final boolean daysOfYear;

  /** The special category that the name of the table shows, or null. */
  private final @Nullable Category subject;

  private NameDetector(Table table) {
    List<List<String>> columns =
        table.columns().stream().map(Column::name).map(NameWords::of).toList();
    String name = table.name().name();
    this.nature = TableNature.of(name, table.columns().stream().map(Column::name).toList());
    this.pairs = columns.contains(VALUE);
    this.tag = TableTag.of(columns);
    this.ofPersons = TableNature.ofPersons(NameWords.of(name), columns);
    columns.stream()
        .flatMap(words -> PersonalNames.STANDARD.in(words).stream())
        .filter(m -> !m.term().weak())
        .forEach(m -> neighbours.add(m.term().category()));
    this.daysOfYear = columns.contains(List.of("day")) && columns.contains(List.of("month"));
    this.measures = ofPersons && columns.stream().filter(NameDetector::measure).count() > 1;
    this.subject =
        PersonalNames.STANDARD.in(NameWords.of(name)).stream()
            .filter(m -> !m.term().weak() && m.term().category().special())
            .map(m -> m.term().category())
            .findFirst()
            .orElse(null);
  }

  private static boolean measure(List<String> words) {
    return PersonalNames.STANDARD.in(words).stream()
        .anyMatch(m -> m.to() == words.size() && m.term().category() == Category.HEALTH);
  }

  /** A detector for the columns of one table. */
  public static NameDetector of(Table table) {
    return new NameDetector(table);
  }

  /** The name of the thing that documents in a column are about: the column, or else the table. */
  String inside(Column column, String table) {
    return TableNature.of(column.name(), List.of()) == TableNature.OTHER ? table : column.name();
  }

  /** The verdict on a column of the table by its name and type. */
  public Verdict verdict(Column column) {
    List<String> words = NameWords.of(column.name());
    TypeCategory type = valueType(column);
    Verdict verdict = roomy(column, byName(words, type));
    List<String> rest = tag.strip(words);
    if (verdict instanceof Verdict.Unknown && rest.size() < words.size()) {
      Verdict ofRest = byName(rest, type);
      boolean text = type == TypeCategory.TEXT && ofRest instanceof Verdict.Harmless;
      verdict = text ? verdict : ofRest;
    }
    if (!(verdict instanceof Verdict.Unknown) || isCode(column)) {
      return verdict;
    }
    return subject == null
        ? NatureDetector.verdict(nature, ofPersons, rest, type).orElse(verdict)
        : new Verdict.Personal(subject, false, "its table is about " + subject.label());
  }

  /** {@code cc char(2)} is a code of a country and no payment card. */
  private static Verdict roomy(Column column, Verdict verdict) {
    int length = column.type().maxLength();
    return length > 0
            && length <= TINY
            && verdict instanceof Verdict.Personal personal
            && !personal.category().special()
            && !IN_TWO_CHARACTERS.contains(personal.category())
        ? new Verdict.Unknown("it has room for so few characters that it can only hold a code")
        : verdict;
  }

  /** Whether the column has room for so few characters that it holds codes and not texts. */
  private boolean isCode(Column column) {
    int length = column.type().maxLength();
    return subject == null && nature != TableNature.HEALTH && length > 0 && length <= CODE;
  }

  private Verdict byName(List<String> words, TypeCategory type) {
    Optional<Match> match = match(words, type);
    if (match.isPresent() && match.get().term().category().special()) {
      return personal(match.get());
    }
    return switch (type) {
      case BOOLEAN -> flag(words, match);
      case TIME, DATE, TIMESTAMP -> time(words, type, match);
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
        .filter(this::counts)
        .filter(m -> !isAddressOfAnotherKind(m, all))
        .filter(
            m ->
                m.term().category().special()
                    || (staysPersonal(words, m, type) && fits(words, m, type)))
        .max(
            Comparator.comparingInt(Match::to)
                .thenComparingInt(m -> m.to() - m.from())
                .thenComparing(m -> m.term().category(), Comparator.reverseOrder()));
  }

  /**
   * Whether a column of the type can have such values. {@code telefone_empresa} is no company if it
   * is a number.
   */
  private boolean fits(List<String> words, Match match, TypeCategory type) {
    return switch (type) {
      case SMALLINT, INTEGER, BIGINT, NUMERIC, FLOAT -> numeric(match, words);
      case TIME, DATE, TIMESTAMP -> AS_TIMES.contains(match.term().category());
      case BOOLEAN -> match.term().category() == Category.FINANCE;
      case TEXT,
          UUID,
          BYTEA,
          JSON,
          XML,
          HSTORE,
          TSVECTOR,
          ARRAY,
          RANGE,
          COMPOSITE,
          INTERVAL,
          INET,
          CIDR,
          MACADDR,
          POINT,
          ENUM,
          OTHER ->
          true;
    };
  }

  /**
   * An ambiguous term counts if the table has a matching subject, or other columns of the same
   * kind.
   */
  private boolean counts(Match match) {
    Category category = match.term().category();
    if (match.term().weak() && category == Category.STREET) {
      return match.from() == 0 && (nature == TableNature.ADDRESS || postal());
    }
    return !match.term().weak()
        || category == Category.FREE_TEXT
        || nature.decides(category)
        || (ofPersons
            && TableNature.PERSON.decides(category)
            && !category.special()
            && !POSTAL.contains(category)
            && !AMBIGUOUS_ROLES.contains(category))
        || (neighbours.contains(category) && BY_NEIGHBOURS.contains(category))
        || (category != Category.CREDIT_CARD
            && MONEY.contains(category)
            && neighbours.stream().anyMatch(MONEY::contains))
        || (POSTAL.contains(category) && postal())
        || (category == Category.HEALTH && measures);
  }

  /** Whether the table has a column that only an address has. */
  private boolean postal() {
    return neighbours.contains(Category.STREET)
        || neighbours.contains(Category.CITY)
        || neighbours.contains(Category.POSTCODE);
  }

  /** Whether "address" is that of {@code e_mail_adresse} or {@code ip_address_1}. */
  private static boolean isAddressOfAnotherKind(Match match, List<Match> all) {
    return match.term().category() == Category.ADDRESS
        && all.stream()
            .anyMatch(m -> m.to() == match.from() && NOT_POSTAL.contains(m.term().category()));
  }

  private boolean staysPersonal(List<String> words, Match match, TypeCategory type) {
    if (match.from() > 0 && TechnicalNames.TECHNICAL_HEAD.holds(words.subList(0, match.from()))) {
      return false;
    }
    if (match.from() > 0
        && REFERENCES.contains(words.get(match.from() - 1))
        && !NAMED_BY_ID.contains(match.term().category())) {
      return false;
    }
    if (type == TypeCategory.UUID && !AS_UUIDS.contains(match.term().category())) {
      return false;
    }
    List<String> tail = words.subList(match.to(), words.size());
    if (tail.isEmpty()) {
      return true;
    }
    String last = tail.getLast();
    if (TechnicalNames.FILE_TAIL.holds(last) && CONTENTS.contains(match.term().category())) {
      return false;
    }
    if (tail.size() == 1 && last.equals("id")) {
      return type == TypeCategory.TEXT && NAMED_BY_ID.contains(match.term().category());
    }
    boolean code =
        last.equals("code")
            && nature == TableNature.PERSON
            && POSTAL.contains(match.term().category());
    return code
        || !TechnicalNames.TECHNICAL_TAIL.holds(last)
        || tail.stream().allMatch(NameDetector::neutral);
  }

  private static boolean neutral(String word) {
    return Character.isDigit(word.charAt(0)) || TechnicalNames.NEUTRAL_TAIL.holds(word);
  }

  private static Verdict personal(Match match) {
    boolean sure = !match.term().weak() && match.term().category() != Category.DOCUMENT;
    return personal(match, sure || match.term().category().special());
  }

  private static Verdict personal(Match match, boolean sure) {
    Category category = match.term().category();
    return new Verdict.Personal(category, sure, "by its name: " + category.label());
  }

  private Verdict time(List<String> words, TypeCategory type, Optional<Match> match) {
    if (match.isPresent()) {
      return personal(match.get());
    }
    boolean bySystem = words.stream().anyMatch(TechnicalNames.SYSTEM_DAY::holds);
    if (!bySystem && type == TypeCategory.DATE && nature == TableNature.PERSON) {
      return new Verdict.Personal(Category.LIFE_EVENT, false, "a date in a table about persons");
    }
    if (!bySystem && isOfIdentityDocument(words)) {
      return new Verdict.Personal(Category.LIFE_EVENT, false, "a date of an identity document");
    }
    if (systemTime(words)) {
      return new Verdict.Harmless("a time that the system sets");
    }
    return nature == TableNature.HEALTH
        ? new Verdict.Personal(Category.HEALTH, false, "a date in a table about health")
        : new Verdict.Unknown("a date whose meaning the name does not show");
  }

  private static boolean isOfIdentityDocument(List<String> words) {
    return PersonalNames.STANDARD.in(words).stream()
        .anyMatch(m -> !m.term().weak() && m.term().category() == Category.NATIONAL_ID);
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
    if (match.isPresent()) {
      return personal(match.get());
    }
    if (NatureDetector.amount(nature, type)) {
      return new Verdict.Unknown("an amount in a table about salaries or about health");
    }
    if (ofPersons && daysOfYear && PARTS_OF_DAY.contains(words.getLast())) {
      return new Verdict.Personal(Category.BIRTH_DATE, false, "a part of a day of a person");
    }
    if (NUMBER_OF.contains(words.getFirst())
        && nature == TableNature.PERSON
        && !words.getLast().endsWith("s")) {
      return new Verdict.Personal(
          Category.CUSTOMER_NUMBER, false, "a number in a table about persons");
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

  private Verdict flag(List<String> words, Optional<Match> match) {
    if (match.isPresent()) {
      return personal(match.get(), false);
    }
    boolean finding =
        !TechnicalNames.SYSTEM_FLAG.holds(words.getLast())
            || words.stream().anyMatch(FINDINGS::contains);
    return nature == TableNature.HEALTH && finding
        ? new Verdict.Personal(Category.HEALTH, false, "a finding in a table about health")
        : new Verdict.Harmless("a flag");
  }

  /** A number of tokens is no secret, but a code of six digits is. */
  private boolean numeric(Match match, List<String> words) {
    Category category = match.term().category();
    return AS_NUMBERS.contains(category)
        || (category == Category.REGION
            && nature == TableNature.PERSON
            && !words.getLast().equals("id"))
        || (category == Category.USERNAME && !match.term().weak() && endsWithId(words, match))
        || (category == Category.SECRET
            && match.to() == words.size()
            && !words.getLast().equals("id"));
  }

  /**
   * {@code facebook_id}, a number that another service gave the person; but not {@code user_id}.
   */
  private static boolean endsWithId(List<String> words, Match match) {
    return match.to() == words.size()
        && match.to() - match.from() > 1
        && words.getLast().equals("id")
        && !person(words.get(match.from()));
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
    if (type == TypeCategory.TEXT && ofPerson(words, last)) {
      return new Verdict.Personal(Category.FULL_NAME, false, "by its name: somebody's name");
    }
    if (isName(last)) {
      return name(words);
    }
    boolean state =
        TechnicalNames.STATE.holds(words)
            || TechnicalNames.STATE.holds(last)
            || TechnicalNames.STATE_HEAD.holds(words.getFirst());
    boolean ofBody =
        words.size() > 1 && (nature == TableNature.PAYROLL || nature == TableNature.HEALTH);
    if (type == TypeCategory.TEXT && state && !ofBody && !address(words)) {
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

  /** {@code name}, and words that end with it: {@code beratername}. */
  private static boolean isName(String word) {
    return NAME_WORDS.contains(word) || NAME_ENDS.stream().anyMatch(word::endsWith);
  }

  private static boolean person(String word) {
    return TechnicalNames.ROLE.holds(word) || TechnicalNames.PERSON_TABLE.holds(word);
  }

  /** {@code approver_name}, {@code nombre_padre}, {@code author}. */
  private static boolean ofPerson(List<String> words, String last) {
    boolean named = words.stream().anyMatch(NameDetector::isName);
    return TechnicalNames.ROLE.holds(words)
        || (named && words.stream().anyMatch(w -> person(w) || BY.contains(w)))
        || (TechnicalNames.ROLE.holds(last) && words.size() <= 2)
        || (words.size() > 1 && BY.contains(last) && !SORTING.contains(words.getFirst()));
  }

  /**
   * Words that mean a part of an address if the table is about persons, organizations or addresses.
   */
  private boolean address(List<String> words) {
    return (nature == TableNature.ADDRESS || postal())
        && Set.of("state", "region", "country", "county", "province")
            .contains(String.join("", words));
  }

  /**
   * The verdict on a column that is only called {@code name}, which may be that of a person, an
   * organization, or a thing.
   */
  private Verdict name(List<String> words) {
    boolean alone = words.size() == 1;
    if (alone && pairs) {
      return new Verdict.Harmless("the name of a property, whose value is in another column");
    }
    return switch (nature) {
      case ORGANIZATION, ADDRESS ->
          new Verdict.Personal(
              Category.COMPANY, alone, "by its name and its table: an organization's name");
      case PERSON, HEALTH ->
          new Verdict.Personal(
              Category.FULL_NAME, alone, "by its name and its table: a person's name");
      case TEXT, CARD, BANK ->
          alone
              ? new Verdict.Personal(
                  Category.FULL_NAME, false, "by its name and its table: a person's name")
              : new Verdict.Unknown("a name, which may be a person's");
      case CREDENTIAL, DEVICE, PAYROLL, EVENT, SETTING, PROPERTY, OTHER ->
          alone && (neighbours.contains(Category.EMAIL) || neighbours.contains(Category.PHONE))
              ? new Verdict.Personal(
                  Category.FULL_NAME, false, "a name beside an e-mail address or a phone number")
              : new Verdict.Unknown("a name, which may be a person's");
    };
  }
}
