package dev.decant.scratch;

import java.sql.Connection;

/** The superuser of an embedded server, for tests that prepare the server. */
public final class Superuser {
  /** The name of the superuser. */
  public static final String ROLE = DataTemplate.SUPERUSER;

  private Superuser() {}

  /** A connection to a database of an embedded server. The caller closes it. */
  public static Connection of(ScratchServer server, ScratchDatabase database) {
    return ((EmbeddedScratchServer) server).administrator().connect(database.name());
  }
}
