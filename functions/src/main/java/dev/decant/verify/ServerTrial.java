package dev.decant.verify;

import dev.decant.copy.Bytes;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.Masks;
import dev.decant.mask.TableMaskKit;
import dev.decant.mask.cipher.MaskingKey;
import dev.decant.policy.propose.ProposalTrial;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnFacts;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.verify.TrialChecks.Group;
import dev.decant.verify.TrialChecks.TrialColumn;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tries masks on a server that has the tables of the source. Made-up rows that satisfy the CHECKs
 * are masked, and the masked rows must satisfy them, too. It reads no row of the source and changes
 * nothing. A CHECK that cannot be evaluated proves nothing.
 */
public final class ServerTrial implements ProposalTrial {
  private static final int MOST_EXAMPLES = 20;

  private static final Set<String> WITHOUT_KEY = Set.of("keep", "nullify", "constant", "empty");

  /** With few made-up rows, they are masked with several keys, until there are so many rows. */
  private static final int ENOUGH_ROWS = 200;

  private static final int MOST_KEYS = 16;

  /** Values for each column, if a CHECK reads several columns. */
  private static final int MOST_VALUES = 24;

  private record Tried(Group group, Map<String, MaskSpec> masks) {}

  private final Schema schema;
  private final Masks masks;
  private final Locale locale;
  private final TrialChecks checks;
  private final TrialQuery server;
  private final Map<Group, List<List<@Nullable String>>> valid = new HashMap<>();
  private final Map<Tried, Answer> answers = new HashMap<>();

  /**
   * @param connection to a database with the schema, which stays usable after a statement that
   *     failed. The caller closes it.
   */
  public ServerTrial(Connection connection, Schema schema, Masks masks, Locale locale) {
    this.schema = schema;
    this.masks = masks;
    this.locale = locale;
    this.checks = new TrialChecks(connection);
    this.server = new TrialQuery(connection);
  }

  @Override
  public Answer of(TableName name, Set<String> columns, Map<String, MaskSpec> tried) {
    Optional<Table> table = schema.table(name);
    if (table.isEmpty()) {
      return Answer.UNKNOWN;
    }
    Answer answer = Answer.PASSES;
    for (Group group : checks.each(name, columns)) {
      Map<String, MaskSpec> ofGroup = new HashMap<>(tried);
      ofGroup.keySet().retainAll(group.columns().stream().map(TrialColumn::name).toList());
      Tried key = new Tried(group, Map.copyOf(ofGroup));
      Answer one = answers.get(key);
      if (one == null) {
        one = answer(table.get(), key);
        answers.put(key, one);
      }
      if (one == Answer.FAILS) {
        return one;
      }
      answer = one == Answer.UNKNOWN ? one : answer;
    }
    return answer;
  }

  @Override
  public List<Map<String, String>> examples(TableName name, Set<String> columns) {
    Optional<Table> table = schema.table(name);
    if (table.isEmpty()) {
      return List.of();
    }
    Group group = checks.all(name, columns);
    Set<Map<String, String>> examples = new LinkedHashSet<>();
    for (List<@Nullable String> row : valid(table.get(), group)) {
      Map<String, String> example = new LinkedHashMap<>();
      for (int i = 0; i < row.size(); i++) {
        String value = row.get(i);
        if (value != null && columns.contains(group.columns().get(i).name())) {
          example.put(group.columns().get(i).name(), value);
        }
      }
      if (example.keySet().equals(columns) && examples.size() < MOST_EXAMPLES) {
        examples.add(example);
      }
    }
    return List.copyOf(examples);
  }

  private Answer answer(Table table, Tried tried) {
    List<List<@Nullable String>> rows = valid(table, tried.group);
    List<List<@Nullable String>> masked = masked(table, tried, rows);
    if (masked.isEmpty() || !haveValues(tried, rows)) {
      return Answer.UNKNOWN;
    }
    return server.all(masked, tried.group);
  }

  /** Whether each masked column has a value in some row, because NULL shows nothing. */
  private static boolean haveValues(Tried tried, List<List<@Nullable String>> rows) {
    return IntStream.range(0, tried.group.columns().size())
        .filter(i -> tried.masks.containsKey(tried.group.columns().get(i).name()))
        .allMatch(i -> rows.stream().anyMatch(row -> row.get(i) != null));
  }

  /** The made-up rows that satisfy the constraints. */
  private List<List<@Nullable String>> valid(Table table, Group group) {
    List<List<@Nullable String>> known = valid.get(group);
    if (known == null) {
      known = validOf(table, group);
      valid.put(group, known);
    }
    return known;
  }

  private List<List<@Nullable String>> validOf(Table table, Group group) {
    List<List<@Nullable String>> values = new ArrayList<>();
    for (TrialColumn column : group.columns()) {
      Column of = table.column(column.name()).orElse(null);
      List<@Nullable String> ofColumn = of == null ? new ArrayList<>() : values(table, of, group);
      if (ofColumn.isEmpty()) {
        return List.of();
      }
      values.add(ofColumn);
    }
    List<List<@Nullable String>> rows = values.isEmpty() ? List.of() : TrialRows.of(values);
    return server.accepted(rows, group);
  }

  /** The values that the CHECKs suggest, and others of the type; NULL too, if it is allowed. */
  private List<@Nullable String> values(Table table, Column column, Group group) {
    ColumnFacts facts = schema.facts(table.name(), column.name());
    Set<String> definitions = new LinkedHashSet<>(group.checks());
    facts.checks().stream()
        .filter(check -> check.columns().isEmpty())
        .forEach(ofDomain -> definitions.add(ofDomain.definition()));
    Set<String> all = new LinkedHashSet<>(facts.allowed());
    all.addAll(CheckLiterals.values(definitions, column.type()));
    all.addAll(TrialValues.usual(column));
    boolean alone = group.columns().size() == 1;
    List<@Nullable String> values =
        new ArrayList<>(all.stream().limit(alone ? Long.MAX_VALUE : MOST_VALUES).toList());
    if (!column.notNull()) {
      values.add(Math.min(2, values.size()), null);
    }
    return values;
  }

  /**
   * The masked rows. A row is left out if a mask does not accept one of its values, because not
   * every made-up value has the form that the mask reads.
   */
  private List<List<@Nullable String>> masked(
      Table table, Tried tried, List<List<@Nullable String>> rows) {
    List<List<@Nullable String>> masked = new ArrayList<>();
    for (int key = 0; key < MOST_KEYS && masked.size() < ENOUGH_ROWS && !rows.isEmpty(); key++) {
      masked(table, tried, key, rows, masked);
      if (tried.masks.values().stream().allMatch(spec -> WITHOUT_KEY.contains(spec.name()))) {
        break;
      }
    }
    return masked;
  }

  private void masked(
      Table table,
      Tried tried,
      int key,
      List<List<@Nullable String>> rows,
      List<List<@Nullable String>> masked) {
    byte[] bytes = new byte[MaskingKey.MIN_BYTES];
    bytes[0] = (byte) key;
    TableMaskKit kit = new TableMaskKit(masks, new MaskingKey(bytes), locale, table.copyColumns());
    Map<String, Mask> made = new HashMap<>();
    tried.masks.forEach(
        (name, spec) ->
            table
                .column(name)
                .filter(c -> !spec.name().equals("keep"))
                .ifPresent(c -> made.put(name, kit.mask(spec, c))));
    List<TrialColumn> columns = tried.group.columns();
    for (int number = 0; number < rows.size(); number++) {
      List<@Nullable String> row = rows.get(number);
      TrialRow view = new TrialRow(fields(table, columns, row), number);
      try {
        masked.add(masked(columns, row, made, view));
      } catch (RuntimeException e) {
        // The made-up value does not have the form that the mask reads.
      }
    }
  }

  private static Map<Integer, @Nullable String> fields(
      Table table, List<TrialColumn> columns, List<@Nullable String> row) {
    Map<Integer, @Nullable String> fields = new HashMap<>();
    for (int i = 0; i < row.size(); i++) {
      fields.put(table.copyColumns().indexOf(columns.get(i).name()), row.get(i));
    }
    return fields;
  }

  private static List<@Nullable String> masked(
      List<TrialColumn> columns,
      List<@Nullable String> row,
      Map<String, Mask> made,
      TrialRow view) {
    List<@Nullable String> masked = new ArrayList<>();
    Bytes out = new Bytes(256);
    for (int i = 0; i < row.size(); i++) {
      String value = row.get(i);
      Mask mask = made.get(columns.get(i).name());
      if (value == null || mask == null) {
        masked.add(value);
        continue;
      }
      out.clear();
      byte[] bytes = Objects.requireNonNull(value).getBytes(StandardCharsets.UTF_8);
      masked.add(
          mask.apply(bytes, 0, bytes.length, view, out)
              ? new String(out.array(), 0, out.length(), StandardCharsets.UTF_8)
              : null);
    }
    return masked;
  }
}
