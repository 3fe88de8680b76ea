package dev.decant.refresh;

import dev.decant.postgres.DatabaseStatements;
import dev.decant.postgres.Quoting;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The names and the marks of the databases beside the database of a target. A mark is a comment on
 * a database.
 */
final class TargetDatabaseNames {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

  private static final String NEXT = "_next_";
  private static final String PREVIOUS = "_previous_";

  /** A condition on a row of pg_database: it is the new database of a run on any target. */
  static final String NEW_OF_ANY =
      "pg_catalog.shobj_description(oid, 'pg_database') LIKE 'decant next of %'"
          + " AND datname ~ '_next_[0-9]{14}$'";

  private final String database;

  TargetDatabaseNames(String database) {
    this.database = database;
  }

  String next(Instant now) {
    return stamped(NEXT, now);
  }

  String previous(Instant now) {
    return stamped(PREVIOUS, now);
  }

  /** The time in the name of such a database; empty if the last digits of the name are no time. */
  static Optional<Instant> time(String name) {
    try {
      return Optional.of(
          LocalDateTime.parse(name.substring(name.length() - 14), STAMP).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private String stamped(String kind, Instant now) {
    return base(kind) + kind + STAMP.format(now.atOffset(ZoneOffset.UTC));
  }

  /** The longest part of the name that leaves room for a kind and a time. */
  private String base(String kind) {
    return DatabaseStatements.cut(database, kind.length() + 14);
  }

  /** The mark of a new database. */
  String nextMark() {
    return "decant next of " + database;
  }

  /** The mark of a previous database. */
  String previousMark() {
    return "decant previous of " + database;
  }

  /**
   * A query for the new databases of runs that did not finish, by name and mark. A run that was
   * killed before it could write the mark leaves a database without a mark.
   */
  String leftovers() {
    return databases(NEXT, "(mark IS NULL OR mark = " + Quoting.literal(nextMark()) + ")", "ASC");
  }

  /**
   * A query for the previous databases, the newest first. It also finds those that an interrupted
   * DROP has left.
   */
  String previousOnes() {
    return databases(PREVIOUS, "mark = " + Quoting.literal(previousMark()), "DESC");
  }

  /** A query for the databases of {@link #previousOnes()} that a rollback can bring back. */
  String wholePreviousOnes() {
    return databases(
        PREVIOUS, "datconnlimit <> -2 AND mark = " + Quoting.literal(previousMark()), "DESC");
  }

  private String databases(String kind, String marked, String order) {
    String prefix = base(kind) + kind;
    return "SELECT datname::text FROM (SELECT datname, datconnlimit,"
        + " pg_catalog.shobj_description(oid, 'pg_database') AS mark FROM"
        + " pg_catalog.pg_database WHERE pg_catalog.left(datname, "
        + prefix.codePointCount(0, prefix.length())
        + ") = "
        + Quoting.literal(prefix)
        + " AND pg_catalog.right(datname, 14) ~ '^[0-9]{14}$' AND pg_catalog.length(datname) = "
        + (prefix.codePointCount(0, prefix.length()) + 14)
        + " AND pg_catalog.pg_has_role(datdba, 'USAGE')) d WHERE "
        + marked
        + " ORDER BY datname "
        + order;
  }
}
