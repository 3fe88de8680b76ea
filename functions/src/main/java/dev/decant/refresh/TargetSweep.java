package dev.decant.refresh;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Queries;
import dev.decant.target.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops the new databases of refreshes that were killed. The next refresh of the target does the
 * same.
 */
public final class TargetSweep {
  private static final Logger LOG = LoggerFactory.getLogger(TargetSweep.class);

  private TargetSweep() {}

  /**
   * Drops the databases. If a run on the target is alive, nothing is dropped.
   *
   * @return the names of the dropped databases
   * @throws DecantException {@link ErrorCode#REFUSED} if a guard of the target's host fails
   */
  public static List<String> run(Target target, RefreshRequest.Credentials credentials) {
    try (TargetServer server = TargetServer.of(target, credentials)) {
      HostGuard.check(target, server.host(), server.database(), target.permission().confirm());
      try (MaintenanceConnection maintenance = MaintenanceConnection.open(server)) {
        TargetDatabaseNames names = new TargetDatabaseNames(server.database());
        new ServerGuard(target, server, maintenance).checkAddress();
        ProductionMarker.requireNone(target, server, maintenance, names);
        if (!maintenance.tryLock()) {
          LOG.info("a run on target {} is still working, so its databases are kept", target.name());
          return List.of();
        }
        endHistory(server, maintenance);
        return drop(maintenance, names);
      }
    }
  }

  private static List<String> drop(MaintenanceConnection maintenance, TargetDatabaseNames names) {
    List<String> dropped = new ArrayList<>();
    for (String leftover :
        Queries.texts(
            maintenance.connection(), names.leftovers(), "looking for databases of killed runs")) {
      if (maintenance.drop(leftover)) {
        dropped.add(leftover);
      }
    }
    return dropped;
  }

  private static void endHistory(TargetServer server, MaintenanceConnection maintenance) {
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
