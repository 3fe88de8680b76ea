package dev.decant.policy.propose;

import dev.decant.detect.Verdict;
import dev.decant.detect.name.KnownNames;
import dev.decant.mask.MaskSpec;
import dev.decant.pack.PackRule;
import dev.decant.pack.Packs;
import dev.decant.pack.RecognizedPacks;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.rule.TableResolver;
import dev.decant.schema.Column;
import dev.decant.schema.Schema;
import dev.decant.schema.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Suggests a rule for a column that has none. The rule fits the type of the column, its keys and
 * its foreign keys. A column is kept only for a reason that the suggestion states. A doubtful
 * column is masked and marked for review.
 */
public final class Suggestions {
  private final Schema schema;
  private final TableResolver tables;
  private final KeyGroups keys;
  private final ColumnVerdicts verdicts;
  private final Untraced untraced;
  private final MaskChoice choice;
  private final KeySuggestions ofKeys;
  private final RecognizedPacks packs;
  private final PackSuggestions ofPacks;

  public Suggestions(Schema schema, TableResolver tables, MaskCatalog masks, Evidence evidence) {
    this.schema = schema;
    this.tables = tables;
    this.keys = new KeyGroups(schema, tables);
    this.verdicts = new ColumnVerdicts(schema, evidence.samples());
    this.untraced = new Untraced(masks, evidence.samples());
    this.choice = new MaskChoice(schema, masks, keys, evidence.trial(), verdicts);
    this.ofKeys = new KeySuggestions(schema, tables, keys, choice, verdicts, untraced);
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
    return KnownNames.isTransient(table.name()) && !referenced
        ? Optional.of("sessions, jobs or tokens, which are of no use outside production")
        : Optional.empty();
  }

  /** The suggestions for some columns of a table, in their order. */
  List<Suggestion> of(TableName table, List<Column> columns) {
    List<Suggestion> suggestions = columns.stream().map(c -> of(table, c)).toList();
    return choice.changedDecisions()
        ? columns.stream().map(c -> of(table, c)).toList()
        : suggestions;
  }

  private Suggestion of(TableName table, Column column) {
    KeyGroups.Place place = new KeyGroups.Place(table, column.name());
    if (KnownNames.isVersionTable(table.name()) && !packs.knows(table)) {
      return Suggestion.sure("keep", "the table of versions of a migration tool");
    }
    Optional<PackRule> cut = packs.cut(table, column.name());
    if (cut.isPresent()) {
      return Suggestion.sure(cut.get().yaml(), cut.get().reason());
    }
    Verdict verdict = verdicts.of(place, column);
    if (ofKeys.surrogate(place, column, verdict)) {
      return Suggestion.sure("keep", "a surrogate key");
    }
    Set<KeyGroups.Place> group = keys.group(place);
    Optional<Suggestion> ofPack = ofPack(place, group);
    if (ofPack.isPresent()) {
      return ofPack.get();
    }
    if (group.size() > 1) {
      return ofKeys.of(place, column, group, verdict);
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
        .filter(s -> group.stream().noneMatch(p -> ofKeys.written(p).isPresent()))
        .filter(s -> s.keeps() || group.stream().noneMatch(ofKeys::isSurrogate));
  }

  private Suggestion alone(KeyGroups.Place place, Column column, Verdict verdict) {
    boolean special = verdict instanceof Verdict.Personal p && p.category().sensitive();
    Optional<MaskSpec> documents =
        special
            ? Optional.empty()
            : verdicts.contents(place, column).flatMap(c -> choice.ofDocuments(place, column, c));
    if (documents.isPresent()) {
      return verdict instanceof Verdict.Personal
          ? Suggestion.review(MaskYaml.of(documents.get()), verdict.reason())
          : untraced.rule(Set.of(place), documents.get(), verdict.reason());
    }
    Optional<MaskSpec> composite = choice.ofComposite(place, column);
    if (composite.isPresent()) {
      return Suggestion.review(
          MaskYaml.of(composite.get()), "the fields of its type; " + verdict.reason());
    }
    Optional<MaskSpec> vector = choice.ofSearchVector(place, column);
    if (vector.isPresent()) {
      return Suggestion.review(
          MaskYaml.of(vector.get()),
          "made of the masked texts of the row; write the text search configuration and the columns"
              + " of which it is made");
    }
    return switch (verdict) {
      case Verdict.Personal personal when personal.category().sensitive() -> {
        MaskSpec mask = choice.leavingNothing(place, column);
        yield Suggestion.review(
            MaskYaml.of(mask), personal.category().described() + constraint(place, column, mask));
      }
      case Verdict.Personal personal -> personal(place, column, personal);
      case Verdict.Harmless harmless ->
          new Suggestion(
              "keep", null, harmless.reason(), verdicts.isTextJudgedByValues(place, column));
      case Verdict.Unknown unknown -> unknown(place, column, unknown);
    };
  }

  private Suggestion personal(KeyGroups.Place place, Column column, Verdict.Personal personal) {
    MaskSpec mask = choice.of(place, column, personal.category());
    boolean fits = personal.category().masks().contains(mask.name());
    return new Suggestion(
        MaskYaml.of(mask),
        null,
        personal.reason() + codes(place, column, personal, mask) + constraint(place, column, mask),
        !personal.sure() || !fits || column.constrained());
  }

  private String codes(
      KeyGroups.Place place, Column column, Verdict.Personal personal, MaskSpec mask) {
    int length = verdicts.longest(place, column);
    return RegionCodes.of(column, length, personal.category()).filter(mask::equals).isPresent()
        ? "; its values are codes"
        : "";
  }

  private Suggestion unknown(KeyGroups.Place place, Column column, Verdict.Unknown unknown) {
    if (verdicts.catalogue(place.table())) {
      return Suggestion.sure("keep", "a small catalogue table without personal data");
    }
    MaskSpec mask = choice.byType(place, column);
    String reason = unknown.reason() + constraint(place, column, mask);
    return untraced.rule(Set.of(place), mask, reason);
  }

  private String constraint(KeyGroups.Place place, Column column, MaskSpec mask) {
    if (mask.name().equals("keep")) {
      return keys.unique(place)
          ? "; kept as in production, since it is part of a unique key that a mask could break"
          : column.constrained()
              ? "; kept as in production, since no mask is known to pass its CHECK"
              : "; kept as in production, since no mask serves its type";
    }
    if (!column.constrained()) {
      return "";
    }
    return choice.passes(mask, place, column)
        ? "; masked values pass its CHECK"
        : choice.fails(mask, place, column)
            ? "; no mask was found whose values pass its CHECK, so write a constant that does, or"
                + " change the CHECK before the dump is made"
            : "; its CHECK may refuse masked values";
  }
}
