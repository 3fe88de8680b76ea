package dev.decant.dump;

import java.util.EnumSet;
import java.util.Set;

/**
 * The kinds of statements and meta-commands that a dump may contain. Each kind defines whether the
 * statement is in the output and when a scratch database runs it. A statement without a kind is an
 * error.
 */
public enum StatementKind {
  /** SET of a parameter that pg_dump sets: timeouts, encoding, default_table_access_method. */
  SETTING(Output.KEEP, Scratch.SCHEMA),
  /** SET transaction_timeout, which servers before 17 do not know. */
  SETTING_OF_NEWER_SERVER(Output.DROP, Scratch.NEVER),
  /** SET default_tablespace. */
  SETTING_TABLESPACE(Output.DROP, Scratch.NEVER),
  /** SET ROLE, SET and RESET SESSION AUTHORIZATION. */
  SETTING_ROLE(Output.DROP, Scratch.NEVER),
  /** SELECT set_config('search_path', …). */
  SEARCH_PATH(Output.KEEP, Scratch.SCHEMA),

  SCHEMA(Output.KEEP, Scratch.SCHEMA),
  EXTENSION(Output.KEEP, Scratch.SCHEMA),
  LANGUAGE(Output.KEEP, Scratch.SCHEMA),
  /** CREATE TYPE, shell types included. */
  TYPE(Output.KEEP, Scratch.SCHEMA),
  DOMAIN(Output.KEEP, Scratch.SCHEMA),
  FUNCTION(Output.KEEP, Scratch.SCHEMA),
  PROCEDURE(Output.KEEP, Scratch.SCHEMA),
  AGGREGATE(Output.KEEP, Scratch.SCHEMA),
  OPERATOR(Output.KEEP, Scratch.SCHEMA),
  OPERATOR_CLASS(Output.KEEP, Scratch.SCHEMA),
  /** CREATE OPERATOR FAMILY, and ALTER OPERATOR FAMILY … ADD. */
  OPERATOR_FAMILY(Output.KEEP, Scratch.SCHEMA),
  COLLATION(Output.KEEP, Scratch.SCHEMA),
  CONVERSION(Output.KEEP, Scratch.SCHEMA),
  CAST(Output.KEEP, Scratch.SCHEMA),
  TRANSFORM(Output.KEEP, Scratch.SCHEMA),
  ACCESS_METHOD(Output.KEEP, Scratch.SCHEMA),
  /** CREATE TEXT SEARCH …, and ALTER TEXT SEARCH CONFIGURATION … ADD MAPPING. */
  TEXT_SEARCH(Output.KEEP, Scratch.SCHEMA),
  /** CREATE FOREIGN DATA WRAPPER. Its options are left out. */
  FOREIGN_DATA_WRAPPER(Output.KEEP, Scratch.SCHEMA),
  /** CREATE SERVER. Its options are left out. */
  SERVER(Output.KEEP, Scratch.SCHEMA),
  /** CREATE FOREIGN TABLE. Its options and those of its columns are left out. */
  FOREIGN_TABLE(Output.KEEP, Scratch.SCHEMA),
  /** ALTER FOREIGN TABLE … OPTIONS. */
  FOREIGN_OPTIONS(Output.DROP, Scratch.NEVER),

  /** CREATE TABLE. */
  TABLE(Output.KEEP, Scratch.SCHEMA),
  /** ALTER TABLE … ATTACH PARTITION. */
  TABLE_ATTACH(Output.KEEP, Scratch.SCHEMA),
  /** ALTER TABLE … INHERIT, OF. */
  TABLE_INHERIT(Output.KEEP, Scratch.SCHEMA),
  /** ALTER TABLE … SET (…), SET ACCESS METHOD. */
  TABLE_SETTING(Output.KEEP, Scratch.SCHEMA),
  /**
   * A change of a table or a type that pg_dump does not write, for example ALTER TABLE … ADD COLUMN
   * or CREATE TABLE … AS. {@link DumpReader} returns this kind only before the first row, and never
   * for a statement that brings rows; a reader of schemas returns it everywhere.
   */
  SCHEMA_CHANGE(Output.KEEP, Scratch.SCHEMA),
  /** ALTER TABLE or VIEW … ALTER COLUMN … SET DEFAULT. */
  COLUMN_DEFAULT(Output.KEEP, Scratch.SCHEMA),
  /** ALTER TABLE … ALTER COLUMN … ADD GENERATED … AS IDENTITY. */
  COLUMN_IDENTITY(Output.KEEP, Scratch.SCHEMA),
  /** ALTER TABLE … ALTER COLUMN … SET STATISTICS, SET STORAGE, SET (…). */
  COLUMN_STORAGE(Output.KEEP, Scratch.SCHEMA),
  /** ALTER TABLE … ALTER COLUMN … SET COMPRESSION. A scratch server may lack lz4. */
  COLUMN_COMPRESSION(Output.KEEP, Scratch.NEVER),
  SEQUENCE(Output.KEEP, Scratch.SCHEMA),
  /** ALTER SEQUENCE … OWNED BY. */
  SEQUENCE_OWNED_BY(Output.KEEP, Scratch.SCHEMA),
  /** ALTER SEQUENCE … SET LOGGED or UNLOGGED. */
  SEQUENCE_SETTING(Output.KEEP, Scratch.NEVER),
  /** SELECT setval(…). */
  SEQUENCE_VALUE(Output.KEEP, Scratch.SCHEMA),
  /** CREATE VIEW, and CREATE OR REPLACE VIEW, which follows the rows if views are circular. */
  VIEW(Output.KEEP, Scratch.SCHEMA),
  MATERIALIZED_VIEW(Output.KEEP, Scratch.SCHEMA),

  /** A primary key, UNIQUE, EXCLUDE, CHECK or NOT NULL of a table, also if it is NOT VALID. */
  CONSTRAINT(Output.KEEP, Scratch.CONSTRAINT),
  /** ALTER DOMAIN … ADD CONSTRAINT. */
  DOMAIN_CONSTRAINT(Output.KEEP, Scratch.CONSTRAINT),
  FOREIGN_KEY(Output.KEEP, Scratch.FOREIGN_KEY),
  /** CREATE UNIQUE INDEX. */
  INDEX_UNIQUE(Output.KEEP, Scratch.CONSTRAINT),
  /** CREATE INDEX with an expression or a predicate, whose evaluation can fail. */
  INDEX_EXPRESSION(Output.KEEP, Scratch.CONSTRAINT),
  /** CREATE INDEX on plain columns. */
  INDEX(Output.KEEP, Scratch.FULL),
  /** ALTER INDEX … ATTACH PARTITION. */
  INDEX_ATTACH(Output.KEEP, Scratch.ATTACH),
  /** ALTER INDEX … ALTER COLUMN … SET STATISTICS, ALTER INDEX … SET (…). */
  INDEX_SETTING(Output.KEEP, Scratch.FULL),
  /** ALTER TABLE … CLUSTER ON, SET WITHOUT CLUSTER. */
  CLUSTER(Output.KEEP, Scratch.FULL),
  REPLICA_IDENTITY(Output.KEEP, Scratch.FULL),
  /** CREATE and ALTER STATISTICS. */
  STATISTICS(Output.KEEP, Scratch.FULL),
  TRIGGER(Output.KEEP, Scratch.FULL),
  /** ALTER TABLE … ENABLE or DISABLE TRIGGER or RULE. */
  TRIGGER_SWITCH(Output.KEEP, Scratch.FULL),
  /** ALTER TABLE … DISABLE or ENABLE TRIGGER ALL around the rows of a data-only dump. */
  TRIGGER_SWITCH_ALL(Output.KEEP, Scratch.NEVER),
  RULE(Output.KEEP, Scratch.FULL),
  /** CREATE POLICY. The roles that it names are left out. */
  POLICY(Output.KEEP, Scratch.FULL),
  /** ALTER TABLE … ROW LEVEL SECURITY. */
  ROW_SECURITY(Output.KEEP, Scratch.FULL),
  /** REFRESH MATERIALIZED VIEW. */
  REFRESH(Output.KEEP, Scratch.FULL),
  /** ALTER … DEPENDS ON EXTENSION. */
  EXTENSION_DEPENDENCY(Output.KEEP, Scratch.FULL),
  /** COMMENT ON an object that is in the output, except large objects. */
  COMMENT(Output.KEEP, Scratch.FULL),

  /** SELECT lo_create(…). */
  LARGE_OBJECT_CREATE(Output.KEEP, Scratch.NEVER),
  /** SELECT lo_open, lowrite, lo_close, which contain raw data. */
  LARGE_OBJECT_DATA(Output.KEEP, Scratch.NEVER),
  /** COMMENT ON LARGE OBJECT. */
  LARGE_OBJECT_COMMENT(Output.KEEP, Scratch.NEVER),
  /** BEGIN and COMMIT around the data of large objects. */
  TRANSACTION(Output.KEEP, Scratch.NEVER),

  /** INSERT. {@link DumpReader} returns its rows, and never this kind. */
  INSERT(Output.DROP, Scratch.NEVER),

  OWNER(Output.DROP, Scratch.NEVER),
  /** CREATE, ALTER and DROP ROLE, which pg_dumpall writes. */
  ROLE(Output.DROP, Scratch.NEVER),
  /** GRANT, REVOKE. */
  PRIVILEGE(Output.DROP, Scratch.NEVER),
  DEFAULT_PRIVILEGE(Output.DROP, Scratch.NEVER),
  /** CREATE, ALTER and DROP DATABASE, ALTER ROLE … IN DATABASE, UPDATE pg_database. */
  DATABASE(Output.DROP, Scratch.NEVER),
  /** CREATE TABLESPACE, ALTER … SET TABLESPACE. */
  TABLESPACE(Output.DROP, Scratch.NEVER),
  EVENT_TRIGGER(Output.DROP, Scratch.NEVER),
  PUBLICATION(Output.DROP, Scratch.NEVER),
  SUBSCRIPTION(Output.DROP, Scratch.NEVER),
  USER_MAPPING(Output.DROP, Scratch.NEVER),
  SECURITY_LABEL(Output.DROP, Scratch.NEVER),
  /** COMMENT ON an object that is not in the output, or on an extension, which needs its owner. */
  COMMENT_DROPPED(Output.DROP, Scratch.NEVER),
  /** SELECT pg_restore_*_stats(…), which contains values of columns. */
  RESTORE_STATISTICS(Output.DROP, Scratch.NEVER),
  /** The statements of --clean: DROP, ALTER … DROP, replaced views, lo_unlink. */
  CLEAN(Output.DROP, Scratch.NEVER),

  /**
   * A statement or a command that changes neither objects nor rows: ANALYZE, VACUUM, BEGIN and
   * COMMIT of a script, and what psql shows.
   */
  IGNORED(Output.DROP, Scratch.NEVER),

  /** {@code \restrict} and {@code \\unrestrict} of psql. */
  RESTRICT(Output.DROP, Scratch.NEVER),
  /** \connect of psql. */
  CONNECT(Output.DROP, Scratch.NEVER),
  /** \set ON_ERROR_STOP, which every sanitized dump has; each output gets its own. */
  ERROR_STOP(Output.DROP, Scratch.NEVER);

  private final Output output;
  private final Scratch scratch;

  StatementKind(Output output, Scratch scratch) {
    this.output = output;
    this.scratch = scratch;
  }

  /** The kinds that the rows, or the place of the rows, depend on. */
  private static final Set<StatementKind> OF_ROWS =
      EnumSet.of(
          SETTING,
          SEARCH_PATH,
          SCHEMA,
          EXTENSION,
          TABLE,
          TABLE_ATTACH,
          TABLE_INHERIT,
          TABLE_SETTING,
          COLUMN_IDENTITY,
          COLUMN_STORAGE,
          SEQUENCE,
          SEQUENCE_OWNED_BY);

  /**
   * Whether no row depends on the object that such a statement creates, unless another statement
   * fails without it.
   */
  public boolean withoutRows() {
    return !OF_ROWS.contains(this);
  }

  /**
   * Whether such a statement describes an object of the schema that is in the output, so its text
   * may contain findings. Values of settings and sequences do not describe an object.
   */
  public boolean describesObject() {
    return output == Output.KEEP
        && this != SETTING
        && this != SEARCH_PATH
        && this != SEQUENCE_VALUE
        && (!ofLargeObjects() || this == LARGE_OBJECT_COMMENT);
  }

  /**
   * Whether such a statement creates, fills or describes large objects. In a dump, these kinds are
   * used for nothing else.
   */
  public boolean ofLargeObjects() {
    return this == LARGE_OBJECT_CREATE
        || this == LARGE_OBJECT_DATA
        || this == LARGE_OBJECT_COMMENT
        || this == TRANSACTION;
  }

  public Output output() {
    return output;
  }

  public Scratch scratch() {
    return scratch;
  }

  /** Whether a statement is in the sanitized dump. */
  public enum Output {
    /** It is in the output, without the parts of its text that must not be published. */
    KEEP,
    /** It is not in the output. */
    DROP
  }

  /** When a scratch database runs a statement. */
  public enum Scratch {
    /**
     * In the order of the dump, before or after the rows: types, tables, functions, views,
     * sequences and their values.
     */
    SCHEMA,
    /**
     * After the rows, because it can reject a row: keys, UNIQUE, EXCLUDE, CHECK, and unique and
     * expression indexes.
     */
    CONSTRAINT,
    /** After all constraints, in the order of the dump: attaching indexes of partitions. */
    ATTACH,
    /** After the indexes of partitions were attached: foreign keys. */
    FOREIGN_KEY,
    /** Only with full verification: plain indexes, triggers, rules, policies, refreshes. */
    FULL,
    /** Never. */
    NEVER
  }
}
