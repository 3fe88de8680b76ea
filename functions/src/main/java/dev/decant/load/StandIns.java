package dev.decant.load;

import dev.decant.dump.DumpPart;
import dev.decant.dump.StandInText;
import dev.decant.dump.StatementKind;
import dev.decant.dump.TableClauses;
import dev.decant.dump.WrittenType;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import dev.decant.schema.TableName;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Runs the DDL of a dump in a scratch database whose server lacks some of what the dump names, for
 * example the types of an extension. If a statement fails because something is missing, it is run
 * again with a stand-in:
 *
 * <ul>
 *   <li>A missing type becomes a domain over text with the same name. Its columns contain the texts
 *       of the dump, and no CHECK may read them. A type with modifiers, such as {@code
 *       vector(384)}, is a domain whose name contains the modifiers.
 *   <li>Types whose values name objects of the server, such as {@code regclass}, always become
 *       domains over text, because the objects may be missing.
 *   <li>A missing collation becomes the root collation of ICU, or C.
 *   <li>A default, a CHECK, or the expression of a generated column that needs something else is
 *       left out of the table.
 * </ul>
 *
 * <p>Only scratch databases have stand-ins. The output contains the statements of the dump. Several
 * threads may use an object, for several databases.
 */
public final class StandIns {
  /** The schema of the stand-ins for types that must not be replaced in their own schema. */
  private static final String SCHEMA = "decant_stand_ins";

  /** The types whose values name objects that a server may lack. */
  private static final Set<String> NAMES_OF_OBJECTS =
      Set.of(
          "aclitem",
          "regclass",
          "regcollation",
          "regconfig",
          "regdictionary",
          "regnamespace",
          "regoper",
          "regoperator",
          "regproc",
          "regprocedure",
          "regrole",
          "regtype");

  private static final Pattern OF_OBJECTS = Pattern.compile("(?i)\\b(reg[a-z]+|aclitem)\\b");

  /** The statements that create a type. The rows of a table or a view are a type, too. */
  private static final Set<StatementKind> TYPES =
      EnumSet.of(
          StatementKind.TYPE,
          StatementKind.DOMAIN,
          StatementKind.TABLE,
          StatementKind.VIEW,
          StatementKind.MATERIALIZED_VIEW,
          StatementKind.FOREIGN_TABLE);

  /** A statement can need a stand-in for each of its columns and clauses. */
  private static final int MOST = 1000;

  private static final int NAME_BYTES = 63;

  private static final Pattern TYPE_MESSAGE =
      Pattern.compile("type \"(.+)\" (does not exist|is only a shell)");

  private static final String NO_SCHEMA = "3F000";
  private static final String UNDEFINED = "42704";
  private static final String SYNTAX = "42601";

  /** The types that the dump creates, as long as their statements have not failed. */
  private final Set<String> own;

  /** The stand-ins for types, as statements write their names. */
  private final Set<String> written = ConcurrentHashMap.newKeySet();

  /** The types as the dump names them, by the schemas and the names of their stand-ins. */
  private final Map<String, String> types = new ConcurrentHashMap<>();

  /** The tables of extensions that have stand-ins. */
  private final Set<TableName> tables = ConcurrentHashMap.newKeySet();

  /** Gets the types and the clauses of statements that the scratch database does not have. */
  public interface Notes {
    /**
     * Notes a type or a clause.
     *
     * @param object the type, or the clause and its table, for messages
     * @param reason a reason as it follows a colon, without a period and without a row value
     */
    void leftOut(DdlStatement ddl, String object, String reason);
  }

  private static final String OPAQUE =
      "the scratch server does not have this type, so its values are treated as text";

  private static final String OBJECTS =
      "its values name objects that the scratch server may not have, so they are treated as text";

  private static final String READS =
      "it reads values of a type that the scratch server does not have";

  /**
   * @param statements the statements of the dump that run before the rows
   */
  public StandIns(Collection<DumpPart.Statement> statements) {
    own = ConcurrentHashMap.newKeySet();
    statements.stream()
        .filter(s -> TYPES.contains(s.kind()))
        .map(s -> name(s.object()))
        .forEach(own::add);
  }

  /**
   * The types that have stand-ins, as the dump names them, by the name of the stand-in, {@code
   * schema.name} without quotes.
   */
  public Map<String, String> types() {
    return Map.copyOf(types);
  }

  /** Runs a statement, with stand-ins for what is missing if that makes it succeed. */
  public void execute(Statement connection, DdlStatement ddl, Notes notes) throws SQLException {
    String sql = ddl.sql();
    for (int i = 0; ; i++) {
      sql = prepared(connection, ddl, sql, notes);
      try {
        connection.execute(sql);
        return;
      } catch (SQLException e) {
        @Nullable String next =
            i < MOST && repairable(connection, ddl, e)
                ? repaired(connection, ddl, sql, e, notes)
                : null;
        if (next == null) {
          own.remove(name(ddl.object()));
          throw e;
        }
        sql = next;
      }
    }
  }

  /** Whether a table is a configuration table of an extension that decant knows. */
  public static boolean isOfExtension(TableName table) {
    return ExtensionTables.extension(table) != null;
  }

  /** The tables of extensions that have stand-ins. */
  public Set<TableName> tables() {
    return Set.copyOf(tables);
  }

  /**
   * Creates a table for rows whose table the dump does not create, because it belongs to an
   * extension that the server lacks. It has the columns of the rows. The types of most columns are
   * not known, so any text fits them.
   *
   * @return whether the table was created; it is not if it exists
   */
  public boolean createTable(Statement connection, DumpPart.CopyStart rows) throws SQLException {
    String name = rows.table().sql();
    List<String> columns = rows.columns();
    if (columns == null
        || !Queries.text(
                connection, "SELECT pg_catalog.to_regclass(" + Quoting.literal(name) + ") IS NULL")
            .equals("t")) {
      return false;
    }
    WrittenType unknown = new WrittenType(SCHEMA, "unknown type", "");
    create(connection, unknown, "unknown type");
    connection.execute("CREATE SCHEMA IF NOT EXISTS " + Quoting.identifier(rows.table().schema()));
    connection.execute(
        columns.stream()
            .map(
                column ->
                    Quoting.identifier(column)
                        + ' '
                        + Objects.requireNonNullElse(
                            ExtensionTables.type(rows.table(), column), unknown.sql()))
            .collect(Collectors.joining(", ", "CREATE TABLE " + name + " (", ")")));
    tables.add(rows.table());
    return true;
  }

  /** {@code TYPE public.a} without its first word. */
  private static String name(String object) {
    return object.startsWith("TYPE ") || object.startsWith("DOMAIN ")
        ? object.substring(object.indexOf(' ') + 1)
        : object;
  }

  /**
   * Whether another form of the statement may succeed. In a transaction, the error has ended
   * everything. A collation fails with the state of a wrong value if its locale is missing.
   */
  private static boolean repairable(Statement connection, DdlStatement ddl, SQLException e)
      throws SQLException {
    String state = String.valueOf(e.getSQLState());
    return connection.getConnection().getAutoCommit()
        && !state.startsWith("25")
        && (Unverified.ofTheStatement(state)
            || (state.startsWith("22") && ddl.object().startsWith("COLLATION ")));
  }

  private String prepared(Statement connection, DdlStatement ddl, String sql, Notes notes)
      throws SQLException {
    boolean ofObjects = OF_OBJECTS.matcher(sql).find();
    if (!ofObjects && written.isEmpty()) {
      return sql;
    }
    Optional<TableClauses> table = TableClauses.of(sql);
    if (table.isEmpty()) {
      return sql;
    }
    String changed = sql;
    if (ofObjects && table.get().types().stream().anyMatch(StandIns::ofObjects)) {
      for (WrittenType type : table.get().types()) {
        if (ofObjects(type)) {
          create(connection, new WrittenType(SCHEMA, type.name(), ""), type.name());
          notes.leftOut(ddl, "type " + type.name(), OBJECTS);
        }
      }
      changed = table.get().withTypes(StandIns::ofObjects, SCHEMA);
    }
    return withoutChecks(ddl, changed, notes);
  }

  /** A CHECK over the text of a value would not say whether the value itself satisfies it. */
  private String withoutChecks(DdlStatement ddl, String sql, Notes notes) {
    String changed = sql;
    Optional<TableClauses.Cut> cut = cut(changed);
    while (cut.isPresent()) {
      notes.leftOut(ddl, cut.get().clause() + " of " + ddl.object(), READS);
      changed = cut.get().sql();
      cut = cut(changed);
    }
    return changed;
  }

  private Optional<TableClauses.Cut> cut(String sql) {
    return TableClauses.of(sql).flatMap(table -> table.withoutCheckOf(this::isStandIn));
  }

  private static boolean ofObjects(WrittenType type) {
    return NAMES_OF_OBJECTS.contains(type.name())
        && (type.schema() == null || type.schema().equals("pg_catalog"));
  }

  private boolean isStandIn(WrittenType type) {
    return written.contains(type.object());
  }

  /** The statement to run after an error, or null if nothing can be done. */
  private @Nullable String repaired(
      Statement connection, DdlStatement ddl, String sql, SQLException e, Notes notes)
      throws SQLException {
    String state = String.valueOf(e.getSQLState());
    if (state.equals(SYNTAX)) {
      return withModifiers(connection, sql);
    }
    Optional<String> collation = StandInText.createdCollation(sql);
    if (collation.isPresent()) {
      return StandInCollations.created(connection, collation.get(), sql);
    }
    if (state.equals(NO_SCHEMA) && createSchema(connection, ddl, sql, notes)) {
      return sql;
    }
    if (state.equals(UNDEFINED) || state.equals(NO_SCHEMA)) {
      String changed = StandInCollations.replaced(connection, sql);
      if (!changed.equals(sql)) {
        return changed;
      }
      Optional<WrittenType> type = type(sql, e).filter(t -> !own.contains(t.object()));
      if (type.isPresent() && create(connection, type.get())) {
        notes.leftOut(ddl, "type " + type.get().object(), OPAQUE);
        return sql;
      }
    }
    return withoutClause(ddl, sql, e, notes);
  }

  /** Creates the schema of a table if only an extension creates it, as TimescaleDB does. */
  private static boolean createSchema(
      Statement connection, DdlStatement ddl, String sql, Notes notes) throws SQLException {
    Optional<String> schema =
        TableClauses.of(sql).flatMap(TableClauses::schema).filter(ExtensionTables::isSchema);
    if (schema.isEmpty()
        || Queries.text(
                connection,
                "SELECT pg_catalog.to_regnamespace("
                    + Quoting.literal(Quoting.identifier(schema.get()))
                    + ") IS NOT NULL")
            .equals("t")) {
      return false;
    }
    connection.execute("CREATE SCHEMA " + Quoting.identifier(schema.get()));
    notes.leftOut(
        ddl,
        "SCHEMA " + TableName.quoted(schema.get()),
        "an extension that the scratch server does not have creates it");
    return true;
  }

  private static @Nullable String withoutClause(
      DdlStatement ddl, String sql, SQLException e, Notes notes) {
    Optional<TableClauses.Cut> cut =
        TableClauses.of(sql).flatMap(table -> table.without(position(e)));
    cut.ifPresent(
        c ->
            notes.leftOut(
                ddl, c.clause() + " of " + ddl.object(), DatabaseErrors.reason(e, ddl.sql())));
    return cut.map(TableClauses.Cut::sql).orElse(null);
  }

  private static int position(SQLException e) {
    @Nullable ServerErrorMessage message =
        e instanceof PSQLException fromServer ? fromServer.getServerErrorMessage() : null;
    return message == null ? 0 : message.getPosition();
  }

  /**
   * The missing type. PostgreSQL reports no position for some statements, but only its name. If the
   * statement does not write that name, a row has it as a value, as in {@code CHECK (name::regtype
   * IS NOT NULL)}. A schema may also be missing where a function is named, which needs no type.
   */
  private static Optional<WrittenType> type(String sql, SQLException e) {
    int position = position(e);
    if (position > 0) {
      Optional<TableClauses> table = TableClauses.of(sql);
      boolean ofColumn = table.filter(t -> t.isColumnType(position)).isPresent();
      boolean ofOther = table.isEmpty() && UNDEFINED.equals(e.getSQLState());
      return ofColumn || ofOther || WrittenType.isCast(sql, position)
          ? WrittenType.at(sql, position)
          : Optional.empty();
    }
    Matcher message = TYPE_MESSAGE.matcher(String.valueOf(e.getMessage()));
    return message.find() && DatabaseErrors.isWritten(message.group(1), sql)
        ? WrittenType.at(message.group(1), 1)
        : Optional.empty();
  }

  private boolean create(Statement connection, WrittenType type) throws SQLException {
    WrittenType plain = new WrittenType(type.schema(), type.name(), "");
    if (isType(connection, plain) || !create(connection, plain, plain.object())) {
      return false;
    }
    written.add(plain.object());
    return true;
  }

  private @Nullable String withModifiers(Statement connection, String sql) throws SQLException {
    Predicate<WrittenType> which =
        type ->
            isStandIn(type)
                && (type.name() + type.modifiers()).getBytes(StandardCharsets.UTF_8).length
                    <= NAME_BYTES;
    List<WrittenType> types = StandInText.modified(sql, which);
    for (WrittenType type : types) {
      WrittenType named = StandInText.named(type);
      if (!create(connection, named, type.toString())) {
        return null;
      }
      written.add(named.object());
    }
    return types.isEmpty() ? null : StandInText.withNamedModifiers(sql, which);
  }

  /**
   * Creates a domain over text, if it does not exist.
   *
   * @param original the type as the dump names it
   * @return whether the domain exists now
   */
  private boolean create(Statement connection, WrittenType type, String original)
      throws SQLException {
    try {
      if (!isType(connection, type)) {
        if (type.schema() != null) {
          connection.execute("CREATE SCHEMA IF NOT EXISTS " + Quoting.identifier(type.schema()));
        }
        connection.execute("CREATE DOMAIN " + type.sql() + " AS pg_catalog.text");
      }
    } catch (SQLException e) {
      // Another connection may have created it at the same time.
      if (!isType(connection, type)) {
        return false;
      }
    }
    types.put(
        Queries.text(
            connection,
            "SELECT n.nspname || '.' || t.typname FROM pg_catalog.pg_type t"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE t.oid = "
                + regtype(type)),
        original);
    return true;
  }

  private static boolean isType(Statement connection, WrittenType type) throws SQLException {
    return Queries.text(connection, "SELECT " + regtype(type) + " IS NOT NULL").equals("t");
  }

  private static String regtype(WrittenType type) {
    return "pg_catalog.to_regtype(" + Quoting.literal(type.sql()) + ')';
  }
}
