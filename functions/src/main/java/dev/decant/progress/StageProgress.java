package dev.decant.progress;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far a stage is. Whoever has it guards it against other threads. */
final class StageProgress {
  private static final double NANOS = 1e9;

  /** A table whose rows are coming. */
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

  /** Those whose rows the next stage that has rows will bring; empty tables are no work. */
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

  /** What there is of a table, or null. */
  @Nullable Running table(@Nullable String name) {
    return name == null ? null : tables.get(name);
  }

  void end() {
    stage = null;
  }

  /** The stage that goes on, or null. */
  @Nullable String stage() {
    return stage;
  }

  /** What the last news was about; may be empty. */
  String detail() {
    return detail;
  }

  boolean inBytes() {
    return unit.equals("B");
  }

  long rows() {
    return rows;
  }

  /** 0 to 100; -1 where the whole is not known. */
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

  /** {@code 12.3 MB/s}; empty where it cannot be told yet. */
  String rate(long now) {
    double seconds = (now - begun) / NANOS;
    return inBytes() && units > 0 && seconds >= 1
        ? Quantity.bytes((long) (units / seconds)) + "/s"
        : "";
  }

  /** {@code 1:05 left}; empty where it cannot be told yet. */
  String left(long now) {
    double seconds = (now - begun) / NANOS;
    if (total <= 0 || units <= 0 || seconds < 1 || units >= total) {
      return "";
    }
    long left = Math.round((total - units) / (units / seconds));
    return left / 60 + ":" + (left % 60 < 10 ? "0" : "") + left % 60 + " left";
  }

  /** {@code 3 of 10 tables}; empty where rows of none are coming. */
  String tablesDone() {
    return rows == 0 || tables.isEmpty()
        ? ""
        : tables.values().stream().filter(Running::done).count()
            + " of "
            + Quantity.of(tables.size(), "tables");
  }
}
