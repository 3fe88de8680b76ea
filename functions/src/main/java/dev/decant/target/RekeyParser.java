package dev.decant.target;

import dev.decant.yaml.NameParser;
import dev.decant.yaml.Scalars;
import dev.decant.yaml.YamlMap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the new values of the anchor rows. */
final class RekeyParser {
  /**
   * The lowest and the highest cost of each algorithm, which are those of the mask {@code
   * password}.
   */
  private static final Map<String, List<Integer>> COSTS =
      Map.of(
          "bcrypt", List.of(4, 16),
          "pbkdf2-sha256", List.of(1, 10_000_000),
          "argon2id", List.of(1, 20));

  private static final List<String> ALGORITHMS = List.of("bcrypt", "pbkdf2-sha256", "argon2id");
  private static final int BCRYPT_BYTES = 72;

  private RekeyParser() {}

  static List<Target.Rekey> parse(TargetsFileMap target) {
    List<Target.Rekey> rekeys = new ArrayList<>();
    target
        .fields("rekey", "anchors, for example admin: { set: {…} }")
        .ifPresent(
            anchors ->
                anchors
                    .map()
                    .entries()
                    .values()
                    .forEach(anchor -> rekey(anchor, anchors).ifPresent(rekeys::add)));
    return rekeys;
  }

  private static Optional<Target.Rekey> rekey(YamlMap.Entry anchor, TargetsFileMap anchors) {
    return TargetsFileMap.read(
            anchor.value(),
            anchors.scope(),
            anchors.parameters(),
            "{ set: {…}, password: {…} }, or one of them")
        .map(fields -> rekeyOf(anchor, fields.only("set", "password")));
  }

  private static Target.Rekey rekeyOf(YamlMap.Entry anchor, TargetsFileMap fields) {
    Map<String, Optional<FilledText>> set = new LinkedHashMap<>();
    fields
        .fields("set", "columns and their values")
        .ifPresent(columns -> set.putAll(values(columns)));
    Optional<Target.PasswordRule> password =
        fields
            .fields("password", "{ column: NAME, value: '${PARAMETER}' }")
            .map(RekeyParser::password);
    if (set.isEmpty() && password.isEmpty()) {
      fields.scope().problem(anchor.line(), "This changes nothing. Write set or password.");
    }
    password
        .filter(p -> set.containsKey(p.column()))
        .ifPresent(
            p ->
                fields.problem(
                    "password", "The column of the password is also in set. Remove it from set."));
    return new Target.Rekey(anchor.key(), anchor.line(), set, password);
  }

  private static Map<String, Optional<FilledText>> values(TargetsFileMap columns) {
    Map<String, Optional<FilledText>> set = new LinkedHashMap<>();
    for (YamlMap.Entry column : columns.map().entries().values()) {
      Optional<FilledText> value =
          Scalars.isNull(column.value())
              ? Optional.empty()
              : Optional.of(columns.anyText(column.value(), "a value, or null"));
      if (set.put(NameParser.column(column.key()), value) != null) {
        columns
            .scope()
            .problem(column.line(), "The column is set twice. Remove one of the entries.");
      }
    }
    return set;
  }

  private static Target.PasswordRule password(TargetsFileMap fields) {
    fields.only("column", "algorithm", "cost", "value");
    String column = NameParser.column(fields.name("column", "column: NAME"));
    String algorithm = fields.word("algorithm", ALGORITHMS);
    List<Integer> costs = COSTS.getOrDefault(algorithm, List.of(1, 1));
    Optional<Integer> cost = fields.number("cost", costs.getFirst(), costs.getLast());
    FilledText value = fields.text("value", "value: '${PARAMETER}'");
    if (algorithm.equals("bcrypt")
        && value.value().getBytes(StandardCharsets.UTF_8).length > BCRYPT_BYTES) {
      fields.problem(
          "value", "Bcrypt hashes only the first 72 bytes of a password. Give a shorter one.");
    }
    return new Target.PasswordRule(column, algorithm, cost, value);
  }
}
