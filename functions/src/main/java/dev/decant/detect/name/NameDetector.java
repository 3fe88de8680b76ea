package dev.decant.detect.name;

import dev.decant.detect.Category;
import dev.decant.detect.Verdict;
import dev.decant.detect.name.PersonalNames.Match;
import dev.decant.schema.Column;
import dev.decant.schema.Table;
import dev.decant.schema.TypeCategory;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out from the names and types of a table's columns which of them hold personal data. It
 * ignores keys, because only the constraints of the schema show whether a number refers to a row.
 *
 * <p>Known terms in the name of a column come first, see {@link NameMatcher}. If there are none,
 * the type and the subject of the table decide. An instance is immutable, so any number of threads
 * may use it.
 */
public final class NameDetector {
  private static final int CODE = 8;
  private static final int TINY = 2;

  /** Regions, initials and ages fit into two characters. */
  private static final Set<Category> IN_TWO_CHARACTERS =
      EnumSet.of(Category.REGION, Category.FIRST_NAME, Category.AGE);

  private final TableContext table;
  private final NameMatcher matcher;

  private NameDetector(TableContext table) {
    this.table = table;
    this.matcher = new NameMatcher(table);
  }

  /** A detector for the columns of one table. */
  public static NameDetector of(Table table) {
    return new NameDetector(TableContext.of(table));
  }

  /** The name of the thing that documents in a column are about: the column, or else the table. */
  public String inside(Column column, String table) {
    return TableSubjects.nature(column.name(), List.of()) == TableNature.OTHER
        ? table
        : column.name();
  }

  /** The verdict on a column of the table by its name and type. */
  public Verdict verdict(Column column) {
    List<String> words = table.words(column);
    if (table.isKey(words)) {
      return new Verdict.Unknown("by its name, it is the key of the table");
    }
    TypeCategory type = valueType(column);
    if (type == TypeCategory.FLOAT
        && column.type().category() == TypeCategory.ARRAY
        && matcher.match(words, type).isEmpty()) {
      return new Verdict.Unknown("a list of numbers, such as a vector that a model computed");
    }
    Verdict verdict = roomy(column, byName(words, type));
    List<String> rest = table.tag().strip(words);
    if (!isPersonal(verdict) && rest.size() < words.size()) {
      Verdict ofRest = byName(rest, type);
      boolean text = type == TypeCategory.TEXT && ofRest instanceof Verdict.Harmless;
      boolean lessPersonal = verdict instanceof Verdict.Harmless && !isPersonal(ofRest);
      verdict = text || lessPersonal ? verdict : ofRest;
    }
    return verdict instanceof Verdict.Unknown && !isCode(column)
        ? NatureDetector.verdict(table, rest, type).orElse(verdict)
        : verdict;
  }

  private static boolean isPersonal(Verdict verdict) {
    return verdict instanceof Verdict.Personal;
  }

  /** {@code cc char(2)} is a code of a country and no payment card. */
  private static Verdict roomy(Column column, Verdict verdict) {
    int length = column.type().maxLength();
    return length > 0
            && length <= TINY
            && verdict instanceof Verdict.Personal personal
            && !personal.category().sensitive()
            && !IN_TWO_CHARACTERS.contains(personal.category())
        ? new Verdict.Unknown("it has room for so few characters that it can only hold a code")
        : verdict;
  }

  /** Whether the column has room for so few characters that it holds codes and not texts. */
  private boolean isCode(Column column) {
    int length = column.type().maxLength();
    return table.subjectCategory() == null
        && table.nature() != TableNature.HEALTH
        && length > 0
        && length <= CODE;
  }

  private Verdict byName(List<String> words, TypeCategory type) {
    Optional<Match> match = matcher.match(words, type);
    if (match.isPresent() && match.get().term().category().sensitive()) {
      return personal(match.get(), true);
    }
    return switch (type) {
      case BOOLEAN ->
          match.map(m -> personal(m, false)).orElseGet(() -> NumberNames.flag(table, words));
      case TIME, DATE, TIMESTAMP ->
          match.map(this::personal).orElseGet(() -> TimeNames.verdict(table, words, type));
      case SMALLINT, INTEGER, BIGINT, NUMERIC, FLOAT ->
          match.map(this::personal).orElseGet(() -> NumberNames.number(table, words, type));
      case ENUM -> enumeration(match);
      case INET, CIDR -> new Verdict.Personal(Category.IP, true, "its type is a network address");
      case MACADDR -> new Verdict.Personal(Category.MAC, true, "its type is a hardware address");
      case POINT -> new Verdict.Personal(Category.COORDINATES, false, "its type is a position");
      case INTERVAL -> new Verdict.Harmless("a duration");
      case TEXT, UUID, BYTEA, JSON, XML, HSTORE, TSVECTOR, ARRAY, RANGE, COMPOSITE, OTHER ->
          match.map(this::personal).orElseGet(() -> TextNames.verdict(table, words, type));
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

  private Verdict personal(Match match) {
    return personal(match, !match.term().weak() && match.term().category() != Category.DOCUMENT);
  }

  private static Verdict personal(Match match, boolean sure) {
    Category category = match.term().category();
    return new Verdict.Personal(category, sure, "by its name: " + category.label());
  }

  private static Verdict enumeration(Optional<Match> match) {
    return match.isPresent() && match.get().term().category() == Category.REGION
        ? personal(match.get(), false)
        : new Verdict.Harmless("a state or a kind from a fixed list");
  }
}
