package dev.decant.sanitize;

import dev.decant.dump.DumpPart;
import dev.decant.dump.DumpPart.CopyStart;
import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.DumpReader;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.mask.MaskingPlan;
import dev.decant.mask.TableRule;
import dev.decant.policy.CheckedPolicy;
import dev.decant.run.RunGuard;
import dev.decant.sanitize.output.OutputParts;
import dev.decant.sanitize.row.BlockLoader;
import dev.decant.sanitize.row.CopyBlock;
import dev.decant.sanitize.row.PartitionRouting;
import dev.decant.sanitize.violation.ViolationCause;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The stage of a run that reads the dump from its first COPY block to its end and brings the rows
 * to their places. Afterwards it knows the COPY blocks and the rows of the anchors.
 */
final class RowStage {
  private final SanitizeRequest request;
  private final CheckedPolicy policy;
  private final Schema schema;
  private final OutputParts parts;
  private final Set<TableName> ofExtensions;
  private final AnchorRows anchors;
  private final ViolationCause causes;
  private final Map<TableName, CopyBlock> firstBlocks = new LinkedHashMap<>();
  private final List<CopyBlock> blocks = new ArrayList<>();

  /**
   * @param ofExtensions the tables that only an extension creates. If their rows are left out,
   *     their COPY blocks are left out, too, so that a server without the extension can restore the
   *     snapshot
   */
  RowStage(
      SanitizeRequest request,
      CheckedPolicy policy,
      Schema schema,
      OutputParts parts,
      Set<TableName> ofExtensions) {
    this.ofExtensions = ofExtensions;
    this.request = request;
    this.policy = policy;
    this.schema = schema;
    this.parts = parts;
    this.anchors = new AnchorRows(policy);
    this.causes = new ViolationCause(schema, policy, Set.of());
  }

  /**
   * Reads the rest of the dump.
   *
   * @param first the part that the reader returned last
   * @param rows gets the blocks of rows; it is closed
   */
  void load(DumpReader reader, DumpPart first, BlockLoader rows, RunGuard guard) {
    try (rows) {
      for (DumpPart part = first; !(part instanceof DumpPart.End); part = reader.next()) {
        switch (part) {
          case CopyStart copy when isLeftOut(copy.table()) -> {
            var _ = reader.skipRows(guard::check);
          }
          case CopyStart copy -> {
            parts.writeBetweenBlocks();
            rows.load(reader, block(copy));
          }
          case Statement statement -> parts.afterRows(statement);
          case DumpPart.End end -> {}
        }
      }
      parts.writeLargeObjects();
      rows.finish();
    }
  }

  private boolean isLeftOut(TableName table) {
    TableRule rule = policy.rules().get(table);
    return ofExtensions.contains(table) && rule != null && rule.truncate();
  }

  private CopyBlock block(CopyStart read) {
    TableName name = read.table();
    Table table = schema.table(name).orElseThrow(() -> unknownTable(read));
    read.requireOrder(schema);
    CopyStart copy = read.of(table);
    TableRule rule = policy.rules().get(name);
    if (rule == null) {
      throw new DecantException(
          ErrorCode.POLICY_INVALID,
          request.policy().file()
              + ": Table "
              + name
              + " has rows in the dump, and the policy has no rule for it. Add a rule to the"
              + " policy.");
    }
    List<String> columns = copy.columnsOf(table);
    boolean truncate = rule.truncate();
    MaskingPlan plan =
        MaskingPlan.of(table, columns, rule, truncate ? List.of() : anchors.watches(name, columns));
    TableName target = new PartitionRouting(schema, policy.rules()).target(name);
    CopyBlock block =
        new CopyBlock(copy, target, plan, truncate, parts.block(copy), e -> causes.ofLoad(name, e));
    firstBlocks.putIfAbsent(name, block);
    blocks.add(block);
    return block;
  }

  private static DecantException unknownTable(CopyStart copy) {
    return new DecantException(
        ErrorCode.INPUT_INVALID,
        "Line "
            + copy.line()
            + " of the dump: The rows belong to table "
            + copy.table()
            + ", which the dump does not create before its first rows. Make a complete dump with"
            + " pg_dump. If this is a script that creates the table later, save it as a file, which"
            + " decant can read twice.");
  }

  /** The first COPY block of each table. */
  Map<TableName, CopyBlock> firstBlocks() {
    return firstBlocks;
  }

  /** All COPY blocks, in the order of the dump. */
  List<CopyBlock> blocks() {
    return blocks;
  }

  AnchorRows anchors() {
    return anchors;
  }
}
