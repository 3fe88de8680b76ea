package dev.decant.refresh;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.OtherSessions;
import dev.decant.postgres.Queries;
import dev.decant.target.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds and drops the new databases of refreshes that were killed. The next refresh of the target
 * drops them, too. Each method connects to the server on its own, and throws a {@link
 * DecantException} with {@link ErrorCode#REFUSED} if a guard of the target's host fails.
 */
public final class TargetSweep {
  private static final Logger LOG = LoggerFactory.getLogger(TargetSweep.class);

  /**
   * The new database of a refresh.
   *
   * @param begun when the refresh began, by the name; empty if the name has no valid time
   * @param running whether a refresh or a rollback of the target is at work
   * @param connected whether a client is connected to the database
   */
  public record NewDatabase(
      String name, Optional<Instant> begun, boolean running, boolean connected) {}

  private final TargetServer server;
  private final MaintenanceConnection maintenance;
  private final TargetDatabaseNames names;

  private TargetSweep(
      TargetServer server, MaintenanceConnection maintenance, TargetDatabaseNames names) {
    this.server = server;
    this.maintenance = maintenance;
    this.names = names;
  }

  /**
   * Drops all of them. If a run on the target is alive, nothing is dropped.
   *
   * @return the names of the dropped databases
   */
  public static List<String> run(Target target, RefreshRequest.Credentials credentials) {
    return on(
        target,
        credentials,
        sweep -> {
          if (!sweep.lock()) {
            LOG.info(
                "a run on target {} is still working, so its databases are kept", target.name());
            return List.of();
          }
          return sweep.leftovers().stream().filter(sweep.maintenance::drop).toList();
        });
  }

  /** Lists the new databases of runs, killed or not. It takes no lock and changes nothing. */
  public static List<NewDatabase> find(Target target, RefreshRequest.Credentials credentials) {
    return on(target, credentials, TargetSweep::find);
  }

  /**
   * Drops one database that {@link #find} returned.
   *
   * @return whether it is gone; false if a run on the target is at work
   * @throws DecantException if the server does not drop it
   */
  public static boolean drop(
      Target target, RefreshRequest.Credentials credentials, String database) {
    return on(
        target,
        credentials,
        sweep -> {
          if (!sweep.lock()) {
            return false;
          }
          if (sweep.leftovers().contains(database)) {
            sweep.maintenance.requireDrop(database);
          }
          return true;
        });
  }

  private static <T> T on(
      Target target, RefreshRequest.Credentials credentials, Function<TargetSweep, T> work) {
    try (TargetServer server = TargetServer.of(target, credentials)) {
      HostGuard.check(target, server.host(), server.database(), target.permission().confirm());
      try (MaintenanceConnection maintenance = MaintenanceConnection.open(server)) {
        TargetDatabaseNames names = new TargetDatabaseNames(server.database());
        new ServerGuard(target, server, maintenance).checkAddress();
        ProductionMarker.requireNone(target, server, maintenance, names);
        return work.apply(new TargetSweep(server, maintenance, names));
      }
    }
  }

  /** Takes the lock, and then marks the killed runs in the history. */
  private boolean lock() {
    boolean taken = maintenance.lock().tryTakeToSweep();
    if (taken) {
      endHistory();
    }
    return taken;
  }

  private List<String> leftovers() {
    return Queries.texts(
        maintenance.connection(), names.leftovers(), "looking for databases of killed runs");
  }

  /**
   * Asks for the lock after the list was read: if no run has the lock then, the runs that made the
   * databases of the list are dead.
   */
  private List<NewDatabase> find() {
    List<String> found = leftovers();
    boolean running = maintenance.lock().isTaken();
    return found.stream()
        .map(
            name ->
                new NewDatabase(
                    name,
                    TargetDatabaseNames.time(name),
                    running,
                    OtherSessions.exist(maintenance.connection(), name)))
        .toList();
  }

  private void endHistory() {
    String name = maintenance.historyName();
    if (!maintenance.exists(name)) {
      return;
    }
    try (Connection connection = server.connect(name)) {
      RefreshHistory.endKilled(connection, server.database());
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "writing the history");
    }
  }
}
