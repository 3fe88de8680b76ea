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

  /**
   * The name of the role, which no other run has, nor the same run with another key. No sweeper
   * takes it for the role of a dead run while it has databases.
   */
  String name() {
    String unique = Digests.sha256((run + ' ' + password).getBytes(UTF_8)).substring(0, UNIQUE);
    return ScratchNames.PREFIX + "shared_" + ScratchNames.plain(run) + '_' + unique;
  }

  @Override
  public String toString() {
    return name();
  }
}
