package dev.decant.refresh;

import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseEncoding;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.DatabaseStatements;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The database that is created beside the old one, with the same encoding, locale and owner. */
final class NextDatabase {
  /** Settings whose value is a list of names, which pg_dump flags with GUC_LIST_QUOTE. */
  private static final String LIST_SETTINGS =
      "'local_preload_libraries', 'search_path', 'session_preload_libraries', 'temp_tablespaces'";

  private final Connection maintenance;
  private final int version;
  private final String old;
  private final boolean oldExists;
  private final String name;

  /**
   * @param old the name of the target's database
   * @param name the name of the new one
   */
  NextDatabase(MaintenanceConnection maintenance, String old, String name) {
    this.maintenance = maintenance.connection();
    this.version = maintenance.version();
    this.old = old;
    this.oldExists = maintenance.exists(old);
    this.name = name;
  }

  /**
   * Creates the database. If nothing is known of the encoding of the snapshot's rows, the database
   * has none either, and the locale C. Only its owner may connect until {@link #carryOverGrants()}.
   */
  void create(String mark, DatabaseEncoding encoding) {
    String doing = "creating database " + name;
    Queries.execute(maintenance, statement(encoding), doing);
    Queries.execute(
        maintenance,
        DatabaseStatements.comment(name, mark)
            + "; REVOKE ALL ON DATABASE "
            + Quoting.identifier(name)
            + " FROM PUBLIC",
        doing);
  }

  private String statement(DatabaseEncoding encoding) {
    String create = "CREATE DATABASE " + Quoting.identifier(name) + " TEMPLATE template0";
    if (!oldExists) {
      return create + ' ' + encoding.clauses(version);
    }
    // The columns of pg_database depend on the version of the server; to_jsonb works for all.
    return Queries.text(
            maintenance,
            """
            SELECT format('%%s OWNER %%I ', %s, pg_get_userbyid(d.datdba))
              || CASE WHEN %s AND pg_encoding_to_char(d.encoding) <> 'SQL_ASCII' THEN %s
                ELSE format('ENCODING %%L LC_COLLATE %%L LC_CTYPE %%L',
                    pg_encoding_to_char(d.encoding), d.datcollate, d.datctype)
              || CASE j ->> 'datlocprovider'
                WHEN 'i' THEN format(' LOCALE_PROVIDER icu ICU_LOCALE %%L',
                    coalesce(j ->> 'daticulocale', j ->> 'datlocale'))
                  || CASE WHEN j ->> 'daticurules' IS NULL THEN ''
                    ELSE format(' ICU_RULES %%L', j ->> 'daticurules') END
                WHEN 'b' THEN format(' LOCALE_PROVIDER builtin BUILTIN_LOCALE %%L',
                    j ->> 'datlocale')
                WHEN 'c' THEN ' LOCALE_PROVIDER libc'
                ELSE '' END END
              || CASE WHEN t.spcname = 'pg_default' THEN '' ELSE format(' TABLESPACE %%I', t.spcname)
                END
            FROM pg_database d JOIN pg_tablespace t ON t.oid = d.dattablespace
            CROSS JOIN LATERAL (SELECT to_jsonb(d) AS j) json WHERE d.datname = %s
            """
                .formatted(
                    Quoting.literal(create),
                    encoding == DatabaseEncoding.SQL_ASCII,
                    Quoting.literal(encoding.clauses(version)),
                    Quoting.literal(old)),
            "reading the settings of database " + old)
        .orElseThrow();
  }

  /**
   * A statement and its description for people. The description never shows the value of a setting,
   * which is often a secret.
   */
  private record Carried(String statement, String what) {}

  /**
   * Copies the settings of the old database, which apply to all later sessions.
   *
   * @return the settings that this role may not copy
   */
  List<String> carryOverSettings() {
    return oldExists
        ? carryOver(
            """
            SELECT CASE WHEN s.setrole = 0 THEN format('ALTER DATABASE %%I', %1$s)
                ELSE format('ALTER ROLE %%I IN DATABASE %%I', pg_get_userbyid(s.setrole), %1$s) END
              || format(' SET %%I = ', n.name)
              || CASE WHEN n.name IN (%3$s) THEN coalesce(
                  (SELECT string_agg(quote_literal(coalesce(replace(m[1], '""', '"'), m[2])), ', ')
                  FROM regexp_matches(n.value, '"((?:[^"]|"")*)"|([^,[:space:]]+)', 'g') m), '''''')
                ELSE quote_literal(n.value) END,
              'the setting ' || n.name
              || CASE WHEN s.setrole = 0 THEN '' ELSE ' of role ' || pg_get_userbyid(s.setrole) END
            FROM pg_database d JOIN pg_db_role_setting s ON s.setdatabase = d.oid
            CROSS JOIN LATERAL unnest(s.setconfig) c
            CROSS JOIN LATERAL (SELECT split_part(c, '=', 1) AS name,
              substr(c, strpos(c, '=') + 1) AS value) n
            WHERE d.datname = %2$s
            """)
        : List.of();
  }

  /**
   * Copies the grants and the connection limit of the old database.
   *
   * @return the grants that this role may not copy
   */
  List<String> carryOverGrants() {
    if (!oldExists) {
      Queries.execute(
          maintenance,
          "GRANT CONNECT, TEMPORARY ON DATABASE " + Quoting.identifier(name) + " TO PUBLIC",
          "granting on database " + name);
      return List.of();
    }
    return carryOver(
        """
        SELECT format('GRANT %%s ON DATABASE %%I TO %%s%%s', a.privilege_type, %1$s, g.grantee,
            CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END),
          'the grant of ' || a.privilege_type || ' to ' || g.grantee
        FROM pg_database d
        CROSS JOIN LATERAL aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
        CROSS JOIN LATERAL (SELECT CASE WHEN a.grantee = 0 THEN 'PUBLIC'
          ELSE quote_ident(pg_get_userbyid(a.grantee)) END AS grantee) g
        WHERE d.datname = %2$s AND a.grantee <> d.datdba
        UNION ALL
        SELECT format('ALTER DATABASE %%I CONNECTION LIMIT %%s', %1$s, datconnlimit),
          'the limit of connections'
        FROM pg_database WHERE datname = %2$s AND datconnlimit >= 0
        """);
  }

  /**
   * Runs the statements that a query returns.
   *
   * @param query a format with places for the name of the new database, of the old one, and of the
   *     settings that are lists
   */
  private List<String> carryOver(String query) {
    List<String> refused = new ArrayList<>();
    for (Carried carried : statements(query)) {
      try (Statement sql = maintenance.createStatement()) {
        sql.setEscapeProcessing(false);
        sql.execute(carried.statement);
      } catch (SQLException e) {
        if (!"42501".equals(e.getSQLState())) {
          throw DatabaseErrors.of(
              e, ErrorCode.DATABASE_FAILED, "carrying over " + carried.what + " of " + old);
        }
        refused.add(carried.what);
      }
    }
    return refused;
  }

  private List<Carried> statements(String query) {
    List<Carried> statements = new ArrayList<>();
    try (Statement sql = maintenance.createStatement();
        ResultSet rows =
            sql.executeQuery(
                query.formatted(Quoting.literal(name), Quoting.literal(old), LIST_SETTINGS))) {
      while (rows.next()) {
        statements.add(new Carried(rows.getString(1), rows.getString(2)));
      }
      return statements;
    } catch (SQLException e) {
      throw DatabaseErrors.of(
          e, ErrorCode.DATABASE_FAILED, "reading grants and settings of " + old);
    }
  }

  /** The comment of the old database, which the new one gets at the swap; empty if it has none. */
  String oldComment() {
    return Queries.text(
            maintenance,
            "SELECT coalesce(pg_catalog.shobj_description(oid, 'pg_database'), '') FROM"
                + " pg_catalog.pg_database WHERE datname = "
                + Quoting.literal(old),
            "reading the comment of database " + old)
        .orElse("");
  }

  /** Its name until the swap. */
  String name() {
    return name;
  }

  /** Whether the target's database exists. */
  boolean oldExists() {
    return oldExists;
  }
}
