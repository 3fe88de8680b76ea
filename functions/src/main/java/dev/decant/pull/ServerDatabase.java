package dev.decant.pull;

import dev.decant.postgres.Quoting;
import java.util.List;
import java.util.Optional;

/**
 * A database of the server.
 *
 * @param oid what it stays whatever its name becomes
 * @param mark of a pull that made it
 * @param owner its name
 * @param ours whether we may drop it
 * @param template whether new databases are copied from it
 * @param connections of anybody, now
 * @param size in bytes; -1 where we may not know
 */
record ServerDatabase(
    long oid,
    String name,
    Optional<PullMark> mark,
    String owner,
    boolean ours,
    boolean template,
    int connections,
    long size) {
  private static final String SELECT =
      """
      SELECT d.oid, d.datname, shobj_description(d.oid, 'pg_database'), pg_get_userbyid(d.datdba),
        pg_has_role(d.datdba, 'USAGE'), d.datistemplate,
        (SELECT count(*) FROM pg_catalog.pg_stat_activity a WHERE a.datid = d.oid),
        CASE WHEN has_database_privilege(d.oid, 'CONNECT') THEN pg_database_size(d.oid) ELSE -1 END
      FROM pg_catalog.pg_database d
      """;

  static Optional<ServerDatabase> named(PullServer server, String name) {
    return select(server, "WHERE d.datname = " + Quoting.literal(name)).stream().findFirst();
  }

  /** Those that pulls made, or were making, by mark or by name; by name. */
  static List<ServerDatabase> ofPulls(PullServer server) {
    return select(
            server,
            """
            WHERE shobj_description(d.oid, 'pg_database') LIKE 'decant pull of %'
              OR d.datname ~ '_(pulling|replaced)_[0-9]{14}_[0-9a-f]{4}$'
            ORDER BY d.datname
            """)
        .stream()
        .filter(d -> d.mark.isPresent() || DatabaseNames.isPassing(d.name))
        .toList();
  }

  private static List<ServerDatabase> select(PullServer server, String which) {
    return server.query(
        SELECT + which,
        "looking for databases",
        row ->
            new ServerDatabase(
                row.getLong(1),
                row.getString(2),
                PullMark.parse(row.getString(3)),
                row.getString(4),
                row.getBoolean(5),
                row.getBoolean(6),
                row.getInt(7),
                row.getLong(8)));
  }
}
