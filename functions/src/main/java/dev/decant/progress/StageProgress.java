package dev.decant.progress;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of the running stage. It is not thread-safe; the caller guards it. */
final class StageProgress {
  private static final double NANOS = 1e9;

  /** A table whose rows are being loaded. */
  static final class Running {
    private final TableShare share;
    private long bytes;
    private long rows;

    Running(TableShare share) {
      this.share = share;
    }

    TableShare share() {
      return share;
    }

    long bytes() {
      return bytes;
    }

    long rows() {
      return rows;
    }

    boolean done() {
      return bytes >= share.bytes();
    }
  }

  private final Map<String, Running> tables = new LinkedHashMap<>();
  private @Nullable String stage;
  private String unit = "";
  private String detail = "";
  private long total;
  private long units;
  private long rows;
  private long begun;

  /** Sets the tables that the next stage with rows will load. Empty tables are left out. */
  void tables(List<TableShare> shares) {
    tables.clear();
    shares.stream().filter(s -> s.bytes() > 0).forEach(s -> tables.put(s.name(), new Running(s)));
  }

  void begin(String name, long ofTotal, String ofUnit, long now) {
    stage = name;
    total = ofTotal;
    unit = ofUnit;
    units = 0;
    rows = 0;
    detail = "";
    begun = now;
  }

  void add(long more, long moreRows, @Nullable String what) {
    units += more;
    rows += moreRows;
    detail = what == null ? detail : what;
    Running table = what == null ? null : tables.get(what);
    if (table != null && moreRows > 0) {
      table.bytes += more;
      table.rows += moreRows;
    }
  }

  /** The progress of a table, or null if it is not known. */
  @Nullable Running table(@Nullable String name) {
    return name == null ? null : tables.get(name);
  }

  void end() {
    stage = null;
  }

  /** The running stage, or null. */
  @Nullable String stage() {
    return stage;
  }

  /** The last detail, which may be empty. */
  String detail() {
    return detail;
  }

  boolean inBytes() {
    return unit.equals("B");
  }

  long rows() {
    return rows;
  }

  /** The percentage from 0 to 100; -1 if the total is not known. */
  int percent() {
    return total <= 0 ? -1 : (int) Math.min(100, units * 100 / total);
  }

  /** {@code 10.0 MB of 40.0 MB}, {@code 3 of 12}. */
  String amount() {
    return total > 0
        ? Quantity.of(units, unit).strip() + " of " + Quantity.of(total, unit).strip()
        : Quantity.of(units, unit).strip();
  }

  long seconds(long now) {
    return (now - begun) / 1_000_000_000L;
  }

  /** {@code 12.3 MB/s}; empty if it is not known yet. */
  String rate(long now) {
    double seconds = (now - begun) / NANOS;
    return inBytes() && units > 0 && seconds >= 1
        ? Quantity.bytes((long) (units / seconds)) + "/s"
        : "";
  }

  /** {@code 1:05 left}; empty if it is not known yet. */
  String left(long now) {
    double seconds = (now - begun) / NANOS;
    if (total <= 0 || units <= 0 || seconds < 1 || units >= total) {
      return "";
    }
    long left = Math.round((total - units) / (units / seconds));
    return left / 60 + ":" + (left % 60 < 10 ? "0" : "") + left % 60 + " left";
  }

  /** {@code 3 of 10 tables}; empty if no rows are being loaded. */
  String tablesDone() {
    return rows == 0 || tables.isEmpty()
        ? ""
        : tables.values().stream().filter(Running::done).count()
            + " of "
            + Quantity.of(tables.size(), "tables");
  }
}
