package dev.decant.refresh;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.Manifest;
import dev.decant.target.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The guards that ask the server. They only read. */
final class ServerGuard {
  private static final int OLDEST = 130_000;

  /** Of rows as text to a database with its indexes, about; measured: docs/decisions/0105. */
  private static final double ROOM = 1.6;

  /** Roles of managed servers that may create extensions although nobody is superuser. */
  private static final String ADMINISTRATORS =
      "('rds_superuser', 'cloudsqlsuperuser', 'azure_pg_admin', 'pg_create_extension')";

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
    requireServed(target, version());
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

  private int version() {
    return Integer.parseInt(
        TargetServer.text(
                control.connection(),
                "SELECT pg_catalog.current_setting('server_version_num')",
                "asking for the version")
            .orElse("0"));
  }

  /** A database is renamed with its owner's rights, and made for an owner that one can become. */
  private void requireOwner() {
    String owner = owner();
    String become = version() < 160_000 ? "MEMBER" : "SET";
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

  /** Of the target's database. */
  String owner() {
    return TargetServer.text(
            control.connection(),
            "SELECT pg_catalog.pg_get_userbyid(datdba)::text FROM pg_catalog.pg_database WHERE"
                + " datname = "
                + TargetServer.literal(server.database()),
            "asking for the owner")
        .orElse(server.user());
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

  /** What a snapshot needs of the server. */
  void checkSnapshot(Manifest manifest) {
    for (Target.Rekey rekey : target.rekey()) {
      if (!manifest.anchors().containsKey(rekey.anchor())) {
        throw new DecantException(
            ErrorCode.ANCHOR_NOT_FOUND,
            "snapshot "
                + manifest.snapshot()
                + " has no anchor "
                + rekey.anchor()
                + ", which target "
                + target.name()
                + " gives a new identity. It has: "
                + (manifest.anchors().isEmpty()
                    ? "none"
                    : String.join(", ", manifest.anchors().keySet()))
                + ". Add it to anchors in the policy.");
      }
    }
    tellOlderServer(manifest);
    requireExtensions(manifest.extensions());
    requireDisk((long) (manifest.dump().textSize() * ROOM));
  }

  private void tellOlderServer(Manifest manifest) {
    String source = manifest.source().serverVersion();
    int major = version() / 10_000;
    if (source != null && source.matches("[0-9]{2}.*")) {
      int from = Integer.parseInt(source.substring(0, 2));
      if (from > major) {
        warnings.add(
            "the snapshot is of PostgreSQL "
                + from
                + ", the target's server is "
                + major
                + ": what only newer servers know ends the refresh before staging is touched");
      }
    }
  }

  private void requireExtensions(List<String> extensions) {
    if (extensions.isEmpty()) {
      return;
    }
    List<String> available =
        TargetServer.texts(
            control.connection(),
            "SELECT name::text FROM pg_catalog.pg_available_extensions",
            "listing extensions");
    List<String> missing = extensions.stream().filter(e -> !available.contains(e)).toList();
    if (!missing.isEmpty()) {
      throw new DecantException(
          ErrorCode.EXTENSION_MISSING,
          "the snapshot needs extensions that the server of target "
              + target.name()
              + " does not have: "
              + String.join(", ", missing)
              + ". Install their packages there.");
    }
    List<String> mayCreate =
        TargetServer.texts(
            control.connection(),
            """
            SELECT e.name::text FROM pg_catalog.pg_available_extensions e
            JOIN pg_catalog.pg_available_extension_versions v
              ON v.name = e.name AND v.version = e.default_version
            JOIN pg_catalog.pg_roles me ON me.rolname = current_user
            WHERE NOT v.superuser OR v.trusted OR me.rolsuper OR EXISTS (
              SELECT FROM pg_catalog.pg_roles r WHERE r.rolname IN %s
              AND pg_catalog.pg_has_role(r.oid, 'USAGE'))
            """
                .formatted(ADMINISTRATORS),
            "asking which extensions may be created");
    List<String> forbidden = extensions.stream().filter(e -> !mayCreate.contains(e)).toList();
    if (!forbidden.isEmpty()) {
      throw new DecantException(
          ErrorCode.EXTENSION_MISSING,
          "the role "
              + server.user()
              + " may not create the extensions "
              + String.join(", ", forbidden)
              + " that the snapshot needs. Refresh target "
              + target.name()
              + " as a role that may: a superuser, or rds_superuser.");
    }
  }

  private void requireDisk(long needed) {
    Optional<Long> free = freeBytes();
    if (free.isEmpty()) {
      warnings.add(
          "the new database takes about "
              + (needed >> 20)
              + " MiB beside the old one; how much the server has free cannot be seen from here");
    } else if (free.get() < needed) {
      throw new DecantException(
          ErrorCode.DISK_FULL,
          "target "
              + target.name()
              + " is not touched: the new database takes about "
              + (needed >> 20)
              + " MiB beside the old one, and its server has "
              + (free.get() >> 20)
              + " MiB free. Give it more disk.");
    }
  }

  /** Of the server's disk, where the server is this machine and tells its folder. */
  private Optional<Long> freeBytes() {
    String data =
        TargetServer.text(
                control.connection(),
                "SELECT coalesce(pg_catalog.max(setting), '') FROM"
                    + " pg_catalog.pg_settings WHERE name = 'data_directory'",
                "asking for the server's folder")
            .orElse("");
    Path folder = Path.of(data);
    if (data.isEmpty() || !isHere() || !Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.getFileStore(folder).getUsableSpace());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private boolean isHere() {
    try {
      return HostGuard.isHere(InetAddress.getByName(server.host()));
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** The version of the schema, once the snapshot is loaded: staging is untouched so far. */
  static void checkSchemaVersion(Target target, Connection connection) {
    target
        .schemaVersion()
        .ifPresent(
            wanted -> {
              String version =
                  TargetServer.text(connection, wanted.sql(), "asking for the schema's version")
                      .filter(text -> !text.isBlank() && !text.equals("null"))
                      .orElseThrow(
                          () ->
                              HostGuard.refused(
                                  target,
                                  "schema-version finds no version in the snapshot. Correct its"
                                      + " sql"));
              if (!wanted.admits(version)) {
                throw HostGuard.refused(
                    target,
                    "the snapshot's schema has a newer version than at-most: "
                        + wanted.atMost()
                        + ". Deploy the application first, or take an older snapshot");
              }
            });
  }

  /** Tables that survive must have the same columns on both sides. */
  static Set<String> differingColumns(List<String> old, List<String> next) {
    Set<String> differing = new TreeSet<>(old);
    Set<String> both = new TreeSet<>(old);
    both.retainAll(next);
    differing.addAll(next);
    differing.removeAll(both);
    return differing;
  }
}
