package dev.decant.bench;

import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/** Seeded rows of a table of people in a shop, with 15 columns of which 8 are masked. */
final class People {
  /** The type and the mask of each column. */
  private record Rule(TypeCategory type, String mask) {}

  private static final Map<String, Rule> RULES = rules();

  static final TableName NAME = new TableName("public", "people");
  static final List<String> COLUMNS = List.copyOf(RULES.keySet());
  static final Table TABLE =
      new Table(
          NAME,
          COLUMNS.stream().map(People::column).toList(),
          false,
          List.of(),
          null,
          List.of(),
          null);

  private static final String[] FIRST = {"Anna", "Jürgen", "Maximilian", "Zoë", "Ed", "Katharina"};
  private static final String[] LAST = {"Müller", "Smith", "Schwarzenberger", "O'Neil", "Li"};
  private static final String[] TOWN = {"Köln", "Frankfurt am Main", "Leeds", "Bad Tölz", "York"};

  private People() {}

  private static Map<String, Rule> rules() {
    Map<String, Rule> rules = new LinkedHashMap<>();
    rules.put("id", new Rule(TypeCategory.BIGINT, "keep"));
    rules.put("email", new Rule(TypeCategory.TEXT, "email"));
    rules.put("first_name", new Rule(TypeCategory.TEXT, "first-name"));
    rules.put("last_name", new Rule(TypeCategory.TEXT, "last-name"));
    rules.put("phone", new Rule(TypeCategory.TEXT, "phone"));
    rules.put("street", new Rule(TypeCategory.TEXT, "street"));
    rules.put("postcode", new Rule(TypeCategory.TEXT, "postcode"));
    rules.put("city", new Rule(TypeCategory.TEXT, "city"));
    rules.put("country", new Rule(TypeCategory.TEXT, "keep"));
    rules.put("reference", new Rule(TypeCategory.UUID, "uuid"));
    rules.put("status", new Rule(TypeCategory.TEXT, "keep"));
    rules.put("balance", new Rule(TypeCategory.NUMERIC, "keep"));
    rules.put("terms", new Rule(TypeCategory.TEXT, "keep"));
    rules.put("created_at", new Rule(TypeCategory.TIMESTAMP, "keep"));
    rules.put("updated_at", new Rule(TypeCategory.TIMESTAMP, "keep"));
    return Collections.unmodifiableMap(rules);
  }

  private static Rule rule(String column) {
    Rule rule = RULES.get(column);
    if (rule == null) {
      throw new IllegalArgumentException(column);
    }
    return rule;
  }

  private static Column column(String name) {
    TypeCategory type = rule(name).type();
    return new Column(name, ColumnType.of(type.name(), type), true, false, false);
  }

  static MaskSpec mask(String column) {
    return MaskSpec.of(rule(column).mask());
  }

  /** Rows in COPY text format, each with its line feed. */
  static String rows(int count) {
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder text = new StringBuilder();
    for (int id = 1; id <= count; id++) {
      text.append(row(id, random)).append('\n');
    }
    return text.toString();
  }

  private static String row(int id, SplittableRandom random) {
    String first = FIRST[random.nextInt(FIRST.length)];
    String last = LAST[random.nextInt(LAST.length)];
    return String.join(
        "\t",
        Integer.toString(id),
        first + "." + last + id + "@example.com",
        first,
        last,
        phone(random),
        "Am Alten Markt " + random.nextInt(1, 200),
        Integer.toString(random.nextInt(10_000, 99_999)),
        TOWN[random.nextInt(TOWN.length)],
        "DE",
        new UUID(random.nextLong(), random.nextLong()).toString(),
        "active",
        random.nextInt(1000) + ".50",
        "The terms of sale and delivery were accepted when the account was opened, by click",
        "2025-03-0" + random.nextInt(1, 10) + " 10:20:30.123456+00",
        "2026-03-0" + random.nextInt(1, 10) + " 11:21:31.654321+00");
  }

  static String phone(SplittableRandom random) {
    return "+49 " + random.nextInt(150, 180) + " " + random.nextInt(1_000_000, 99_999_999);
  }

  /** A whole dump of these rows, as pg_dump would write it. */
  static String dump(int count) {
    return """
    --
    -- PostgreSQL database dump
    --

    -- Dumped from database version 18.1
    -- Dumped by pg_dump version 18.1

    COPY public.people (%s) FROM stdin;
    %s\\.


    --
    -- PostgreSQL database dump complete
    --

    """
        .formatted(String.join(", ", COLUMNS), rows(count));
  }
}
