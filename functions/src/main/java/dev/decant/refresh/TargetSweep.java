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
 * Removes what refreshes of a target left that were killed: new databases that never came to the
 * target's name. The next refresh does the same.
 */
public final class TargetSweep {
  private static final Logger LOG = LoggerFactory.getLogger(TargetSweep.class);

  private TargetSweep() {}

  /**
   * Sweeps; the databases of a run that is alive are left alone.
   *
   * @return the databases that were dropped
   * @throws DecantException {@link ErrorCode#REFUSED} by the guards of the target's host
   */
  public static List<String> run(Target target, RefreshRequest.Credentials credentials) {
    try (TargetServer server = TargetServer.of(target, credentials)) {
      HostGuard.check(target, server.host(), server.database(), target.permission().confirm());
      try (MaintenanceConnection maintenance = MaintenanceConnection.open(server)) {
        TargetDatabaseNames names = new TargetDatabaseNames(server.database());
        new ServerGuard(target, server, maintenance).checkAddress();
        ProductionMarker.requireNone(target, server, maintenance, names);
        if (!maintenance.tryLock()) {
          LOG.info("a run on target {} is alive: its databases stay", target.name());
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
        Queries.texts(maintenance.connection(), names.leftovers(), "looking for leftovers")) {
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
