package dev.decant.policy;

import dev.decant.detect.Category;
import dev.decant.detect.ColumnDetector;
import dev.decant.detect.ColumnProfile;
import dev.decant.detect.DocumentContents;
import dev.decant.detect.KnownTables;
import dev.decant.detect.RowSamples;
import dev.decant.detect.Verdict;
import dev.decant.mask.ColumnRule;
import dev.decant.mask.MaskSpec;
import dev.decant.pack.PackRule;
import dev.decant.pack.Packs;
import dev.decant.pack.RecognizedPacks;
import dev.decant.schema.Column;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Suggests a rule for a column that has none. The rule fits the type of the column, its keys and
 * its foreign keys. A column is kept only for a reason that the suggestion states. A doubtful
 * column is masked and marked for review.
 */
final class Suggestions {
  private static final Set<TypeCategory> WITHOUT_MEANING =
      EnumSet.of(
          TypeCategory.SMALLINT, TypeCategory.INTEGER, TypeCategory.BIGINT, TypeCategory.UUID);

  /** A table with more rows does not count as a small catalogue. */
  private static final long SMALL = 200;

  private final Schema schema;
  private final TableResolver tables;
  private final RowSamples samples;
  private final KeyGroups keys;
  private final MaskChoice choice;
  private final RecognizedPacks packs;
  private final PackSuggestions ofPacks;
  private final Map<TableName, ColumnDetector> detectors = new HashMap<>();
  private final Map<TableName, Boolean> catalogues = new HashMap<>();

  Suggestions(Schema schema, TableResolver tables, MaskCatalog masks, RowSamples samples) {
    this.schema = schema;
    this.tables = tables;
    this.samples = samples;
    this.keys = new KeyGroups(schema, tables);
    this.choice = new MaskChoice(schema, masks, keys, this::staysAsItIs);
    this.packs = Packs.recognized(schema, tables.written());
    this.ofPacks = new PackSuggestions(schema, masks, keys, choice, packs);
  }

  /** The packs whose applications the schema belongs to. */
  RecognizedPacks packs() {
    return packs;
  }

  /** The tables that have an entry in the policy. */
  Set<TableName> written() {
    return tables.written();
  }

  /** The reason why the rows of a table should be left out; empty if they are wanted. */
  Optional<String> truncated(TableName table) {
    Optional<String> byPack = packs.truncated(table);
    if (byPack.isPresent()) {
      return byPack;
    }
    boolean referenced =
        schema.foreignKeys().stream()
            .anyMatch(k -> k.referenced().equals(table) && !k.table().equals(table));
    return KnownTables.isTransient(table.name()) && !referenced
        ? Optional.of("sessions, jobs or tokens, which are of no use outside production")
        : Optional.empty();
  }

  Suggestion of(TableName table, Column column) {
    KeyGroups.Place place = new KeyGroups.Place(table, column.name());
    if (KnownTables.isVersionTable(table.name()) && !packs.knows(table)) {
      return Suggestion.sure("keep", "the table of versions of a migration tool");
    }
    Optional<PackRule> cut = packs.cut(table, column.name());
    if (cut.isPresent()) {
      return Suggestion.sure(cut.get().yaml(), cut.get().reason());
    }
    Verdict verdict = verdict(place, column);
    if (surrogate(place, column, verdict)) {
      return Suggestion.sure("keep", "a surrogate key");
    }
    Set<KeyGroups.Place> group = keys.group(place);
    Optional<Suggestion> ofPack = ofPack(place, group);
    if (ofPack.isPresent()) {
      return ofPack.get();
    }
    if (group.size() > 1) {
      return inGroup(place, column, group, verdict);
    }
    if (keys.inPartitionKey(place)) {
      return Suggestion.review(
          "keep", "a masked partition key moves rows to other partitions; " + verdict.reason());
    }
    return alone(place, column, verdict);
  }

  /** The rule of a pack, unless the rest of the group has another rule already. */
  private Optional<Suggestion> ofPack(KeyGroups.Place place, Set<KeyGroups.Place> group) {
    return ofPacks
        .of(place, group)
        .filter(s -> group.stream().noneMatch(p -> written(p).isPresent()))
        .filter(s -> s.keeps() || group.stream().noneMatch(this::isSurrogate));
  }

  private Verdict verdict(KeyGroups.Place place, Column column) {
    return detector(place.table())
        .map(d -> d.verdict(column, samples.of(place.table(), column.name())))
        .orElseGet(() -> new Verdict.Unknown("its table is not known"));
  }

  private boolean staysAsItIs(KeyGroups.Place place) {
    return column(place).filter(c -> verdict(place, c) instanceof Verdict.Harmless).isPresent();
  }

  private Optional<DocumentContents> contents(KeyGroups.Place place, Column column) {
    ColumnProfile sample = samples.of(place.table(), column.name());
    return detector(place.table()).flatMap(d -> d.contents(column, sample));
  }

  private Optional<ColumnDetector> detector(TableName table) {
    return schema
        .table(table)
        .map(t -> detectors.computeIfAbsent(table, name -> ColumnDetector.of(t)));
  }

  /**
   * A primary key that the server makes, or one whose type and name show a number without a
   * meaning. Only constraints make a column a key; a name alone does not.
   */
  private boolean surrogate(KeyGroups.Place place, Column column, Verdict verdict) {
    return keys.surrogate(place)
        || (keys.primaryKey(place)
            && WITHOUT_MEANING.contains(column.type().category())
            && !(verdict instanceof Verdict.Personal));
  }

  private Suggestion alone(KeyGroups.Place place, Column column, Verdict verdict) {
    boolean special = verdict instanceof Verdict.Personal p && p.category().special();
    Optional<MaskSpec> documents =
        special
            ? Optional.empty()
            : contents(place, column).flatMap(c -> choice.ofDocuments(place, column, c));
    if (documents.isPresent()) {
      return Suggestion.review(MaskChoice.yaml(documents.get()), verdict.reason());
    }
    return switch (verdict) {
      case Verdict.Personal personal when personal.category().special() ->
          Suggestion.review(
              MaskChoice.yaml(choice.leavingNothing(place, column)), special(personal.category()));
      case Verdict.Personal personal -> personal(place, column, personal);
      case Verdict.Harmless harmless ->
          new Suggestion("keep", null, harmless.reason(), isTextJudgedByValues(place, column));
      case Verdict.Unknown unknown -> unknown(place, column, unknown);
    };
  }

  /**
   * Whether only the values make a text look like a state. Names of a few employees repeat in the
   * same way, so somebody has to look at the column.
   */
  private boolean isTextJudgedByValues(KeyGroups.Place place, Column column) {
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

  private static String special(Category category) {
    return "special category of personal data (GDPR article 9), " + category.label();
  }

  private Suggestion personal(KeyGroups.Place place, Column column, Verdict.Personal personal) {
    MaskSpec mask = choice.of(place, column, personal.category());
    boolean fits = personal.category().masks().contains(mask.name());
    return new Suggestion(
        MaskChoice.yaml(mask),
        null,
        personal.reason() + constraint(place, column, mask),
        !personal.sure() || !fits || column.constrained());
  }

  private Suggestion unknown(KeyGroups.Place place, Column column, Verdict.Unknown unknown) {
    if (catalogue(place.table())) {
      return Suggestion.sure("keep", "a small catalogue table without personal data");
    }
    MaskSpec mask = choice.byType(place, column);
    return Suggestion.review(
        MaskChoice.yaml(mask), unknown.reason() + constraint(place, column, mask));
  }

  private String constraint(KeyGroups.Place place, Column column, MaskSpec mask) {
    if (mask.name().equals("keep")) {
      return keys.unique(place)
          ? "; kept as in production, since it is part of a unique key that a mask could break"
          : column.constrained()
              ? "; kept as in production, since no mask is sure to pass its CHECK"
              : "; kept as in production, since no mask serves its type";
    }
    if (!column.constrained()) {
      return "";
    }
    return choice.passes(mask, place, column)
        ? "; masked values pass its CHECK"
        : "; its CHECK may refuse masked values";
  }

  /** A small table that others refer to and that holds no personal data. */
  private boolean catalogue(TableName table) {
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
        .map(c -> verdict(new KeyGroups.Place(table.name(), c.name()), c))
        .noneMatch(Verdict.Personal.class::isInstance);
  }

  /** The one rule for all columns that foreign keys tie together. */
  private Suggestion inGroup(
      KeyGroups.Place place, Column column, Set<KeyGroups.Place> group, Verdict verdict) {
    String special =
        verdict instanceof Verdict.Personal p && p.category().special()
            ? special(p.category())
            : null;
    if (special != null && !column.notNull() && keys.mayBeNull(place)) {
      return Suggestion.review("nullify", special);
    }
    for (KeyGroups.Place other : group) {
      Optional<ColumnRule> written = written(other);
      if (written.isPresent()) {
        return asWritten(written.get(), other, special);
      }
    }
    String why = group.iterator().next().equals(place) ? "a foreign key" : "a key";
    if (group.stream().anyMatch(this::isSurrogate)) {
      return new Suggestion("keep", null, special == null ? why : special, special != null);
    }
    if (special == null && group.stream().allMatch(this::isHarmless)) {
      return Suggestion.sure("keep", why + " of states or kinds");
    }
    String mask = groupMask(column, group);
    String both = "a key that foreign keys use; both ends need the same rule";
    return Suggestion.review(mask, special == null ? both : special + "; " + both);
  }

  private static Suggestion asWritten(
      ColumnRule written, KeyGroups.Place other, @Nullable String special) {
    String reason = special == null ? "a key of " + other.table() : special;
    return written.keeps()
        ? new Suggestion("keep", null, reason, special != null)
        : new Suggestion("", other, reason, special != null);
  }

  private boolean isSurrogate(KeyGroups.Place place) {
    return column(place).filter(c -> surrogate(place, c, verdict(place, c))).isPresent();
  }

  private boolean isHarmless(KeyGroups.Place place) {
    return catalogue(place.table()) || staysAsItIs(place);
  }

  private Optional<Column> column(KeyGroups.Place place) {
    return schema.table(place.table()).flatMap(t -> t.column(place.column()));
  }

  private String groupMask(Column column, Set<KeyGroups.Place> group) {
    String mask =
        switch (column.type().category()) {
          case SMALLINT, INTEGER, BIGINT -> "id";
          case UUID -> "uuid";
          case TEXT -> "scramble";
          default -> "keep";
        };
    boolean serves =
        group.stream().noneMatch(keys::inPartitionKey)
            && group.stream().allMatch(p -> serves(mask, p, column));
    return serves ? mask : "keep";
  }

  private Optional<ColumnRule> written(KeyGroups.Place place) {
    return tables
        .of(place.table())
        .flatMap(r -> Optional.ofNullable(r.columns.get(place.column())));
  }

  /** Whether the mask serves another column of the group, which must have the same kind of type. */
  private boolean serves(String mask, KeyGroups.Place place, Column like) {
    return column(place)
        .filter(c -> c.type().category() == like.type().category() && !c.constrained())
        .filter(c -> choice.serves(MaskSpec.of(mask), c, keys.unique(place)))
        .isPresent();
  }
}
