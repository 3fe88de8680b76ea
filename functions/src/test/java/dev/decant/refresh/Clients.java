package dev.decant.refresh;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients of a staging database that connect, read which database it is, write a row and
 * disconnect, in a loop. The class records what they saw and for how long none of them was served.
 */
final class Clients implements AutoCloseable {
  static final String OLD = "old";

  /**
   * The state that a client saw: the old database, or the complete new one. Anything else is
   * recorded as it is.
   */
  private static final String STATE =
      """
      SELECT CASE WHEN to_regclass('old_staging') IS NOT NULL AND to_regclass('"user"') IS NULL
          AND to_regclass('decant.refresh') IS NULL THEN 'old'
        ELSE concat_ws(' ', 'new', to_regclass('old_staging'), to_regclass('decant.refresh'),
          (SELECT count(*) FROM pg_constraint WHERE contype IN ('p', 'u', 'f', 'c')),
          (SELECT count(*) FROM pg_index), (SELECT count(*) FROM pg_trigger),
          to_regclass('writes')) END
      """;

  private static final String ROWS =
      """
      SELECT concat_ws(' ', (SELECT count(*) FROM "user"), (SELECT count(*) FROM address),
        (SELECT count(*) FROM newsletter_subscriber), (SELECT count(*) FROM decant.refresh))
      """;

  private final String url;
  private final String user;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicLong lastServed = new AtomicLong();
  private final AtomicLong longestAway = new AtomicLong();

  final Set<String> states = new ConcurrentSkipListSet<>();
  final Map<String, AtomicLong> written = new ConcurrentHashMap<>();
  final Map<String, AtomicLong> errors = new ConcurrentHashMap<>();

  Clients(int count, int port, String database) {
    this.url = "jdbc:postgresql://127.0.0.1:" + port + '/' + database;
    this.user = database;
    for (int i = 0; i < count; i++) {
      threads.execute(this::work);
    }
  }

  private void work() {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("prepareThreshold", "0");
    while (!stopped.get()) {
      try (Connection connection = DriverManager.getConnection(url, properties);
          Statement statement = connection.createStatement()) {
        visit(statement);
      } catch (SQLException e) {
        count(errors, String.valueOf(e.getSQLState()));
        pause(5);
      }
    }
  }

  private void visit(Statement statement) throws SQLException {
    String state = ask(statement, STATE);
    states.add(state.equals(OLD) ? OLD : state + " rows " + ask(statement, ROWS));
    // One statement reads the state and writes the row, because a pooler may use another server for
    // the next statement.
    String to =
        ask(
            statement,
            "INSERT INTO writes DEFAULT VALUES RETURNING CASE WHEN to_regclass('old_staging') IS"
                + " NULL THEN 'new' ELSE 'old' END");
    count(written, to);
    long now = System.nanoTime();
    long last = lastServed.getAndSet(now);
    if (last != 0) {
      longestAway.accumulateAndGet(now - last, Math::max);
    }
  }

  private static String ask(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  private static void count(Map<String, AtomicLong> counts, String key) {
    counts.computeIfAbsent(key, k -> new AtomicLong()).incrementAndGet();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  long written(String to) {
    AtomicLong count = written.get(to);
    return count == null ? 0 : count.get();
  }

  /** Waits until so many more rows are written to the old or to the new database. */
  void await(String to, long more) {
    long wanted = written(to) + more;
    for (int i = 0; i < 600 && written(to) < wanted; i++) {
      pause(100);
    }
  }

  /** The longest time in milliseconds for which no client was served. */
  long awayMillis() {
    return longestAway.get() / 1_000_000;
  }

  @Override
  public void close() {
    stopped.set(true);
    threads.close();
  }
}
