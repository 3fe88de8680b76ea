package dev.decant.refresh;

import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import dev.decant.target.Target;
import java.util.ArrayList;
import java.util.List;

/** The guards of every run that query the server. They only read. */
final class ServerGuard {
  private static final int OLDEST = 130_000;

  private final Target target;
  private final TargetServer server;
  private final MaintenanceConnection maintenance;
  private final List<String> warnings = new ArrayList<>();

  ServerGuard(Target target, TargetServer server, MaintenanceConnection maintenance) {
    this.target = target;
    this.server = server;
    this.maintenance = maintenance;
  }

  /** Problems that do not stop the run. */
  List<String> warnings() {
    return warnings;
  }

  /** Checks the server and the database of the target. */
  void checkServer() {
    checkAddress();
    requireServed(target, maintenance.version());
    ProductionMarker.requireNone(
        target, server, maintenance, new TargetDatabaseNames(server.database()));
    requireOfItsOwn();
    if (maintenance.exists(server.database())) {
      requireOwner();
      requireOpen();
      requireTablespace();
      requireNoPreparedTransactions();
      tellSlots();
      new SessionGuard(target, server, maintenance).found().ifPresent(warnings::add);
    }
    requireCreateDatabase();
  }

  /** Checks the address that the server itself reports. */
  void checkAddress() {
    Queries.text(
            maintenance.connection(),
            "SELECT pg_catalog.host(pg_catalog.inet_server_addr())",
            "asking for the server's address")
        .filter(address -> !address.equals("null"))
        .ifPresent(address -> HostGuard.checkAddress(target, address));
  }

  /** Requires PostgreSQL 13 or later, by {@code server_version_num}. */
  static void requireServed(Target target, int version) {
    if (version < OLDEST) {
      throw RefreshErrors.refused(
          target,
          "Its server is PostgreSQL "
              + version / 10_000
              + ", but 13 is the oldest version that decant supports. Upgrade the server.");
    }
  }

  /**
   * A rename needs the rights of the database's owner, and CREATE DATABASE … OWNER needs a role
   * that may become the owner.
   */
  private void requireOwner() {
    String owner = maintenance.owner();
    String become = maintenance.version() < 160_000 ? "MEMBER" : "SET";
    if (!Queries.isTrue(
        maintenance.connection(),
        "SELECT pg_catalog.pg_has_role(%1$s, 'USAGE') AND pg_catalog.pg_has_role(%1$s, '%2$s')"
            .formatted(Quoting.literal(owner), become),
        "asking for the owner")) {
      throw RefreshErrors.refused(
          target,
          "Its database belongs to "
              + owner
              + ", and "
              + server.user()
              + " does not have the rights of that role. Grant them: ALTER ROLE "
              + Quoting.identifier(server.user())
              + " INHERIT; GRANT "
              + Quoting.identifier(owner)
              + " TO "
              + Quoting.identifier(server.user()));
    }
  }

  /** A session cannot rename its own database, and the server needs its templates. */
  private void requireOfItsOwn() {
    if (List.of(maintenance.name(), "template0", "template1").contains(server.database())) {
      throw RefreshErrors.refused(
          target,
          "Its database "
              + server.database()
              + " belongs to the server, and a refresh connects to it to rename others. Create a"
              + " database for the application and name it in the URL of the target.");
    }
  }

  private void requireOpen() {
    if (!ask("SELECT datallowconn FROM pg_catalog.pg_database WHERE datname = %s")) {
      throw RefreshErrors.refused(
          target,
          "Its database lets nobody connect, so it cannot be checked. Run: ALTER DATABASE "
              + Quoting.identifier(server.database())
              + " ALLOW_CONNECTIONS true");
    }
  }

  private void requireTablespace() {
    if (!ask(
        """
        SELECT t.spcname = 'pg_default'
          OR pg_catalog.has_tablespace_privilege(t.oid, 'CREATE')
        FROM pg_catalog.pg_database d
        JOIN pg_catalog.pg_tablespace t ON t.oid = d.dattablespace WHERE d.datname = %s
        """)) {
      throw RefreshErrors.refused(
          target,
          "The role "
              + server.user()
              + " may not create a database in the tablespace of the old one. Grant it: GRANT"
              + " CREATE ON TABLESPACE … TO "
              + Quoting.identifier(server.user()));
    }
  }

  private boolean ask(String query) {
    return Queries.isTrue(
        maintenance.connection(),
        query.formatted(Quoting.literal(server.database())),
        "looking at database " + server.database());
  }

  private void requireCreateDatabase() {
    if (!Queries.isTrue(
        maintenance.connection(),
        "SELECT rolcreatedb OR rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user",
        "asking for rights")) {
      throw RefreshErrors.refused(
          target,
          "The role "
              + server.user()
              + " may not create databases. Grant it: ALTER ROLE "
              + Quoting.identifier(server.user())
              + " CREATEDB");
    }
  }

  private void requireNoPreparedTransactions() {
    long prepared =
        Long.parseLong(
            Queries.text(
                    maintenance.connection(),
                    "SELECT pg_catalog.count(*) FROM pg_catalog.pg_prepared_xacts WHERE database = "
                        + Quoting.literal(server.database()),
                    "looking for prepared transactions")
                .orElse("0"));
    if (prepared > 0) {
      throw RefreshErrors.refused(
          target,
          "Its database has "
              + prepared
              + " prepared transactions, so it cannot be renamed. End each by COMMIT PREPARED or"
              + " ROLLBACK PREPARED.");
    }
  }

  private void tellSlots() {
    List<String> slots =
        Queries.texts(
            maintenance.connection(),
            "SELECT slot_name::text FROM pg_catalog.pg_replication_slots WHERE database = "
                + Quoting.literal(server.database()),
            "looking for replication slots");
    if (!slots.isEmpty()) {
      warnings.add(
          "The replication slots of "
              + server.database()
              + " stay with the previous database and hold back WAL until you drop them: "
              + String.join(", ", slots));
    }
  }
}
