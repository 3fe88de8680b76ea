package dev.decant.live;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The statements that begin a transaction in a live database. All settings belong to the
 * transaction, because a pooler gives the session to other clients afterwards. Those that decide
 * the form of the rows are the ones of pg_dump.
 *
 * @param version the server's version number, for example 180001
 * @param lockWait how long a statement waits for a lock
 */
record SessionSql(int version, Duration lockWait) {
  private static final int WITH_TRANSACTION_TIMEOUT = 170_000;

  /**
   * The statements of a transaction that only reads.
   *
   * @param snapshot the exported snapshot to use, or null for one of its own
   */
  String begin(@Nullable String snapshot) {
    return "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;"
        + (snapshot == null ? "" : " SET TRANSACTION SNAPSHOT '" + snapshot + "';")
        + settings();
  }

  /** The settings of such a transaction. */
  String settings() {
    return """
     SET LOCAL lock_timeout = %d;
    SET LOCAL statement_timeout = 0;
    SET LOCAL idle_in_transaction_session_timeout = 0;
    SET LOCAL search_path = '';
    SET LOCAL row_security = off;
    SET LOCAL datestyle = 'ISO';
    SET LOCAL intervalstyle = 'postgres';
    SET LOCAL extra_float_digits = 3;
    SET LOCAL bytea_output = 'hex';
    SET LOCAL timezone = 'UTC';
    SET LOCAL synchronize_seqscans = off;
    SET LOCAL enable_seqscan = off;
    SET LOCAL max_parallel_workers_per_gather = 0\
    """
            .formatted(lockWait.toMillis())
        + (version < WITH_TRANSACTION_TIMEOUT ? "" : ";\nSET LOCAL transaction_timeout = 0");
  }
}
