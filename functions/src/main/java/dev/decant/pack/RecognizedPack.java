package dev.decant.pack;

import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A pack whose application was found in a schema, with its rules for the tables and columns that
 * exist there.
 */
public final class RecognizedPack {
  private static final Pattern PLACE =
      Pattern.compile("\\{([a-z_][a-z0-9_.]*)(?::([A-Za-z_][A-Za-z0-9_]*))?\\}");

  private final Pack pack;
  private final List<Table> part;
  private final FoundRules rules;

  /**
   * A pack with its rules.
   *
   * @param part the tables of the installation, or all tables
   */
  RecognizedPack(Pack pack, List<Table> part, FoundRules rules) {
    this.pack = pack;
    this.part = part;
    this.rules = rules;
  }

  /** The name of the pack, for the key {@code packs} of a policy. */
  public String name() {
    return pack.name();
  }

  /** The tables for which the pack has rules. */
  public Set<TableName> tables() {
    return rules.tables();
  }

  FoundRules rules() {
    return rules;
  }

  /** The statements that neutralize rows. They name only tables and columns that exist. */
  public List<String> sql() {
    return pack.sql().stream().flatMap(text -> filled(text).stream()).toList();
  }

  /**
   * The assertions that check the neutralization by the pack.
   *
   * @param withoutRows the tables whose rows are left out
   */
  List<PackAssertion> assertions(Set<TableName> withoutRows) {
    List<PackAssertion> all = new ArrayList<>();
    for (PackAssertion assertion : pack.assertions()) {
      filled(assertion.sql())
          .ifPresent(sql -> all.add(new PackAssertion(named(assertion.name()), sql)));
    }
    rules
        .blank()
        .forEach(
            (table, columns) -> {
              if (!withoutRows.contains(table)) {
                all.add(blank(table, columns));
              }
            });
    rules
        .truncated()
        .forEach(
            (table, reason) -> {
              if (withoutRows.contains(table)) {
                all.add(
                    new PackAssertion(
                        pack.name() + ": " + table + " has no rows",
                        "SELECT 1 FROM " + table.sql() + " LIMIT 1"));
              }
            });
    return all;
  }

  private PackAssertion blank(TableName table, List<Blanked> columns) {
    String names =
        columns.stream()
            .map(b -> TableName.quoted(b.column().name()))
            .collect(Collectors.joining(", "));
    boolean all = columns.stream().allMatch(b -> b.names() == null);
    return new PackAssertion(
        pack.name()
            + ": "
            + table
            + " has "
            + (all ? "nothing" : "no credentials")
            + " in "
            + names,
        "SELECT 1 FROM "
            + table.sql()
            + " WHERE "
            + columns.stream().map(Blanked::violated).collect(Collectors.joining(" OR "))
            + " LIMIT 1");
  }

  /** The name of an assertion, which is unique even if the application is installed twice. */
  private String named(String sentence) {
    String schema = part.getFirst().name().schema();
    boolean one = pack.namesSchemas() || schema.equals("public");
    return pack.name() + ": " + sentence + (one ? "" : " (" + schema + ")");
  }

  private Optional<Table> table(String name) {
    TablePattern exact = TablePattern.of(name);
    return part.stream().filter(t -> exact.matches(t.name())).findFirst();
  }

  /** The text with the names of tables and columns; empty if one of them does not exist. */
  private Optional<String> filled(String text) {
    StringBuilder out = new StringBuilder();
    Matcher place = PLACE.matcher(text);
    while (place.find()) {
      Optional<Table> table = table(place.group(1));
      String column = place.group(2);
      if (table.isEmpty() || (column != null && table.get().column(column).isEmpty())) {
        return Optional.empty();
      }
      String name = column == null ? table.get().name().sql() : TableName.alwaysQuoted(column);
      place.appendReplacement(out, Matcher.quoteReplacement(name));
    }
    return Optional.of(place.appendTail(out).toString());
  }
}
