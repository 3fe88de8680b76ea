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

/** Reads what the anchor rows become. */
final class RekeyParser {
  /** The least and the most cost of each algorithm, as the mask {@code password} has them. */
  private static final Map<String, List<Integer>> COSTS =
      Map.of(
          "bcrypt", List.of(4, 16),
          "pbkdf2-sha256", List.of(1, 10_000_000),
          "argon2id", List.of(1, 20));

  private static final List<String> ALGORITHMS = List.of("bcrypt", "pbkdf2-sha256", "argon2id");
  private static final int BCRYPT_BYTES = 72;

  private RekeyParser() {}

  static List<Target.Rekey> parse(Fields target) {
    List<Target.Rekey> rekeys = new ArrayList<>();
    target
        .fields("rekey", "anchors, admin: { set: {…} } for instance")
        .ifPresent(
            anchors ->
                anchors
                    .map()
                    .entries()
                    .values()
                    .forEach(anchor -> rekey(anchor, anchors).ifPresent(rekeys::add)));
    return rekeys;
  }

  private static Optional<Target.Rekey> rekey(YamlMap.Entry anchor, Fields anchors) {
    return Fields.read(
            anchor.value(),
            anchors.scope(),
            anchors.parameters(),
            "{ set: {…}, password: {…} }, or one of them")
        .map(fields -> rekeyOf(anchor, fields.only("set", "password")));
  }

  private static Target.Rekey rekeyOf(YamlMap.Entry anchor, Fields fields) {
    Map<String, Optional<Filled>> set = new LinkedHashMap<>();
    fields
        .fields("set", "columns and their values")
        .ifPresent(columns -> set.putAll(values(columns)));
    Optional<Target.PasswordRule> password =
        fields
            .fields("password", "{ column: NAME, value: '${PARAMETER}' }")
            .map(RekeyParser::password);
    if (set.isEmpty() && password.isEmpty()) {
      fields.scope().problem(anchor.line(), "this changes nothing; write set or password");
    }
    password
        .filter(p -> set.containsKey(p.column()))
        .ifPresent(p -> fields.problem("password", "its column is in set, too; remove it there"));
    return new Target.Rekey(anchor.key(), anchor.line(), set, password);
  }

  private static Map<String, Optional<Filled>> values(Fields columns) {
    Map<String, Optional<Filled>> set = new LinkedHashMap<>();
    for (YamlMap.Entry column : columns.map().entries().values()) {
      Optional<Filled> value =
          Scalars.isNull(column.value())
              ? Optional.empty()
              : Optional.of(columns.anyText(column.value(), "a value, or null"));
      if (set.put(NameParser.column(column.key()), value) != null) {
        columns.scope().problem(column.line(), "the column is here twice; remove one of them");
      }
    }
    return set;
  }

  private static Target.PasswordRule password(Fields fields) {
    fields.only("column", "algorithm", "cost", "value");
    String column = NameParser.column(fields.name("column", "column: NAME"));
    String algorithm = fields.word("algorithm", ALGORITHMS);
    List<Integer> costs = COSTS.getOrDefault(algorithm, List.of(1, 1));
    Optional<Integer> cost = fields.number("cost", costs.getFirst(), costs.getLast());
    Filled value = fields.text("value", "value: '${PARAMETER}'");
    if (algorithm.equals("bcrypt")
        && value.value().getBytes(StandardCharsets.UTF_8).length > BCRYPT_BYTES) {
      fields.problem(
          "value", "bcrypt hashes no more than 72 bytes of a password; give a shorter one");
    }
    return new Target.PasswordRule(column, algorithm, cost, value);
  }
}
