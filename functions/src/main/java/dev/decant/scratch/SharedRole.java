package dev.decant.scratch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.stream.Digests;

/**
 * The plain role that the processes of one run share on a scratch server whose own role is a
 * superuser. It owns the databases of the run. If the server's role is not a superuser, it is not
 * used.
 *
 * @param run the ID of the run, from which the name of the role is made
 * @param password a password that each process of the run can compute
 */
public record SharedRole(String run, String password) {
  private static final int UNIQUE = 16;
  private static final int MARK = 8;

  /**
   * The name of the role, which no other run has, nor the same run with another key. No sweeper
   * takes it for the role of a dead run while it has databases.
   */
  String name() {
    return ScratchNames.PREFIX + "shared_" + ScratchNames.plain(run) + '_' + unique();
  }

  /** A purpose in the names of databases, by which those of the run are found. */
  String purpose(String purpose) {
    return mark() + purpose;
  }

  /** Whether the run made a database of this name. */
  boolean made(String database) {
    return database.startsWith(ScratchNames.PREFIX + mark());
  }

  private String mark() {
    return unique().substring(0, MARK) + '_';
  }

  private String unique() {
    return Digests.sha256((run + ' ' + password).getBytes(UTF_8)).substring(0, UNIQUE);
  }

  @Override
  public String toString() {
    return name();
  }
}
