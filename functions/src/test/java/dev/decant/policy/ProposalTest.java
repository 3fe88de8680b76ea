package dev.decant.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.ForeignKey;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import dev.decant.schema.UniqueKey;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The YAML to paste, pasted. */
final class ProposalTest {
  private static final String[] NAMES = {
    "id",
    "email",
    "Order",
    "a b",
    "true",
    "null",
    "\"q\"",
    "it's",
    "x:y",
    "# c",
    "- d",
    "é",
    "1",
    "tab\there",
    "line\nbreak",
    "{a}",
    "[b]",
    "${P}",
    "a\"b",
    "\\",
    "%",
    "@x",
    "user_id",
    "ssn"
  };

  private static final List<TypeCategory> CATEGORIES =
      List.copyOf(EnumSet.allOf(TypeCategory.class));

  private static Policy parse(String yaml) {
    return PolicyFixture.parse("version: 1\n" + yaml);
  }

  private static PolicyFindings examine(Policy policy, Schema schema) {
    return PolicyCheck.examine(policy, schema, true, Set.of(), new FakeMasks());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whatIsPastedFits(long seed) {
    Random random = new Random(seed);
    List<Table> tables = new ArrayList<>();
    List<UniqueKey> keys = new ArrayList<>();
    for (String table : NAMES) {
      TableName name = new TableName(random.nextBoolean() ? "public" : "My schema", table);
      List<Column> columns = new ArrayList<>();
      for (String column : NAMES) {
        TypeCategory category = CATEGORIES.get(random.nextInt(CATEGORIES.size()));
        ColumnType type = ColumnType.of("type\nof " + category, category);
        columns.add(new Column(column, type, random.nextBoolean(), random.nextInt(9) == 0, false));
      }
      tables.add(new Table(name, columns, false, List.of(), null, List.of(), null));
      Column unique = columns.get(random.nextInt(columns.size()));
      keys.add(new UniqueKey("k", name, List.of(unique.name()), UniqueKey.Kind.UNIQUE));
    }
    Schema schema = new Schema(tables, keys, List.of());
    PolicyFindings found = examine(parse(""), schema);
    assertThat(found.problems()).hasSize(tables.size());
    PolicyFindings pasted = examine(parse(found.paste()), schema);
    assertThat(pasted.problems()).isEmpty();
    assertThat(pasted.orThrow().rules()).hasSize(tables.size());
  }

  @Test
  void bothEndsOfAReferenceAreProposedAlike() {
    ColumnType text = ColumnType.of("text", TypeCategory.TEXT);
    TableName user = new TableName("public", "user");
    TableName mail = new TableName("public", "mail");
    Schema schema =
        new Schema(
            List.of(
                new Table(
                    user,
                    List.of(new Column("login", text, true, false, false)),
                    false,
                    List.of(),
                    null,
                    List.of(),
                    null),
                new Table(
                    mail,
                    List.of(new Column("email", text, true, false, false)),
                    false,
                    List.of(),
                    null,
                    List.of(),
                    null)),
            List.of(new UniqueKey("k", user, List.of("login"), UniqueKey.Kind.PRIMARY_KEY)),
            List.of(new ForeignKey("f", mail, List.of("email"), user, List.of("login"))));
    assertThat(examine(parse(""), schema).paste())
        .isEqualTo(
            """
            tables:
              public.mail:
                columns:
                  email: scramble  # text, not null
              public.user:
                columns:
                  login: scramble  # text, not null
            """);
    assertThat(
            examine(parse("tables:\n  public.user: { columns: { login: hash } }\n"), schema)
                .paste())
        .contains("email: hash  # text, not null");
  }

  @Test
  void longListOfKeptColumnsIsBroken() {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      columns.add(
          new Column(
              "some_flag_" + i,
              ColumnType.of("boolean", TypeCategory.BOOLEAN),
              true,
              false,
              false));
    }
    Schema schema =
        new Schema(
            List.of(
                new Table(
                    new TableName("public", "t"),
                    columns,
                    false,
                    List.of(),
                    null,
                    List.of(),
                    null)),
            List.of(),
            List.of());
    String paste = examine(parse(""), schema).paste();
    assertThat(paste.lines()).allMatch(line -> line.length() <= 102);
    assertThat(examine(parse(paste), schema).problems()).isEmpty();
  }
}
