package dev.decant.sanitize;

import dev.decant.dump.DumpPart.CopyStart;
import dev.decant.load.StandIns;
import dev.decant.policy.Policy;
import dev.decant.schema.TableName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a dump may have for the configuration tables of extensions. A dump does not define
 * these tables, so their columns are those of the rows.
 *
 * @param heads the COPY blocks that are known before the rows are read
 * @param truncated the tables whose rows the policy leaves out
 */
record ExtensionRows(List<CopyStart> heads, Set<TableName> truncated) {
  private static final byte[] NOTHING = new byte[0];

  ExtensionRows {
    heads = List.copyOf(heads);
    truncated = Set.copyOf(truncated);
  }

  /**
   * The rows that the outline has found. Without an outline, the columns of a table are those that
   * the policy names; rows with other columns are refused later.
   */
  static ExtensionRows of(@Nullable DumpOutline outline, Policy policy) {
    Set<TableName> truncated =
        policy.tables().entrySet().stream()
            .filter(e -> e.getValue().truncate())
            .map(e -> e.getKey())
            .collect(Collectors.toSet());
    return new ExtensionRows(outline == null ? expected(policy) : outline.heads(), truncated);
  }

  private static List<CopyStart> expected(Policy policy) {
    List<CopyStart> heads = new ArrayList<>();
    policy
        .tables()
        .forEach(
            (table, entry) -> {
              if (StandIns.isOfExtension(table) && !entry.optional()) {
                Set<String> columns = new LinkedHashSet<>(entry.keep().keySet());
                columns.addAll(entry.columns().keySet());
                heads.add(
                    new CopyStart(
                        0,
                        table,
                        columns.isEmpty() ? List.of("unknown") : List.copyOf(columns),
                        NOTHING,
                        NOTHING));
              }
            });
    return heads;
  }
}
