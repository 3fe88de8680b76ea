package dev.decant.policy.propose;

import dev.decant.mask.ColumnRule;
import dev.decant.pack.PackRule;
import dev.decant.pack.RecognizedPacks;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.PolicyFiles;
import dev.decant.policy.parse.MaskParser;
import dev.decant.policy.parse.SideFiles;
import dev.decant.policy.rule.MaskCheck;
import dev.decant.schema.Column;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.yaml.FileKind;
import dev.decant.yaml.Parameters;
import dev.decant.yaml.Problems;
import dev.decant.yaml.Scope;
import dev.decant.yaml.YamlDocument;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Suggests the rules of packs. A rule that does not serve a column of this schema is not suggested,
 * because the application may be of another version than the pack knows.
 */
final class PackSuggestions {
  private final Schema schema;
  private final MaskCatalog masks;
  private final KeyGroups keys;
  private final MaskChoice choice;
  private final RecognizedPacks packs;

  PackSuggestions(
      Schema schema, MaskCatalog masks, KeyGroups keys, MaskChoice choice, RecognizedPacks packs) {
    this.schema = schema;
    this.masks = masks;
    this.keys = keys;
    this.choice = choice;
    this.packs = packs;
  }

  /**
   * The suggestion for a column.
   *
   * @param group the columns that hold the same keys, the column itself among them
   */
  Optional<Suggestion> of(KeyGroups.Place place, Set<KeyGroups.Place> group) {
    List<PackRule> rules = group.stream().flatMap(p -> rule(p).stream()).toList();
    if (rules.stream().map(PackRule::yaml).distinct().count() != 1) {
      return Optional.empty();
    }
    String yaml = rules.getFirst().yaml();
    PackRule own = rule(place).orElse(rules.getFirst());
    return group.stream().allMatch(p -> fits(yaml, p))
        ? Optional.of(new Suggestion(yaml, null, own.reason(), doubtful(yaml, place)))
        : Optional.empty();
  }

  private Optional<PackRule> rule(KeyGroups.Place place) {
    return packs.rule(place.table(), place.column());
  }

  /** A CHECK may refuse masked values, but rarely refuses NULL. */
  private boolean doubtful(String yaml, KeyGroups.Place place) {
    return !yaml.equals("keep")
        && !yaml.equals("nullify")
        && column(place).filter(Column::constrained).isPresent();
  }

  private Optional<Column> column(KeyGroups.Place place) {
    return schema.table(place.table()).flatMap(t -> t.column(place.column()));
  }

  private boolean fits(String yaml, KeyGroups.Place place) {
    Optional<Table> table = schema.table(place.table());
    Optional<Column> column = column(place);
    ColumnRule rule = parse(yaml);
    if (table.isEmpty() || column.isEmpty() || rule == null) {
      return false;
    }
    Problems problems = problems();
    var _ =
        new MaskCheck(Parameters.none(), masks)
            .check(rule, column.get(), table.get(), c -> kept(place, c), new Scope(problems), 0);
    return problems.isEmpty()
        && (rule.keeps() || !keys.inPartitionKey(place))
        && rule.cases().stream()
            .allMatch(
                one ->
                    choice.serves(one.mask(), column.get(), keys.unique(place))
                        && !choice.fails(one.mask(), place, column.get()));
  }

  private boolean kept(KeyGroups.Place place, String column) {
    return packs.rule(place.table(), column).filter(r -> r.yaml().equals("keep")).isPresent();
  }

  /** The rule; null if it names a mask or an option that does not exist. */
  private @Nullable ColumnRule parse(String yaml) {
    Problems problems = problems();
    Scope scope = new Scope(problems);
    SideFiles none = new SideFiles(PolicyFiles.none());
    ColumnRule rule =
        new MaskParser(masks, Parameters.none(), none, Map.of(), scope)
            .rule(
                Objects.requireNonNull(
                    YamlDocument.value(YamlDocument.map("rule: " + yaml, false), "rule")),
                scope);
    return problems.isEmpty() ? rule : null;
  }

  private static Problems problems() {
    return new Problems("", FileKind.POLICY, Integer.MAX_VALUE);
  }
}
