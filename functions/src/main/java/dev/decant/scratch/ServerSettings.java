package dev.decant.scratch;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of an embedded server. The server is removed after its use and never recovered, so
 * it does not wait for the disk. Its log contains no values of rows.
 */
final class ServerSettings {
  private static final long GIB = 1L << 30;

  private ServerSettings() {}

  /** The rules of pg_hba.conf: connections come only from this machine and need a password. */
  static String hostRules() {
    return "host all all 127.0.0.1/32 scram-sha-256\n";
  }

  static String text(int port, Path rules) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("hba_file", rules.toString());
    network(settings, port);
    noDurability(settings);
    silence(settings);
    sizes(settings);
    return text(settings);
  }

  /** The settings of a server that stays and that a developer works with. */
  static String lasting(int port, Path rules) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("hba_file", rules.toString());
    sizes(settings);
    network(settings, port);
    noWaiting(settings);
    settings.put("max_wal_size", "2GB");
    settings.put("lc_messages", "C");
    settings.put("cluster_name", "decant");
    return text(settings);
  }

  private static String text(Map<String, String> settings) {
    StringBuilder text = new StringBuilder();
    settings.forEach(
        (name, value) -> {
          String escaped = value.replace("\\", "\\\\").replace("'", "''");
          text.append(name).append(" = '").append(escaped).append("'\n");
        });
    return text.toString();
  }

  private static void network(Map<String, String> settings, int port) {
    settings.put("listen_addresses", "127.0.0.1");
    settings.put("port", Integer.toString(port));
    settings.put("unix_socket_directories", "");
    settings.put("password_encryption", "scram-sha-256");
    settings.put("ssl", "off");
    settings.put("max_connections", "100");
  }

  private static void noWaiting(Map<String, String> settings) {
    settings.put("fsync", "off");
    settings.put("synchronous_commit", "off");
    settings.put("full_page_writes", "off");
    settings.put("wal_level", "minimal");
    settings.put("max_wal_senders", "0");
  }

  private static void noDurability(Map<String, String> settings) {
    noWaiting(settings);
    settings.put("wal_init_zero", "off");
    settings.put("wal_recycle", "off");
    settings.put("max_wal_size", "4GB");
    settings.put("checkpoint_timeout", "1d");
    settings.put("autovacuum", "off");
    // After a crash, the server would start again with empty UNLOGGED tables.
    settings.put("restart_after_crash", "off");
  }

  private static void silence(Map<String, String> settings) {
    settings.put("logging_collector", "off");
    settings.put("log_destination", "stderr");
    settings.put("log_min_messages", "fatal");
    settings.put("log_min_error_statement", "panic");
    settings.put("log_error_verbosity", "terse");
    settings.put("log_statement", "none");
    settings.put("log_min_duration_statement", "-1");
    settings.put("log_parameter_max_length", "0");
    settings.put("log_parameter_max_length_on_error", "0");
    settings.put("log_checkpoints", "off");
    settings.put("lc_messages", "C");
  }

  private static void sizes(Map<String, String> settings) {
    long memory =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    int cores = Runtime.getRuntime().availableProcessors();
    settings.put("shared_buffers", memory < 2 * GIB ? "32MB" : "128MB");
    settings.put("maintenance_work_mem", memory < 4 * GIB ? "64MB" : "256MB");
    settings.put("work_mem", memory < 4 * GIB ? "8MB" : "32MB");
    settings.put("max_parallel_maintenance_workers", Integer.toString(Math.min(cores, 4)));
    settings.put("max_parallel_workers", Integer.toString(cores));
    settings.put("max_worker_processes", Integer.toString(Math.max(8, 2 * cores)));
    // One transaction may lock thousands of tables.
    settings.put("max_locks_per_transaction", "512");
    // Shared memory is in the data directory. /dev/shm may be missing or tiny, and survives a kill.
    settings.put("dynamic_shared_memory_type", "mmap");
    settings.put("huge_pages", "off");
    settings.put("jit", "off");
    settings.put("timezone", "UTC");
    settings.put("log_timezone", "UTC");
    settings.put("max_logical_replication_workers", "0");
  }
}
