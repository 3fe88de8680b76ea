package dev.decant.scratch;

import java.sql.Connection;

/** What only the superuser of an embedded server may do, for tests that prepare a server. */
public final class Superuser {
  /** Its name. */
  public static final String ROLE = DataTemplate.SUPERUSER;

  private Superuser() {}

  /** A connection to a database of an embedded server. The caller closes it. */
  public static Connection of(ScratchServer server, ScratchDatabase database) {
    return ((EmbeddedScratchServer) server).administrator().connect(database.name());
  }
}
