package dev.decant.refresh;

import dev.decant.target.Target;
import java.util.ArrayList;
import java.util.List;

/** The guards of every run that ask the server. They only read. */
final class ServerGuard {
  private static final int OLDEST = 130_000;

  private final Target target;
  private final TargetServer server;
  private final Control control;
  private final List<String> warnings = new ArrayList<>();

  ServerGuard(Target target, TargetServer server, Control control) {
    this.target = target;
    this.server = server;
    this.control = control;
  }

  /** What is not refused but must be told. */
  List<String> warnings() {
    return warnings;
  }

  /** What holds for every run on a target. */
  void checkServer() {
    checkAddress();
    requireServed(target, control.version());
    ProductionMarker.requireNone(target, server, control, new Names(server.database()));
    if (control.exists(server.database())) {
      requireOwner();
      requireNoPreparedTransactions();
      tellSlots();
      new SessionGuard(target, server, control).found().ifPresent(warnings::add);
    }
    requireCreateDatabase();
  }

  /** The address that the server itself tells. */
  void checkAddress() {
    TargetServer.text(
            control.connection(),
            "SELECT pg_catalog.host(pg_catalog.inet_server_addr())",
            "asking for the server's address")
        .filter(address -> !address.equals("null"))
        .ifPresent(address -> HostGuard.checkAddress(target, address));
  }

  /** By {@code server_version_num}. */
  static void requireServed(Target target, int version) {
    if (version < OLDEST) {
      throw HostGuard.refused(
          target,
          "its server is PostgreSQL "
              + version / 10_000
              + "; 13 is the oldest that serves. Upgrade the server");
    }
  }

  /** A database is renamed with its owner's rights, and made for an owner that one can become. */
  private void requireOwner() {
    String owner = control.owner();
    String become = control.version() < 160_000 ? "MEMBER" : "SET";
    if (!TargetServer.ask(
        control.connection(),
        "SELECT pg_catalog.pg_has_role(%1$s, 'USAGE') AND pg_catalog.pg_has_role(%1$s, '%2$s')"
            .formatted(TargetServer.literal(owner), become),
        "asking for the owner")) {
      throw HostGuard.refused(
          target,
          "its database belongs to "
              + owner
              + ", and "
              + server.user()
              + " does not have that role's rights. Grant them: ALTER ROLE "
              + Names.quoted(server.user())
              + " INHERIT; GRANT "
              + Names.quoted(owner)
              + " TO "
              + Names.quoted(server.user()));
    }
  }

  private void requireCreateDatabase() {
    if (!TargetServer.ask(
        control.connection(),
        "SELECT rolcreatedb OR rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user",
        "asking for rights")) {
      throw HostGuard.refused(
          target,
          server.user()
              + " may not create databases. Grant it: ALTER ROLE "
              + Names.quoted(server.user())
              + " CREATEDB");
    }
  }

  private void requireNoPreparedTransactions() {
    long prepared =
        Long.parseLong(
            TargetServer.text(
                    control.connection(),
                    "SELECT pg_catalog.count(*) FROM pg_catalog.pg_prepared_xacts WHERE database = "
                        + TargetServer.literal(server.database()),
                    "looking for prepared transactions")
                .orElse("0"));
    if (prepared > 0) {
      throw HostGuard.refused(
          target,
          "its database has "
              + prepared
              + " prepared transactions, with which it cannot be renamed. COMMIT PREPARED or"
              + " ROLLBACK PREPARED them");
    }
  }

  private void tellSlots() {
    List<String> slots =
        TargetServer.texts(
            control.connection(),
            "SELECT slot_name::text FROM pg_catalog.pg_replication_slots WHERE database = "
                + TargetServer.literal(server.database()),
            "looking for replication slots");
    if (!slots.isEmpty()) {
      warnings.add(
          "replication slots of "
              + server.database()
              + " stay with the previous database and hold back WAL until they are dropped: "
              + String.join(", ", slots));
    }
  }
}
