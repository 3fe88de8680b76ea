package dev.decant.cli;

import static dev.decant.cli.CanaryFault.assertion;
import static dev.decant.cli.CanaryFault.cut;
import static dev.decant.cli.CanaryFault.ddl;
import static dev.decant.cli.CanaryFault.masked;
import static dev.decant.cli.CanaryFault.policy;
import static dev.decant.cli.CanaryFault.rows;
import static dev.decant.cli.CanaryFault.step;
import static dev.decant.cli.CanaryFault.table;
import static dev.decant.cli.CanaryFault.value;
import static dev.decant.testing.Canaries.NUMBER;
import static dev.decant.testing.Canaries.OTHER;
import static dev.decant.testing.Canaries.TEXT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;

import java.util.stream.Stream;

/** The faults of {@link CanaryIT}, one on each line. A new stage gets a line here. */
final class CanaryFaults {
  private static final String COPY = "COPY public.t (id, c, n) FROM stdin;\n";
  private static final String ALTER = "ALTER TABLE ONLY public.t ADD CONSTRAINT k ";
  private static final String RAISING =
      "CREATE FUNCTION public.f(v text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN"
          + " RAISE EXCEPTION USING ERRCODE = '23514', MESSAGE = v, DETAIL = v, HINT = v, TABLE ="
          + " v, COLUMN = v, CONSTRAINT = v, DATATYPE = v, SCHEMA = v; END $$;\n";
  private static final String RAISE =
      "DO $$ DECLARE v text := (SELECT max(c) FROM t); BEGIN RAISE EXCEPTION USING ERRCODE = '%s',"
          + " MESSAGE = v, DETAIL = v, HINT = v, TABLE = v, COLUMN = v, CONSTRAINT = v, DATATYPE ="
          + " v, SCHEMA = v; END $$";

  private CanaryFaults() {}

  static Stream<CanaryFault> all() {
    return Stream.of(values(), masks(), reader(), definitions(), steps(), policies())
        .flatMap(faults -> faults);
  }

  private static Stream<CanaryFault> values() {
    return Stream.of(
        value("integer", TEXT),
        value("integer", NUMBER),
        value("bigint", NUMBER + "0000"),
        value("numeric(5,2)", NUMBER),
        value("date", TEXT),
        value("timestamp with time zone", NUMBER),
        value("uuid", TEXT),
        value("json", "{\"" + TEXT + "\": " + OTHER + "}"),
        value("jsonb", "{\"a\": \"" + TEXT),
        value("jsonpath", "$." + TEXT + "[[" + OTHER),
        value("xml", "<" + TEXT + ">" + OTHER),
        value("int4range", "[" + TEXT + "," + OTHER + ")"),
        value("integer[]", "{" + TEXT + "}"),
        value("text[]", "{" + TEXT + ",\"" + OTHER),
        value("public.hstore", TEXT + "=>" + OTHER + "=>" + TEXT).ends(0, ""),
        value("public.mood", TEXT),
        value("public.short", TEXT).ends(13, "short_check"),
        value("public.pair", "(" + TEXT + "," + OTHER + ")"),
        value("inet", TEXT),
        value("bit(3)", TEXT),
        value("bytea", "\\\\x" + TEXT),
        value("character varying(3)", TEXT),
        value("tsvector", "'" + TEXT),
        value("regtype", TEXT).ends(0, ""),
        value("pg_lsn", TEXT));
  }

  private static Stream<CanaryFault> masks() {
    return Stream.of(
        masked("json", "json", "{\"" + TEXT + "\": " + OTHER + "}").ends(0, ""),
        masked("jsonb", "json", "[\"" + TEXT).ends(0, ""),
        masked("date", "date-shift", TEXT),
        masked("timestamp with time zone", "date-truncate", NUMBER),
        masked("integer", "noise", TEXT).ends(12, "public.t"),
        masked("bigint", "id", NUMBER + NUMBER).ends(0, ""),
        masked("integer", "{ mask: round, to: 100 }", TEXT).ends(12, "public.t"),
        masked("uuid", "uuid", TEXT).ends(0, ""),
        masked("inet", "ip", TEXT),
        masked("text[]", "{ mask: array, of: email }", "{" + TEXT + ",\"" + OTHER),
        masked("public.hstore", "hstore", TEXT + "=>" + OTHER + "=>"),
        masked("xml", "xml", "<" + TEXT + ">" + OTHER).ends(12, "public.t"),
        masked("int4range", "noise", "[" + TEXT + "," + OTHER + ")"));
  }

  /** Rows that the reader of the dump cannot understand. */
  private static Stream<CanaryFault> reader() {
    String row = "1\t" + TEXT + "\t" + NUMBER;
    return Stream.of(
        rows("too many fields", 11, "public.t", COPY + row + "\t" + OTHER + "\n\\.\n"),
        rows("too few fields", 11, "public.t", COPY + "1\t" + TEXT + "\n\\.\n"),
        rows("NUL byte", 11, "neither text", COPY + "1\t" + TEXT + "\0" + OTHER + "\t1\n\\.\n"),
        rows("Latin 1", 12, "public.t", COPY + "1\t" + TEXT + "\u00fc\t1\n\\.\n").in(ISO_8859_1),
        rows("UTF-16", 0, "", COPY + row + "\n\\.\n").in(UTF_16),
        cut("cut in a row", "public.t", COPY + row + "\n2\t" + OTHER),
        cut("cut after a row", "public.t", COPY + row + "\n"),
        rows("a row outside", 11, "Line", COPY + row + "\n\\.\n\n" + row + ";\n"),
        rows("no end", 11, "", COPY + row + "\n\\.x\n" + row + "\n"),
        rows(
            "an unknown escape", 12, "public.t", COPY + "1\t\\x" + TEXT + "\t" + OTHER + "\n\\.\n"),
        rows(
            "a table that does not exist",
            10,
            "public.u",
            COPY.replace(".t", ".u") + row + "\n\\.\n"),
        insert(11, "(1, '" + TEXT + "', " + TEXT + ")"),
        insert(0, "(1, '" + TEXT + "')"),
        insert(11, "(1, '" + TEXT + "', now() - '" + OTHER + "')"),
        insert(11, "(1, '" + TEXT + "', (SELECT " + NUMBER + "))"),
        insert(11, "(1, '" + TEXT + "', '" + OTHER),
        insert(12, "(1, E'" + TEXT + "\\q\\xZZ', '" + OTHER + "'::bytea)"),
        insert(11, "(1, " + NUMBER + " " + TEXT + ", 3)"));
  }

  private static CanaryFault insert(int exitCode, String values) {
    return rows("INSERT " + values, exitCode, "", "INSERT INTO public.t VALUES " + values + ";\n");
  }

  private static Stream<CanaryFault> definitions() {
    return Stream.of(
        ddl(13, "public.t", ALTER + "UNIQUE (c);"),
        ddl(13, "public.t", ALTER + "PRIMARY KEY (n);"),
        ddl(13, "public.t", ALTER + "CHECK ((n < 0));"),
        ddl(13, "public.t", ALTER + "EXCLUDE USING btree (c WITH =);"),
        ddl(
            13,
            "public.t",
            ALTER
                + "UNIQUE (id);\n"
                + ALTER.replace("T k", "T f")
                + "FOREIGN KEY (n) REFERENCES public.t(id);"),
        ddl(13, "public.t", "CREATE UNIQUE INDEX k ON public.t USING btree (lower(c));"),
        ddl(0, "", "CREATE INDEX k ON public.t USING btree (((c)::integer));"),
        ddl(0, "", "CREATE INDEX k ON public.t USING btree (id) WHERE ((c)::integer > 0);"),
        ddl(12, "", "CREATE UNIQUE INDEX k ON public.t USING btree (((c)::integer));"),
        ddl(13, "constraint", RAISING + ALTER + "CHECK (public.f(c));"),
        ddl(
            13,
            "constraint",
            RAISING + "CREATE UNIQUE INDEX k ON public.t USING btree (public.f(c));"),
        ddl(0, "", view("(c)::integer")),
        ddl(0, "", view("(c)::regclass")),
        ddl(0, "", view("(c)::regtype")),
        ddl(0, "", view("(c || '.x')::regtype")),
        ddl(0, "", view("to_regtype(c), ('a.' || c)::regproc")),
        ddl(0, "", view("(c)::regcollation")),
        ddl(0, "", view("('\"' || c || '\".x')::regcollation")),
        ddl(12, "", ALTER + "CHECK (((c)::regtype IS NULL));"),
        ddl(12, "", ALTER + "CHECK (((('public.' || c))::regtype IS NOT NULL));"),
        ddl(0, "", RAISING + view("public.f(c)")),
        ddl(0, "", "CREATE STATISTICS public.s ON ((c)::integer), id FROM public.t;"),
        table(12, "public.t", "", ", g bigint GENERATED ALWAYS AS ((n / (id - 2))) STORED)"),
        table(12, "public.t", "", ", g integer GENERATED ALWAYS AS ((c)::integer) STORED)"),
        table(13, "public.t", "", ", CONSTRAINT k CHECK ((length(c) < 5)))"),
        table(13, "public.t", "", " NOT NULL, CONSTRAINT k CHECK ((n < 5)))"),
        table(13, "constraints", RAISING, ", CONSTRAINT k CHECK (public.f(c)))"),
        table(13, "public.t", "", ")\nPARTITION BY LIST (c)"),
        ddl(
            0,
            "",
            RAISING.replace("boolean", "trigger").replace("v text", "")
                + "CREATE TRIGGER k BEFORE INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION"
                + " public.f();"));
  }

  private static String view(String expression) {
    return "CREATE MATERIALIZED VIEW public.v AS SELECT "
        + expression
        + " AS c FROM public.t WITH NO DATA;\nREFRESH MATERIALIZED VIEW public.v;";
  }

  private static Stream<CanaryFault> steps() {
    return Stream.of(
        step("sql step", RAISE.formatted("P0001")),
        step("sql step", RAISE.formatted("23505")),
        step("sql step", RAISE.formatted("42P01")),
        step("sql step", RAISE.formatted("53100")),
        step("sql step", RAISE.formatted("08006")),
        step("sql step", "update t set id = c::int"),
        step("sql step", "update t set id = id / (id - 2)"),
        step("sql step", "select c::regclass from t"),
        step("sql step", "insert into t select * from t where id = (c || 'x')::int"),
        step("sql step", "do $$ begin assert false, (select max(c) from t); end $$"),
        step("sql step", "do $$ begin execute 'select ' || (select max(c) from t); end $$"),
        step("sql step", "do $$ begin execute 'select * from ' || (select max(c) from t); end $$"),
        step(
            "sql step",
            "do $$ begin execute format('create table %I (%I int not null)', (select max(c) from"
                + " t), (select min(c) from t)); execute format('insert into %I values (null)',"
                + " (select max(c) from t)); end $$"),
        step(
            "sql step",
            "do $$ begin execute format('create function %I() returns int language sql as ''select"
                + " x.y()''', (select max(c) from t)); execute format('select %I()', (select max(c)"
                + " from t)); end $$"),
        step(
            "sql step",
            "do $$ declare v text := (select max(c) from t); begin perform set_config(v, v, false);"
                + " end $$"),
        step(
            "sql step",
            "do $$ declare v text := (select max(c) from t); begin perform"
                + " set_config('application_name', v, false); perform 1/0; end $$"),
        step(
            "sql step",
            "do $$ begin execute format('comment on table t is %L', (select max(c) from t)); end"
                + " $$"),
        step(
            "sql step",
            "do $$ begin execute format('set role %I', (select max(c) from t)); end $$"),
        step(
            "sql step",
            "do $$ begin raise warning '%', (select max(c) from t); raise log '%', (select max(c)"
                + " from t); perform 1/0; end $$"),
        assertion("assertion", "select max(c) from t"),
        assertion("assertion", "select max(c)::int from t"),
        assertion("assertion", "select 7 from t"),
        assertion("assertion", "select json_object(array[c]) from t"));
  }

  private static Stream<CanaryFault> policies() {
    return Stream.of(
        policy("no rule", 10, "public.t", "tables: { public.t: { keep: [id] } }\n"),
        policy(
            "a pattern",
            10,
            "",
            "tables: { public.t: { keep: [id, n], columns: { c: nomask } } }\n"),
        policy(
            "a number as a date",
            10,
            "",
            "tables: { public.t: { keep: [id, c], columns: { n: date-shift } } }\n"),
        policy(
            "a template",
            10,
            "public.t",
            "tables: { public.t: { keep: [id, n], columns: { c: { mask: template, value: '{c}' } }"
                + " } }\n"),
        policy(
            "no such anchor",
            10,
            "anchor",
            CanaryFault.KEPT
                + "anchors: { a: { table: public.t, where: { column: c, equals: nobody } } }\n"),
        policy(
            "two anchors",
            10,
            "anchor",
            CanaryFault.KEPT
                + "anchors: { a: { table: public.t, where: { column: n, equals: "
                + NUMBER
                + " } } }\n"),
        policy(
            "not unique any more",
            13,
            "",
            """
            tables: { public.t: { keep: [id, n], columns: { c: { mask: constant, value: x } } } }
            assertions: [ { name: a, sql: select count(distinct c) from t, equals: 2 } ]
            """));
  }
}
