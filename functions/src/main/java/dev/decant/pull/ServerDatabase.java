package dev.decant.pull;

import dev.decant.postgres.Quoting;
import java.util.List;
import java.util.Optional;

/**
 * A database of the server.
 *
 * @param oid its OID, which a rename does not change
 * @param mark the mark of the pull that created it
 * @param owner the name of its owner
 * @param ours whether this role may drop it
 * @param template whether it is a template for new databases
 * @param connections the number of all sessions in it now
 * @param size in bytes; -1 if this role may not know it
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

  /**
   * The databases that pulls have created or are creating, found by their mark or name, sorted by
   * name.
   */
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
