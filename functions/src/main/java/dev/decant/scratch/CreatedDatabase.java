package dev.decant.scratch;

import dev.decant.postgres.ServerAddress;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A database that {@link Databases} created. */
final class CreatedDatabase implements ScratchDatabase {
  private final String name;
  private final ServerAddress server;
  private final String sessionSql;
  private final Consumer<CreatedDatabase> dropper;
  private final AtomicBoolean dropped = new AtomicBoolean();

  CreatedDatabase(
      String name, ServerAddress server, String sessionSql, Consumer<CreatedDatabase> dropper) {
    this.name = name;
    this.server = server;
    this.sessionSql = sessionSql;
    this.dropper = dropper;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Connection connect() {
    return server.connect(name, sessionSql);
  }

  /** Leaves the database to others: {@link #close} does not drop it any more. */
  void keep() {
    dropped.set(true);
  }

  @Override
  public void close() {
    if (dropped.compareAndSet(false, true)) {
      dropper.accept(this);
    }
  }
}
