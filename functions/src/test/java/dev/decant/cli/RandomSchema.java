package dev.decant.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A dump with random tables, whose personal columns have random constraints: CHECKs, domains,
 * unique indexes of all kinds, exclusion constraints, partition keys and foreign keys. The rows
 * satisfy all of them.
 */
final class RandomSchema {
  private static final int ROWS = 30;
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  /** The value of a column in a row, in the form of COPY; different for different rows. */
  private interface Values {
    String of(int row);
  }

  /**
   * A column.
   *
   * @param checks of which a table gets some, without the word CHECK
   * @param unique whether its values are different
   */
  private record Kind(
      String name, String type, List<String> checks, boolean unique, Values values) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "email",
              "text",
              List.of(
                  "email ~ '^[^@ ]+@[^@ ]+[.][a-z]+$'",
                  "email = lower(email)",
                  "length(email) < 80"),
              true,
              i -> "person" + i + "@example.com"),
          new Kind(
              "username",
              "character varying(16)",
              List.of("username ~ '^[a-z0-9_]{3,16}$'", "username = lower(username)"),
              true,
              i -> "user_" + i),
          new Kind(
              "phone",
              "character varying(20)",
              List.of("phone ~ '^[+][0-9]{7,15}$'", "length(phone) >= 8"),
              true,
              i -> "+4930901820" + (10 + i)),
          new Kind(
              "full_name",
              "character varying(40)",
              List.of("length(full_name) >= 3", "full_name <> ''", "full_name = btrim(full_name)"),
              true,
              i -> "Anna " + LETTERS.charAt(i % 26) + "chmidt" + (char) ('a' + i / 26)),
          new Kind(
              "customer_code",
              "character(8)",
              List.of("customer_code ~ '^[A-Z]{3}-[0-9]{4}$'"),
              true,
              i -> "ABC-" + (1000 + i)),
          new Kind(
              "postcode",
              "character varying(5)",
              List.of("postcode ~ '^[0-9]{5}$'", "char_length(postcode) = 5"),
              true,
              i -> "10" + (100 + i)),
          new Kind(
              "salary",
              "numeric(10,2)",
              List.of("salary > 0", "salary >= 100 AND salary < 900000", "salary <= 500000"),
              true,
              i -> 30_000 + i + ".50"),
          new Kind(
              "age",
              "smallint",
              List.of("age >= 18 AND age <= 99", "age > 0"),
              false,
              i -> "" + (20 + i)),
          new Kind(
              "gender",
              "character(1)",
              List.of("gender = ANY (ARRAY['m'::bpchar, 'f'::bpchar, 'x'::bpchar])"),
              false,
              i -> "" + "mfx".charAt(i % 3)),
          new Kind("religion", "text", List.of("religion <> ''"), false, i -> "r" + i % 4),
          new Kind(
              "tax_number", "bigint", List.of("tax_number > 0"), true, i -> "" + (81_000_000L + i)),
          new Kind("last_ip", "inet", List.of("family(last_ip) = 4"), true, i -> "10.1.2." + i),
          new Kind(
              "emails",
              "text[]",
              List.of("array_length(emails, 1) > 0", "cardinality(emails) <= 5"),
              true,
              i -> "{a" + i + "@example.com,b@example.com}"),
          new Kind(
              "data",
              "jsonb",
              List.of("jsonb_typeof(data) = 'object'", "data ? 'email'"),
              true,
              i -> "{\"id\": " + i + ", \"email\": \"person" + i + "@example.com\"}"),
          new Kind(
              "setup",
              "jsonb",
              List.of("jsonb_typeof(setup) = 'object'"),
              true,
              i -> "{\"a\": " + i + ", \"b\": \"" + shared(i) + "\", \"c\": [true, null]}"),
          new Kind("parts", "jsonb[]", List.of(), true, i -> "{\"[\\\\\"x" + i + "\\\\\"]\",NULL}"),
          new Kind("x7", "text", List.of("length(x7) > 3"), true, RandomSchema::shared),
          new Kind("x8", "text[]", List.of(), true, i -> "{\"" + shared(i) + "\",abc}"),
          new Kind("slots", "integer[]", List.of(), true, i -> "{" + i + ",7}"),
          new Kind("pair", "public.pair", List.of(), true, i -> "(" + shared(i) + "," + i + ")"),
          new Kind("marks", "public.hstore", List.of(), true, i -> "\"m\"=>\"" + shared(i) + "\""),
          new Kind(
              "country",
              "character(2)",
              List.of("country ~ '^[A-Z]{2}$'", "country = upper(country)"),
              false,
              i -> i % 2 == 0 ? "DE" : "FR"),
          new Kind(
              "iban",
              "character varying(34)",
              List.of("length(iban) >= 15", "iban ~ '^[A-Z]{2}[0-9]{2}'"),
              true,
              i -> "DE893704004405320130" + (10 + i)),
          new Kind(
              "notes",
              "text",
              List.of("char_length(notes) <= 200", "notes <> ''"),
              false,
              i -> "Please call at " + i + " o'clock"),
          new Kind("external_id", "uuid", List.of(), true, i -> uuid(i)),
          new Kind(
              "birth_date",
              "date",
              List.of("birth_date > '1900-01-01'::date", "birth_date < '2020-01-01'::date"),
              true,
              i -> "1970-01-%02d".formatted(1 + i % 30)),
          new Kind(
              "stay",
              "tstzrange",
              List.of("NOT isempty(stay)"),
              true,
              i ->
                  "[\"2024-01-%02d 10:00:00+00\",\"2024-01-%02d 09:00:00+00\")"
                      .formatted(1 + i % 30, 2 + i % 30)));

  private final Random random;
  private final StringBuilder tables = new StringBuilder();
  private final StringBuilder rows = new StringBuilder();
  private final StringBuilder after = new StringBuilder();
  private final List<String> keys = new ArrayList<>();
  private int names;

  private RandomSchema(long seed) {
    random = new Random(seed);
  }

  /** The text of a dump. */
  static String dump(long seed) {
    RandomSchema schema = new RandomSchema(seed);
    for (int i = 0; i < 4; i++) {
      schema.table("t" + i);
    }
    return """
    --
    -- PostgreSQL database dump
    --

    SET client_encoding = 'UTF8';
    SELECT pg_catalog.set_config('search_path', '', false);
    CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA public;
    CREATE TYPE public.pair AS (
    \tx7 text,
    \tn integer
    );
    CREATE TABLE public.wording (
        id integer NOT NULL,
        label text
    );
    """
        + schema.tables
        + wording()
        + schema.rows
        + schema.after
        + """

        --
        -- PostgreSQL database dump complete
        --
        """;
  }

  /** A rare text of several words, which a catalogue that is kept has, too. */
  private static String shared(int row) {
    return "the wording of article " + row;
  }

  /** The rows of the catalogue, and its key. */
  private static String wording() {
    StringBuilder rows = new StringBuilder("COPY public.wording (id, label) FROM stdin;\n");
    for (int i = 0; i < ROWS; i++) {
      rows.append(i + 1).append('\t').append(shared(i)).append('\n');
    }
    return rows
        + "\\.\nALTER TABLE ONLY public.wording ADD CONSTRAINT wording_pk PRIMARY KEY (id);\n";
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private String next(String prefix) {
    return prefix + "_" + names++;
  }

  private void table(String name) {
    List<Kind> kinds = new ArrayList<>(KINDS);
    Collections.shuffle(kinds, random);
    kinds = kinds.subList(0, 4 + random.nextInt(6));
    boolean partitioned = chance(30);
    List<String> parts = new ArrayList<>(List.of("id integer NOT NULL"));
    kinds.forEach(kind -> parts.add(column(kind)));
    parts.add("wording_id integer");
    boolean times = chance(60);
    if (times) {
      parts.add("born_on date");
      parts.add("hired_on date");
      parts.add("CONSTRAINT " + next("c") + " CHECK ((born_on < hired_on))");
    }
    String key = keys.isEmpty() || chance(40) ? null : keys.get(random.nextInt(keys.size()));
    if (key != null) {
      parts.add("ref " + key.split(" ", 3)[2]);
    }
    boolean byDay = partitioned && chance(50);
    if (byDay) {
      parts.add("joined_on date NOT NULL");
    }
    tables.append(
        "CREATE TABLE public.%s (\n    %s\n)".formatted(name, String.join(",\n    ", parts)));
    if (partitioned) {
      tables.append(byDay ? "\nPARTITION BY RANGE (joined_on)" : "\nPARTITION BY HASH (id)");
    }
    tables.append(";\n");
    if (partitioned) {
      partitions(name, byDay);
    }
    copy(name, kinds, times, key != null ? key : "", byDay);
    constraints(name, kinds, partitioned, byDay);
    if (key != null) {
      String[] words = key.split(" ", 3);
      after.append(
          "ALTER TABLE %s public.%s ADD CONSTRAINT %s FOREIGN KEY (ref) REFERENCES public.%s(%s);\n"
              .formatted(partitioned ? "" : "ONLY", name, next("fk"), words[0], words[1]));
    }
  }

  private String column(Kind kind) {
    List<String> parts = new ArrayList<>();
    String type = kind.type();
    List<String> checks = new ArrayList<>(kind.checks());
    Collections.shuffle(checks, random);
    boolean domain = !checks.isEmpty() && chance(25) && !type.endsWith("[]");
    if (domain) {
      String name = next("d");
      String check = checks.getFirst().replaceAll("\\b" + kind.name() + "\\b", "VALUE");
      tables.append(
          "CREATE DOMAIN public.%s AS %s\n\tCONSTRAINT %s CHECK ((%s));\n"
              .formatted(name, type, next("c"), check));
      type = "public." + name;
    }
    parts.add(kind.name() + " " + type + (chance(50) ? " NOT NULL" : ""));
    if (!domain) {
      checks.stream()
          .limit(random.nextInt(3))
          .forEach(check -> parts.add("CONSTRAINT " + next("c") + " CHECK ((" + check + "))"));
    }
    return String.join(",\n    ", parts);
  }

  private void partitions(String name, boolean byDay) {
    for (int i = 0; i < 2; i++) {
      String bound =
          byDay
              ? "FROM ('202%d-01-01') TO ('202%d-01-01')".formatted(i, i + 1)
              : "WITH (modulus 2, remainder " + i + ")";
      tables.append(
          "CREATE TABLE public.%s_p%d PARTITION OF public.%s\nFOR VALUES %s;\n"
              .formatted(name, i, name, bound));
    }
  }

  private void copy(String name, List<Kind> kinds, boolean times, String key, boolean byDay) {
    List<String> columns = new ArrayList<>(List.of("id"));
    kinds.forEach(kind -> columns.add(kind.name()));
    columns.add("wording_id");
    if (times) {
      columns.addAll(List.of("born_on", "hired_on"));
    }
    if (!key.isEmpty()) {
      columns.add("ref");
    }
    if (byDay) {
      columns.add("joined_on");
    }
    rows.append("COPY public.%s (%s) FROM stdin;\n".formatted(name, String.join(", ", columns)));
    for (int i = 0; i < ROWS; i++) {
      List<String> values = new ArrayList<>(List.of("" + (i + 1)));
      int row = i;
      kinds.forEach(kind -> values.add(kind.values().of(row)));
      values.add("" + (row + 1));
      if (times) {
        values.addAll(List.of("1980-02-" + (1 + i % 28), "2010-03-" + (1 + i % 28)));
      }
      if (!key.isEmpty()) {
        values.add(value(key.split(" ", 3)[1], i));
      }
      if (byDay) {
        values.add("202" + i % 2 + "-05-05");
      }
      rows.append(String.join("\t", values)).append('\n');
    }
    rows.append("\\.\n");
  }

  private static String value(String column, int row) {
    return KINDS.stream()
        .filter(kind -> kind.name().equals(column))
        .map(kind -> kind.values().of(row))
        .findFirst()
        .orElse("" + (row + 1));
  }

  private void constraints(String name, List<Kind> kinds, boolean partitioned, boolean byDay) {
    String only = partitioned ? "" : "ONLY ";
    after.append(
        "ALTER TABLE %spublic.%s ADD CONSTRAINT %s PRIMARY KEY (id%s);\n"
            .formatted(only, name, next("pk"), byDay ? ", joined_on" : ""));
    after.append(
        "ALTER TABLE %spublic.%s ADD CONSTRAINT %s FOREIGN KEY (wording_id) REFERENCES public.wording(id);\n"
            .formatted(only, name, next("fk")));
    if (partitioned) {
      return;
    }
    keys.add(name + " id integer");
    for (Kind kind : kinds) {
      if (kind.unique() && chance(60)) {
        unique(name, kind, kinds);
      }
    }
  }

  private void unique(String table, Kind kind, List<Kind> kinds) {
    String column = kind.name();
    String index = "CREATE UNIQUE INDEX " + next("u") + " ON public." + table + " USING btree ";
    boolean text = kind.type().startsWith("text") || kind.type().startsWith("character");
    boolean scalar = text && !kind.type().endsWith("[]");
    switch (column.equals("stay") ? 9 : random.nextInt(scalar ? 8 : 6)) {
      case 0 -> {
        after.append(
            "ALTER TABLE ONLY public.%s ADD CONSTRAINT %s UNIQUE (%s);\n"
                .formatted(table, next("u"), column));
        keys.add(table + " " + column + " " + kind.type());
      }
      case 1 -> after.append(index + "(" + column + ") NULLS NOT DISTINCT;\n");
      case 2 -> after.append(index + "(" + column + ") INCLUDE (id);\n");
      case 3 -> after.append(index + "(" + column + ") WHERE (id > 3);\n");
      case 4 ->
          after.append(
              index
                  + "("
                  + column
                  + ", "
                  + kinds.getFirst().name()
                  + (chance(50) ? ", id);\n" : ");\n"));
      case 5 ->
          after.append(
              "ALTER TABLE ONLY public.%s ADD CONSTRAINT %s EXCLUDE USING btree (%s WITH =);\n"
                  .formatted(table, next("x"), column));
      case 6 -> after.append(index + "(lower((" + column + ")::text));\n");
      case 7 -> after.append(index + "(btrim((" + column + ")::text)) WHERE (id < 1000);\n");
      default ->
          after.append(
              "ALTER TABLE ONLY public.%s ADD CONSTRAINT %s EXCLUDE USING gist (stay WITH &&);\n"
                  .formatted(table, next("x")));
    }
  }

  private static String uuid(int row) {
    return String.format(Locale.ROOT, "00000000-0000-4000-8000-%012d", row);
  }
}
