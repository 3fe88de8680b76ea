package dev.decant.detect.name;

import dev.decant.detect.Category;
import dev.decant.detect.name.PersonalNames.Match;
import dev.decant.schema.Column;
import dev.decant.schema.Table;
import dev.decant.schema.TypeCategory;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The facts about a table that change the meaning of its columns' names. An instance is immutable.
 */
final class TableContext {
  private static final List<String> VALUE = List.of("value");

  private static final List<String> ID = List.of("id");

  /**
   * A table uses texts as keys if it has this many of them called {@code id} or {@code x_id}. The
   * name of a person, as in {@code user_id}, counts only beside {@code id}.
   */
  private static final int TEXT_KEYS = 3;

  private final List<String> words;
  private final TableNature nature;
  private final boolean catalogue;
  private final boolean document;
  private final boolean pairs;
  private final boolean ofPersons;
  private final boolean measures;
  private final boolean daysOfYear;
  private final boolean textKeys;
  private final TableTag tag;
  private final GluedTags glued;
  private final @Nullable Category subject;
  private final Set<Category> neighbours = EnumSet.noneOf(Category.class);

  private TableContext(Table table) {
    List<List<String>> written =
        table.columns().stream().map(Column::name).map(NameWords::of).toList();
    this.glued = GluedTags.of(written);
    List<List<String>> columns = written.stream().map(glued::split).toList();
    this.words = NameWords.of(table.name().name());
    this.catalogue = TableSubjects.isCatalogue(words, columns);
    this.document = TableSubjects.isBusinessDocument(words);
    this.nature =
        catalogue ? TableNature.OTHER : TableSubjects.nature(table.name().name(), columns);
    this.ofPersons = !catalogue && PersonColumns.ofPersons(words, columns);
    this.pairs = columns.contains(VALUE);
    this.tag = TableTag.of(columns);
    columns.stream()
        .flatMap(name -> PersonalNames.STANDARD.in(name).stream())
        .filter(m -> !m.term().weak())
        .forEach(m -> neighbours.add(m.term().category()));
    this.daysOfYear = columns.contains(List.of("day")) && columns.contains(List.of("month"));
    this.measures = ofPersons && columns.stream().filter(TableContext::measure).count() > 1;
    this.textKeys = hasTextKeys(table.columns());
    this.subject = subject();
  }

  static TableContext of(Table table) {
    return new TableContext(table);
  }

  private static boolean measure(List<String> words) {
    return PersonalNames.STANDARD.in(words).stream()
        .anyMatch(m -> m.to() == words.size() && m.term().category() == Category.HEALTH);
  }

  private static boolean hasTextKeys(List<Column> columns) {
    List<List<String>> ids =
        columns.stream()
            .filter(column -> column.type().category() == TypeCategory.TEXT)
            .map(column -> NameWords.of(column.name()))
            .filter(name -> name.getLast().equals("id"))
            .toList();
    return ids.contains(ID)
        ? ids.size() >= TEXT_KEYS
        : ids.stream().filter(name -> name.stream().noneMatch(PersonWords::isPerson)).count()
            >= TEXT_KEYS;
  }

  /** A list of religions shows nothing about a person, but the religions of persons do. */
  private @Nullable Category subject() {
    boolean ofBody = nature == TableNature.HEALTH || nature == TableNature.PERSON || ofPersons;
    return PersonalNames.STANDARD.in(words).stream()
        .map(Match::term)
        .filter(term -> !catalogue && !term.weak() && term.category().sensitive())
        .map(PersonalNames.Term::category)
        .filter(category -> ofBody || category == Category.HEALTH)
        .findFirst()
        .orElse(null);
  }

  TableNature nature() {
    return nature;
  }

  boolean isAbout(TableNature... natures) {
    return List.of(natures).contains(nature);
  }

  /** Whether its rows are kinds, states or articles, and not what persons have or do. */
  boolean catalogue() {
    return catalogue;
  }

  /** Whether its rows are orders, invoices and the like, which repeat data of persons. */
  boolean document() {
    return document;
  }

  /** Whether the table holds pairs of a name and a value. */
  boolean pairs() {
    return pairs;
  }

  /** Whether the rows belong to persons, although the table may be about something else. */
  boolean ofPersons() {
    return ofPersons;
  }

  /** Whether the rows belong to persons and have several measures, such as height and weight. */
  boolean measures() {
    return measures;
  }

  /** Whether the rows belong to persons and have a day and a month, as birthdays do. */
  boolean birthdays() {
    return ofPersons && daysOfYear;
  }

  /** Whether its texts that are called {@code x_id} refer to rows. */
  boolean textKeys() {
    return textKeys;
  }

  TableTag tag() {
    return tag;
  }

  /** The words of the name of a column. */
  List<String> words(Column column) {
    return glued.split(NameWords.of(column.name()));
  }

  /** The sensitive category that the name of the table shows, or null. */
  @Nullable Category subjectCategory() {
    return subject;
  }

  /** Whether a column has a name that unambiguously shows the category. */
  boolean has(Category category) {
    return neighbours.contains(category);
  }

  boolean hasAny(Set<Category> categories) {
    return neighbours.stream().anyMatch(categories::contains);
  }

  /** Whether the table has a column that only an address has. */
  boolean postal() {
    return has(Category.STREET) || has(Category.CITY) || has(Category.POSTCODE);
  }

  /** Whether the column is the key of the table: {@code customer_login.customer_login_id}. */
  boolean isKey(List<String> name) {
    return nature != TableNature.CREDENTIAL
        && name.size() == words.size() + 1
        && name.getLast().equals("id")
        && name.subList(0, words.size()).equals(words);
  }
}
