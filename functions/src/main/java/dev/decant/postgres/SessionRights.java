package dev.decant.postgres;

/**
 * PostgreSQL's rule which role may end the sessions of which other role. A role that ends a session
 * against the rule gets an error.
 */
public final class SessionRights {
  /**
   * The rule as an SQL condition over two rows of pg_roles. {@code me} is the role that ends the
   * session, and {@code them} is the role of the session.
   */
  public static final String MAY_END =
      "(me.rolsuper OR NOT them.rolsuper AND (pg_catalog.pg_has_role(them.oid, 'USAGE')"
          + " OR pg_catalog.pg_has_role('pg_signal_backend', 'USAGE')))";

  private SessionRights() {}
}
