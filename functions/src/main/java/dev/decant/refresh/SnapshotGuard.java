package dev.decant.refresh;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.load.ServerDifferences;
import dev.decant.load.SnapshotSchema;
import dev.decant.manifest.Manifest;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.ExtensionRights;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import dev.decant.postgres.ServerDisk;
import dev.decant.schema.TableName;
import dev.decant.target.Target;
import dev.decant.yaml.Nearest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The guards that compare a snapshot with the server of its target. They only read. */
final class SnapshotGuard {
  /**
   * The size of a database with its indexes, divided by the size of its rows as text.
   * docs/decisions/0105 has the measurements.
   */
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

  /** Problems that do not stop the run. */
  List<String> warnings() {
    return warnings;
  }

  /**
   * Refuses the latest snapshot of the store if staging has a later one. A signature does not say
   * which snapshots exist: somebody who can write to the store but cannot sign may remove the
   * newest ones, so that an older one becomes the latest.
   */
  void requireNotOlder(Manifest manifest) {
    later(manifest.source().takenAt())
        .ifPresent(
            later -> {
              throw RefreshErrors.refused(
                  target,
                  "The latest snapshot is "
                      + manifest.snapshot()
                      + ", taken at "
                      + manifest.source().takenAt()
                      + ", but staging has "
                      + later
                      + ". So a newer snapshot is no longer in the store. If this is intended, give"
                      + " its name to go back to the older one.");
            });
  }

  /** The snapshot of the target's database if it was taken after a time. */
  private Optional<String> later(Instant time) {
    String database = server.database();
    if (!maintenance.exists(database)) {
      return Optional.empty();
    }
    String doing = "asking for the snapshot of database " + database;
    String query =
        """
        SELECT snapshot || ', which was taken later, at ' ||
            pg_catalog.to_char(taken_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
          FROM decant.refresh WHERE taken_at > %s::timestamptz ORDER BY taken_at DESC LIMIT 1
        """
            .formatted(Quoting.literal(time.toString()));
    try (Connection connection = server.connect(database)) {
      return Queries.isTrue(
              connection, "SELECT pg_catalog.to_regclass('decant.refresh') IS NOT NULL", doing)
          ? Queries.text(connection, query, doing)
          : Optional.empty();
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, doing);
    }
  }

  /** Checks the manifest before anything is changed. */
  void check(Manifest manifest) {
    for (Target.Rekey rekey : target.changes().rekey()) {
      if (!manifest.anchors().containsKey(rekey.anchor())) {
        throw new DecantException(
            ErrorCode.ANCHOR_NOT_FOUND,
            "The snapshot "
                + manifest.snapshot()
                + " has no anchor "
                + rekey.anchor()
                + ", to which target "
                + target.name()
                + " gives a new identity. It has: "
                + (manifest.anchors().isEmpty()
                    ? "none"
                    : String.join(", ", manifest.anchors().keySet()))
                + ". Add it to anchors in the policy, and sanitize the dump again.");
      }
    }
    for (Target.Rekey rekey : target.changes().rekey()) {
      requireColumns(manifest, rekey);
    }
    requireExtensions(manifest.extensions());
    requireDisk((long) (manifest.dump().textSize() * ROOM));
  }

  /** Without this check, a missing column would end the refresh only after the whole load. */
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
    // If the manifest does not list the columns of the table, the UPDATE after the load finds out.
    if (!columns.isEmpty() && !wanted.isEmpty()) {
      throw new DecantException(
          ErrorCode.SQL_STEP_FAILED,
          "The anchor "
              + rekey.anchor()
              + " (line "
              + rekey.line()
              + " of the targets file) sets columns that table "
              + table
              + " of the snapshot does not have: "
              + wanted.stream()
                  .map(column -> column + Nearest.advice(column, columns))
                  .collect(Collectors.joining(" "))
              + " Staging is unchanged. Correct the targets file.");
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
          "The snapshot is from PostgreSQL "
              + from
              + ", but the target's server is "
              + major
              + ". If the server does not understand a statement, the refresh ends before it"
              + " changes staging.");
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
          "The snapshot needs extensions that the server of target "
              + target.name()
              + " does not have: "
              + String.join(", ", missing)
              + ". Staging is unchanged. Install their packages on the server.");
    }
    List<String> forbidden = rights.forbidden(extensions);
    if (!forbidden.isEmpty()) {
      throw new DecantException(
          ErrorCode.EXTENSION_MISSING,
          "The role "
              + server.user()
              + " may not create the extensions that the snapshot needs: "
              + String.join(", ", forbidden)
              + ". Staging is unchanged. Give target "
              + target.name()
              + " a role that may create them: a superuser, or a member of rds_superuser.");
    }
  }

  private void requireDisk(long needed) {
    OptionalLong free = ServerDisk.freeBytes(maintenance.connection());
    if (free.isEmpty()) {
      warnings.add(
          "The new database needs about "
              + (needed >> 20)
              + " MiB beside the old one. decant cannot see how much space the server has.");
    } else if (free.getAsLong() < needed) {
      throw new DecantException(
          ErrorCode.DISK_FULL,
          "Target "
              + target.name()
              + " was not changed. The new database needs about "
              + (needed >> 20)
              + " MiB beside the old one, but its server has only "
              + (free.getAsLong() >> 20)
              + " MiB free. Give it more disk.");
    }
  }

  /** Checks the version of the schema after the load, when staging is still unchanged. */
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
                                  "Its schema-version finds no version in the snapshot. Correct its"
                                      + " sql in the targets file."));
              if (!wanted.admits(version)) {
                throw RefreshErrors.refused(
                    target,
                    "The schema of the snapshot is newer than at-most of schema-version, which is "
                        + wanted.atMost()
                        + ". Deploy the application first, or take an older snapshot.");
              }
            });
  }
}
