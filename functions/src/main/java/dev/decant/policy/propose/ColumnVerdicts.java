package dev.decant.policy.propose;

import dev.decant.detect.Category;
import dev.decant.detect.DocumentContents;
import dev.decant.detect.Verdict;
import dev.decant.detect.column.ColumnDetector;
import dev.decant.detect.column.ColumnProfile;
import dev.decant.detect.column.RowSamples;
import dev.decant.schema.Column;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The verdicts of the detector about the columns of a schema and a sample of its rows. */
final class ColumnVerdicts {
  /** A table with more rows does not count as a small catalogue. */
  private static final long SMALL = 200;

  /** A sample shows the length of values if it has this many of them. */
  private static final int ENOUGH = 20;

  /** A text of so few characters is a code. */
  private static final int CODE = 3;

  private static final Set<Category> SEARCHED =
      EnumSet.of(
          Category.FIRST_NAME,
          Category.LAST_NAME,
          Category.FULL_NAME,
          Category.USERNAME,
          Category.COMPANY,
          Category.JOB,
          Category.CITY,
          Category.REGION,
          Category.FREE_TEXT,
          Category.DOCUMENT);

  private final Schema schema;
  private final RowSamples samples;
  private final Map<TableName, ColumnDetector> detectors = new HashMap<>();
  private final Map<TableName, Boolean> catalogues = new HashMap<>();

  ColumnVerdicts(Schema schema, RowSamples samples) {
    this.schema = schema;
    this.samples = samples;
  }

  Verdict of(KeyGroups.Place place, Column column) {
    return detector(place.table())
        .map(d -> d.verdict(column, samples.of(place.table(), column.name())))
        .orElseGet(() -> new Verdict.Unknown("its table is not known"));
  }

  /** Whether a column shows nothing about a person, so that it is kept. */
  boolean isHarmless(KeyGroups.Place place) {
    return schema
        .table(place.table())
        .flatMap(t -> t.column(place.column()))
        .filter(c -> of(place, c) instanceof Verdict.Harmless)
        .isPresent();
  }

  /** The length of the longest value that the type allows, or else of a sample; -1 if unknown. */
  int longest(KeyGroups.Place place, Column column) {
    ColumnProfile sample = samples.of(place.table(), column.name());
    int declared = column.type().maxLength();
    return declared >= 0 || sample == null || sample.values() < ENOUGH
        ? declared
        : sample.longest();
  }

  /**
   * Whether people search for the words of a column, so that a search vector may be made of them:
   * names and texts, but no passwords, addresses of e-mail, phone numbers and special categories.
   */
  boolean isSearched(KeyGroups.Place place) {
    return schema
        .table(place.table())
        .flatMap(t -> t.column(place.column()))
        .filter(c -> c.type().maxLength() < 0 || c.type().maxLength() > CODE)
        .map(c -> of(place, c))
        .filter(
            verdict -> !(verdict instanceof Verdict.Personal p) || SEARCHED.contains(p.category()))
        .isPresent();
  }

  /** The contents of the documents that a column holds. */
  Optional<DocumentContents> contents(KeyGroups.Place place, Column column) {
    ColumnProfile sample = samples.of(place.table(), column.name());
    return detector(place.table()).flatMap(d -> d.contents(column, sample));
  }

  /** Whether values of a column were sampled, and none of them shows a person or a secret. */
  boolean showsNobody(KeyGroups.Place place) {
    ColumnProfile sample = samples.of(place.table(), place.column());
    return sample != null && sample.values() > 0 && !sample.showsSomebody();
  }

  /**
   * Whether only the values make a text look like a state. Names of a few employees repeat in the
   * same way, so somebody has to look at the column.
   */
  boolean isTextJudgedByValues(KeyGroups.Place place, Column column) {
    boolean text =
        switch (column.type().category()) {
          case TEXT, ARRAY -> true;
          default -> false;
        };
    return text
        && detector(place.table())
            .filter(d -> !(d.verdict(column, null) instanceof Verdict.Harmless))
            .isPresent();
  }

  private Optional<ColumnDetector> detector(TableName table) {
    return schema
        .table(table)
        .map(t -> detectors.computeIfAbsent(table, name -> ColumnDetector.of(t)));
  }

  /** A small table that others refer to and that holds no personal data. */
  boolean catalogue(TableName table) {
    return catalogues.computeIfAbsent(table, this::isCatalogue);
  }

  private boolean isCatalogue(TableName name) {
    long rows = samples.rows(name);
    boolean small = rows >= 0 && rows <= SMALL;
    boolean referenced =
        schema.foreignKeys().stream()
            .anyMatch(k -> k.referenced().equals(name) && !k.table().equals(name));
    return small
        && referenced
        && schema.foreignKeys().stream().noneMatch(k -> k.table().equals(name))
        && schema.table(name).filter(this::withoutPersonalData).isPresent();
  }

  private boolean withoutPersonalData(Table table) {
    return table.columns().stream()
        .map(c -> of(new KeyGroups.Place(table.name(), c.name()), c))
        .noneMatch(Verdict.Personal.class::isInstance);
  }
}
