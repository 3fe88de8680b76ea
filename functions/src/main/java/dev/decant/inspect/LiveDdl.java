package dev.decant.inspect;

import dev.decant.detect.ddl.DdlInventory;
import dev.decant.error.DecantException;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import dev.decant.schema.TableName;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the definitions of a live database from its catalog, under the names that the objects have
 * in a dump. It needs only the right to connect, and reads no rows of tables.
 */
final class LiveDdl {
  /**
   * Comments, with the kind of the object and its identifiers. The name of a type is one text that
   * is quoted already, and a constraint of a domain has its own name among the arguments.
   */
  private static final String COMMENTS =
      """
      SELECT CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_type t WHERE d.classoid = 'pg_catalog.pg_type'::regclass
          AND t.oid = d.objoid AND t.typtype = 'd') THEN 'domain' ELSE o.type END,
        o.object_names, d.description, o.object_args[1]
      FROM pg_catalog.pg_description d,
        LATERAL pg_catalog.pg_identify_object_as_address(d.classoid, d.objoid, d.objsubid)
          AS o(type, object_names, object_args)
      WHERE o.object_names[1] !~ '^pg_' AND o.object_names[1] <> 'information_schema'
        AND o.type NOT IN ('extension', 'database', 'event trigger', 'publication', 'subscription', 'role',
          'tablespace', 'large object', 'cast', 'transform')
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
          WHERE e.deptype = 'e' AND e.classid = d.classoid AND e.objid = d.objoid)
      """;

  /** So many definitions of a kind may fail before the others of the kind are not tried. */
  private static final int MOST_FAILURES = 3;

  private final Connection connection;
  private final Runnable guard;
  private final List<NotCreated> notRead;
  private final DdlInventory ddl = new DdlInventory();

  private LiveDdl(Connection connection, Runnable guard, List<NotCreated> notRead) {
    this.connection = connection;
    this.guard = guard;
    this.notRead = notRead;
  }

  /**
   * The objects of the database. The search_path of the connection must be empty.
   *
   * @param notRead gets the objects whose definitions could not be read, because a table is locked
   *     for instance; the inventory has their names
   */
  static DdlInventory read(Connection connection, Runnable guard, List<NotCreated> notRead)
      throws SQLException {
    return new LiveDdl(connection, guard, notRead).read();
  }

  private DdlInventory read() throws SQLException {
    for (String query : DdlQueries.DEFINITIONS) {
      guard.run();
      try {
        definitions(query);
      } catch (DecantException e) {
        each(query, e);
      }
    }
    guard.run();
    Queries.rows(
        connection,
        DdlQueries.UNPUBLISHED,
        "reading foreign servers",
        row -> {
          ddl.addUnpublished(name(row.getString(1), names(row)), 0, row.getString(3));
          return true;
        });
    Queries.rows(connection, COMMENTS, "reading comments", row -> comment(ddl, row));
    return ddl;
  }

  private void definitions(String query) {
    Queries.rows(
        connection,
        query,
        "reading definitions",
        row -> add(ddl, name(row.getString(1), names(row)), row.getString(3)));
  }

  private record Named(String form, List<String> names) {}

  /** Reads the definitions of a query one by one, because reading all of them failed. */
  private void each(String query, DecantException failure) throws SQLException {
    requireOpen(failure);
    List<Named> objects =
        Queries.rows(
            connection,
            DdlQueries.names(query),
            "listing objects",
            row -> new Named(row.getString(1), List.of(names(row))));
    int failures = 0;
    DecantException last = failure;
    for (Named object : objects) {
      try {
        if (failures >= MOST_FAILURES) {
          throw last;
        }
        definitions(DdlQueries.one(query, object.form, object.names));
      } catch (DecantException e) {
        requireOpen(e);
        failures++;
        last = e;
        String name = name(object.form, object.names.toArray(String[]::new));
        ddl.add(name);
        notRead.add(new NotCreated(0, name, String.valueOf(e.getMessage()), null, true));
      }
    }
  }

  private void requireOpen(DecantException failure) throws SQLException {
    guard.run();
    if (connection.isClosed()) {
      throw failure;
    }
  }

  private static boolean add(DdlInventory ddl, String name, @Nullable String text) {
    if (text == null) {
      ddl.add(name);
    } else {
      ddl.add(name, 0, text.getBytes(StandardCharsets.UTF_8), false);
    }
    return true;
  }

  private static boolean comment(DdlInventory ddl, ResultSet row) throws SQLException {
    String name = commentName(row.getString(1), names(row), String.valueOf(row.getString(4)));
    return add(ddl, name, Quoting.literal(String.valueOf(row.getString(3))));
  }

  /** {@code trigger}, {@code [app, t, hook]} becomes {@code COMMENT ON TRIGGER hook ON app.t}. */
  private static String commentName(String type, String[] names, String argument) {
    String kind = type.endsWith(" column") ? "COLUMN" : type.toUpperCase(Locale.ROOT);
    int last = names.length - 1;
    String object =
        switch (type) {
          case "trigger", "rule", "policy", "table constraint" ->
              TableName.quoted(names[last]) + " ON " + joined(names, last);
          case "domain constraint" -> TableName.quoted(argument) + " ON DOMAIN " + names[0];
          case "type", "domain" -> names[0];
          default -> joined(names, names.length);
        };
    return "COMMENT ON " + kind.replaceFirst("^(?:TABLE|DOMAIN) C", "C") + ' ' + object;
  }

  private static String joined(String[] names, int count) {
    return Arrays.stream(names, 0, count).map(TableName::quoted).collect(Collectors.joining("."));
  }

  private static String name(String form, String[] identifiers) {
    StringBuilder name = new StringBuilder();
    int used = 0;
    for (int i = 0; i < form.length(); i++) {
      char c = form.charAt(i);
      name.append(c == '%' ? TableName.quoted(identifiers[used++]) : c);
    }
    return name.toString();
  }

  private static String[] names(ResultSet row) throws SQLException {
    return (String[]) row.getArray(2).getArray();
  }
}
