package dev.decant.live;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import dev.decant.postgres.ServerAddress;
import dev.decant.progress.Quantity;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks, before anything is read, that a role may read all rows of a database. */
final class ReadRights {
  /** The most names in a message. */
  private static final int MOST_NAMES = 20;

  private static final String RELATIONS =
      """
      SELECT n.nspname, c.relname, c.relkind = 'S', pg_catalog.has_schema_privilege(n.oid, 'USAGE'),
        CASE WHEN c.relkind = 'S' THEN pg_catalog.has_sequence_privilege(c.oid, 'SELECT')
          ELSE pg_catalog.has_table_privilege(c.oid, 'SELECT') END,
        c.relkind <> 'S' AND pg_catalog.row_security_active(c.oid)
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'S') AND c.relpersistence <> 't' AND %s
      ORDER BY 1, 2\
      """
          .formatted(LiveTable.NOT_OF_EXTENSION);

  /** From this version on, the server has a function for the rights to a large object. */
  private static final int WITH_FUNCTION = 180_000;

  private static final String BY_FUNCTION = "pg_catalog.has_largeobject_privilege(m.oid, 'SELECT')";

  private static final String BY_LIST =
      """
      (pg_catalog.current_setting('lo_compat_privileges')::bool
        OR pg_catalog.pg_has_role(m.lomowner, 'USAGE') OR EXISTS (
          SELECT FROM pg_catalog.aclexplode(m.lomacl) a WHERE a.privilege_type = 'SELECT'
            AND (a.grantee = 0 OR pg_catalog.pg_has_role(a.grantee, 'USAGE'))))\
      """;

  private final ServerAddress server;
  private final List<Relation> relations;

  /** A table or a sequence, and what the role may do with it. */
  private record Relation(
      TableName name, boolean sequence, boolean usage, boolean select, boolean hidden) {}

  private ReadRights(ServerAddress server, List<Relation> relations) {
    this.server = server;
    this.relations = relations;
  }

  /**
   * The tables of a database, partitioned ones included.
   *
   * @param version the server's version number, for example 180001
   * @throws DecantException that lists the tables whose rows the role may not read, or not all of
   *     them, or the large objects
   */
  static List<TableName> tables(ServerAddress server, int version, Connection connection) {
    ReadRights rights =
        new ReadRights(
            server,
            Queries.rows(
                connection,
                RELATIONS,
                "listing tables",
                row ->
                    new Relation(
                        new TableName(row.getString(1), row.getString(2)),
                        row.getBoolean(3),
                        row.getBoolean(4),
                        row.getBoolean(5),
                        row.getBoolean(6))));
    rights.requireSelect();
    rights.requireAllRows();
    rights.requireLargeObjects(connection, version < WITH_FUNCTION ? BY_LIST : BY_FUNCTION);
    return rights.relations.stream().filter(r -> !r.sequence()).map(Relation::name).toList();
  }

  private void requireSelect() {
    List<TableName> tables = refused(false);
    List<TableName> sequences = refused(true);
    if (tables.isEmpty() && sequences.isEmpty()) {
      return;
    }
    List<TableName> all = Stream.concat(tables.stream(), sequences.stream()).toList();
    throw failed(
        "may not read "
            + counted(tables.size(), "table")
            + (tables.isEmpty() || sequences.isEmpty() ? "" : " and ")
            + counted(sequences.size(), "sequence")
            + ": "
            + Quantity.listed(all.stream().map(TableName::toString).toList(), MOST_NAMES)
            + ". Let an administrator run: "
            + String.join(" ", grants(all, tables, sequences))
            + " From PostgreSQL 14 on, this suffices for all tables: GRANT pg_read_all_data TO "
            + role()
            + ";");
  }

  private static String counted(int count, String noun) {
    return count == 0 ? "" : Quantity.counted(count, noun);
  }

  private List<TableName> refused(boolean sequences) {
    return relations.stream()
        .filter(r -> r.sequence() == sequences && !(r.usage() && r.select()))
        .map(Relation::name)
        .toList();
  }

  private List<String> grants(
      List<TableName> all, List<TableName> tables, List<TableName> sequences) {
    List<String> grants = new ArrayList<>();
    List<String> schemas = all.stream().map(TableName::schema).distinct().toList();
    boolean usage = relations.stream().allMatch(Relation::usage);
    if (!usage) {
      grants.add("GRANT USAGE ON SCHEMA " + Quoting.identifiers(schemas) + " TO " + role() + ";");
    }
    add(grants, "TABLE", tables);
    add(grants, "SEQUENCE", sequences);
    return grants;
  }

  private void add(List<String> grants, String kind, List<TableName> names) {
    if (names.size() > MOST_NAMES) {
      String schemas =
          Quoting.identifiers(names.stream().map(TableName::schema).distinct().toList());
      grants.add("GRANT SELECT ON ALL " + kind + "S IN SCHEMA " + schemas + " TO " + role() + ";");
    } else if (!names.isEmpty()) {
      String all = names.stream().map(TableName::sql).collect(Collectors.joining(", "));
      grants.add("GRANT SELECT ON " + kind + " " + all + " TO " + role() + ";");
    }
  }

  private void requireAllRows() {
    List<String> hidden =
        relations.stream().filter(Relation::hidden).map(r -> r.name().toString()).toList();
    if (!hidden.isEmpty()) {
      throw failed(
          "may not read all rows of "
              + counted(hidden.size(), "table")
              + ", because row-level security may hide some: "
              + Quantity.listed(hidden, MOST_NAMES)
              + ". The snapshot would be incomplete. Use a role that sees all rows, or let an"
              + " administrator run: ALTER ROLE "
              + role()
              + " BYPASSRLS;");
    }
  }

  private void requireLargeObjects(Connection connection, String readable) {
    List<String> refused =
        Queries.texts(
            connection,
            "SELECT m.oid FROM pg_catalog.pg_largeobject_metadata m WHERE NOT "
                + readable
                + " ORDER BY m.oid",
            "listing large objects");
    if (!refused.isEmpty()) {
      String shown = refused.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
      throw failed(
          "may not read "
              + counted(refused.size(), "large object")
              + ": "
              + Quantity.listed(refused, MOST_NAMES)
              + ". Let their owner run the following for all of them: GRANT SELECT ON LARGE OBJECT "
              + shown
              + " TO "
              + role()
              + ";");
    }
  }

  private DecantException failed(String what) {
    return new DecantException(
        ErrorCode.DATABASE_FAILED,
        "The role "
            + server.user()
            + " of the database "
            + server.database()
            + " at "
            + server.place()
            + ' '
            + what);
  }

  private String role() {
    return Quoting.identifier(server.user());
  }
}
