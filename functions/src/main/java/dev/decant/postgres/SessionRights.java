package dev.decant.postgres;

/** PostgreSQL's rule of who may end whose session; where one may not, it raises an error. */
public final class SessionRights {
  /**
   * As a condition of SQL over two rows of pg_roles: {@code me} asks, {@code them} is whose session
   * it is.
   */
  public static final String MAY_END =
      "(me.rolsuper OR NOT them.rolsuper AND (pg_catalog.pg_has_role(them.oid, 'USAGE')"
          + " OR pg_catalog.pg_has_role('pg_signal_backend', 'USAGE')))";

  private SessionRights() {}
}
