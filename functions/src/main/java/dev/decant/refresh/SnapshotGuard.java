package dev.decant.refresh;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.load.ServerDifferences;
import dev.decant.load.SnapshotSchema;
import dev.decant.manifest.Manifest;
import dev.decant.postgres.ExtensionRights;
import dev.decant.postgres.Queries;
import dev.decant.schema.TableName;
import dev.decant.target.Target;
import dev.decant.yaml.Nearest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The guards that compare a snapshot with what its target's server has. They only read. */
final class SnapshotGuard {
  /** Of rows as text to a database with its indexes, about; measured: docs/decisions/0105. */
  private static final double ROOM = 1.6;

  private final Target target;
  private final TargetServer server;
  private final MaintenanceConnection maintenance;
  private final List<String> warnings = new ArrayList<>();

  SnapshotGuard(Target target, TargetServer server, MaintenanceConnection maintenance) {
    this.target = target;
    this.server = server;
    this.maintenance = maintenance;
  }

  /** What is not refused but must be told. */
  List<String> warnings() {
    return warnings;
  }

  /** Checks it, before anything is touched. */
  void check(Manifest manifest) {
    for (Target.Rekey rekey : target.changes().rekey()) {
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
    for (Target.Rekey rekey : target.changes().rekey()) {
      requireColumns(manifest, rekey);
    }
    requireExtensions(manifest.extensions());
    requireDisk((long) (manifest.dump().textSize() * ROOM));
  }

  /** A column that is not there would end the refresh after the whole load. */
  private void requireColumns(Manifest manifest, Target.Rekey rekey) {
    TableName table = Objects.requireNonNull(manifest.anchors().get(rekey.anchor())).table();
    List<String> columns =
        manifest.tables().stream()
            .filter(t -> t.table().equals(table))
            .flatMap(t -> t.columns().stream())
            .map(Manifest.Column::name)
            .toList();
    List<String> wanted = new ArrayList<>(rekey.set().keySet());
    rekey.password().ifPresent(password -> wanted.add(password.column()));
    wanted.removeAll(columns);
    // Of a table whose columns the manifest does not tell the load decides.
    if (!columns.isEmpty() && !wanted.isEmpty()) {
      throw new DecantException(
          ErrorCode.SQL_STEP_FAILED,
          "anchor "
              + rekey.anchor()
              + " (line "
              + rekey.line()
              + " of the targets file) sets columns that table "
              + table
              + " of the snapshot does not have: "
              + wanted.stream()
                  .map(column -> column + Nearest.advice(column, columns))
                  .collect(Collectors.joining(" "))
              + " "
              + RefreshErrors.UNCHANGED
              + ".");
    }
  }

  /** Refuses a schema that the server is too old for. */
  void checkSchema(Manifest manifest, SnapshotSchema schema) {
    String source = manifest.source().serverVersion();
    int major = maintenance.version() / 10_000;
    ServerDifferences.require(
        schema,
        major,
        source,
        "Staging is unchanged. Upgrade the server of target " + target.name() + ".");
    int from = ServerDifferences.major(source);
    if (from > major) {
      warnings.add(
          "the snapshot is of PostgreSQL "
              + from
              + ", the target's server is "
              + major
              + ": what only newer servers know ends the refresh before staging is touched");
    }
  }

  private void requireExtensions(List<String> extensions) {
    if (extensions.isEmpty()) {
      return;
    }
    ExtensionRights rights = ExtensionRights.of(maintenance.connection());
    List<String> missing = rights.missing(extensions);
    if (!missing.isEmpty()) {
      throw new DecantException(
          ErrorCode.EXTENSION_MISSING,
          "the snapshot needs extensions that the server of target "
              + target.name()
              + " does not have: "
              + String.join(", ", missing)
              + ". Install their packages there.");
    }
    List<String> forbidden = rights.forbidden(extensions);
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
        Queries.text(
                maintenance.connection(),
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
    if (server.address().isSocket()) {
      // A proxy behind the socket connects by TCP, from elsewhere.
      return Queries.isTrue(
          maintenance.connection(),
          "SELECT pg_catalog.inet_server_addr() IS NULL",
          "asking for the server's address");
    }
    try {
      return HostGuard.isHere(InetAddress.getByName(server.host()));
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** The version of the schema, once the snapshot is loaded: staging is untouched so far. */
  static void checkSchemaVersion(Target target, Connection connection) {
    target
        .snapshots()
        .schemaVersion()
        .ifPresent(
            wanted -> {
              String version =
                  Queries.text(connection, wanted.sql(), "asking for the schema's version")
                      .filter(text -> !text.isBlank() && !text.equals("null"))
                      .orElseThrow(
                          () ->
                              RefreshErrors.refused(
                                  target,
                                  "schema-version finds no version in the snapshot. Correct its"
                                      + " sql"));
              if (!wanted.admits(version)) {
                throw RefreshErrors.refused(
                    target,
                    "the snapshot's schema has a newer version than at-most: "
                        + wanted.atMost()
                        + ". Deploy the application first, or take an older snapshot");
              }
            });
  }
}
