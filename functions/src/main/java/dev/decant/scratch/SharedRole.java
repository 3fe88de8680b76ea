package dev.decant.scratch;

/**
 * The plain role that the processes of one run share on a scratch server whose own role is a
 * superuser. It owns the databases of the run. If the server's role is not a superuser, it is not
 * used.
 *
 * @param run the ID of the run, from which the name of the role is made
 * @param password a password that each process of the run can compute
 */
public record SharedRole(String run, String password) {
  /**
   * The name of the role. No sweeper takes it for the role of a dead run while it has databases.
   */
  String name() {
    return ScratchNames.PREFIX + "shared_" + ScratchNames.plain(run);
  }

  @Override
  public String toString() {
    return name();
  }
}
