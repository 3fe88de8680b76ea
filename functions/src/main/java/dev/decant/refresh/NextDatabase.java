package dev.decant.refresh;

import dev.decant.database.DatabaseErrors;
import dev.decant.error.ErrorCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The database that is made beside the old one, of its encoding, locale and owner. */
final class NextDatabase {
  private static final String LIST_SETTINGS =
      "('local_preload_libraries', 'search_path', 'session_preload_libraries', 'temp_tablespaces')";

  private final Connection control;
  private final String old;
  private final boolean oldExists;
  private final String name;

  /**
   * @param old the target's database
   * @param name of the new one
   */
  NextDatabase(Control control, String old, String name) {
    this.control = control.connection();
    this.old = old;
    this.oldExists = control.exists(old);
    this.name = name;
  }

  /** Creates it; nobody but its owner may connect until {@link #carryOver()}. */
  void create(String mark) {
    String doing = "creating database " + name;
    TargetServer.execute(control, statement(), doing);
    TargetServer.execute(
        control,
        "COMMENT ON DATABASE "
            + Names.quoted(name)
            + " IS "
            + TargetServer.literal(mark)
            + "; REVOKE ALL ON DATABASE "
            + Names.quoted(name)
            + " FROM PUBLIC",
        doing);
  }

  private String statement() {
    String create = "CREATE DATABASE " + Names.quoted(name) + " TEMPLATE template0";
    if (!oldExists) {
      return create + " ENCODING 'UTF8'";
    }
    // Which columns pg_database has depends on the version: jsonb takes them as they are.
    return TargetServer.text(
            control,
            """
            SELECT format('%%s OWNER %%I ENCODING %%L LC_COLLATE %%L LC_CTYPE %%L', %s,
                pg_get_userbyid(d.datdba), pg_encoding_to_char(d.encoding), d.datcollate,
                d.datctype)
              || CASE j ->> 'datlocprovider'
                WHEN 'i' THEN format(' LOCALE_PROVIDER icu ICU_LOCALE %%L',
                    coalesce(j ->> 'daticulocale', j ->> 'datlocale'))
                  || coalesce(format(' ICU_RULES %%L', j ->> 'daticurules'), '')
                WHEN 'b' THEN format(' LOCALE_PROVIDER builtin BUILTIN_LOCALE %%L',
                    j ->> 'datlocale')
                ELSE '' END
              || CASE WHEN t.spcname = 'pg_default' THEN '' ELSE format(' TABLESPACE %%I', t.spcname)
                END
              || ' CONNECTION LIMIT ' || d.datconnlimit
            FROM pg_database d JOIN pg_tablespace t ON t.oid = d.dattablespace
            CROSS JOIN LATERAL (SELECT to_jsonb(d) AS j) json WHERE d.datname = %s
            """
                .formatted(TargetServer.literal(create), TargetServer.literal(old)),
            "reading the settings of database " + old)
        .orElseThrow();
  }

  /**
   * Gives it the old database's grants and settings; answers what the role may not carry over, for
   * people.
   */
  List<String> carryOver() {
    List<String> refused = new ArrayList<>();
    if (!oldExists) {
      TargetServer.execute(
          control,
          "GRANT CONNECT, TEMPORARY ON DATABASE " + Names.quoted(name) + " TO PUBLIC",
          "granting on database " + name);
      return refused;
    }
    for (String statement : statements()) {
      try (Statement sql = control.createStatement()) {
        sql.setEscapeProcessing(false);
        sql.execute(statement);
      } catch (SQLException e) {
        if (!"42501".equals(e.getSQLState())) {
          throw DatabaseErrors.of(
              e, ErrorCode.DATABASE_FAILED, "carrying over grants and settings of " + old);
        }
        refused.add(statement);
      }
    }
    return refused;
  }

  private List<String> statements() {
    String grants =
        """
        SELECT format('GRANT %%s ON DATABASE %%I TO %%s%%s', a.privilege_type, %1$s,
            CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,
            CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
        FROM pg_database d
        CROSS JOIN LATERAL aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
        WHERE d.datname = %2$s AND a.grantee <> d.datdba
        UNION ALL
        SELECT CASE WHEN s.setrole = 0 THEN format('ALTER DATABASE %%I', %1$s)
            ELSE format('ALTER ROLE %%I IN DATABASE %%I', pg_get_userbyid(s.setrole), %1$s) END
          || format(' SET %%I = ', split_part(c, '=', 1))
          || CASE WHEN split_part(c, '=', 1) IN %3$s
            THEN substr(c, strpos(c, '=') + 1)
            ELSE quote_literal(substr(c, strpos(c, '=') + 1)) END
        FROM pg_database d JOIN pg_db_role_setting s ON s.setdatabase = d.oid
        CROSS JOIN LATERAL unnest(s.setconfig) c
        WHERE d.datname = %2$s
        """
            .formatted(TargetServer.literal(name), TargetServer.literal(old), LIST_SETTINGS);
    List<String> statements = new ArrayList<>();
    try (Statement sql = control.createStatement();
        ResultSet rows = sql.executeQuery(grants)) {
      while (rows.next()) {
        statements.add(rows.getString(1));
      }
      return statements;
    } catch (SQLException e) {
      throw DatabaseErrors.of(
          e, ErrorCode.DATABASE_FAILED, "reading grants and settings of " + old);
    }
  }

  /** The old database's comment, which the new one gets with its name; empty where none. */
  String oldComment() {
    return TargetServer.text(
            control,
            "SELECT coalesce(pg_catalog.shobj_description(oid, 'pg_database'), '') FROM"
                + " pg_catalog.pg_database WHERE datname = "
                + TargetServer.literal(old),
            "reading the comment of database " + old)
        .orElse("");
  }

  /** Until it has the target's. */
  String name() {
    return name;
  }

  /** Whether there is a database of the target's name. */
  boolean oldExists() {
    return oldExists;
  }
}
