package dev.decant.sanitize.schema;

import dev.decant.dump.DumpPart.CopyStart;
import dev.decant.dump.DumpPart.Statement;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.load.ScratchExtensions;
import dev.decant.load.SnapshotSchema;
import dev.decant.load.StandIns;
import dev.decant.policy.ExtensionRule;
import dev.decant.policy.Policy;
import dev.decant.sanitize.output.DumpOutline;
import dev.decant.schema.TableName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a policy for the extensions of a dump, and the rows that the dump may have for their
 * configuration tables. A dump does not define these tables, so their columns are those of the
 * rows.
 *
 * @param heads the COPY blocks that are known before the rows are read
 * @param truncated the tables whose rows the policy leaves out
 * @param rules the rules that the policy has for extensions, by their names
 */
public record ExtensionRules(
    List<CopyStart> heads, Set<TableName> truncated, Map<String, ExtensionRule> rules) {
  private static final byte[] NOTHING = new byte[0];

  public ExtensionRules {
    heads = List.copyOf(heads);
    truncated = Set.copyOf(truncated);
    rules = Map.copyOf(rules);
  }

  /**
   * The rows that the outline has found. Without an outline, the columns of a table are those that
   * the policy names; rows with other columns are refused later.
   */
  public static ExtensionRules of(@Nullable DumpOutline outline, Policy policy) {
    Set<TableName> truncated =
        policy.tables().entrySet().stream()
            .filter(e -> e.getValue().truncate())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    return new ExtensionRules(
        outline == null ? expected(policy) : outline.heads(),
        truncated,
        policy.objects().extensions());
  }

  /** The extensions among these that the scratch databases shall have. */
  Set<String> wanted(Set<String> available) {
    Set<String> wanted = new TreeSet<>(available);
    wanted.removeIf(name -> rules.get(name) == ExtensionRule.DROP);
    return wanted;
  }

  boolean drops(Statement statement) {
    return rules.get(SnapshotSchema.extension(statement)) == ExtensionRule.DROP;
  }

  /**
   * The statements that create extensions without which a restore can continue.
   *
   * @param extensions the extensions of the dump
   * @param unneeded the statements whose extensions nothing else in the dump needs
   * @throws DecantException (POLICY_INVALID) if the policy drops an extension that is needed
   */
  Set<Statement> optional(ScratchExtensions extensions, Set<Statement> unneeded, String file) {
    for (Statement statement : extensions.all()) {
      if (drops(statement) && !unneeded.contains(statement)) {
        throw new DecantException(
            ErrorCode.POLICY_INVALID,
            file
                + ": The policy drops the extension "
                + SnapshotSchema.extension(statement)
                + ", but the dump uses its types or tables. Write keep under extensions, or remove"
                + " the entry.");
      }
    }
    return unneeded.stream()
        .filter(s -> rules.get(SnapshotSchema.extension(s)) != ExtensionRule.KEEP)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The warnings about rules for extensions that the dump does not create. */
  List<String> warnings(ScratchExtensions extensions, String file) {
    Set<String> names = new TreeSet<>(rules.keySet());
    extensions.all().forEach(s -> names.remove(SnapshotSchema.extension(s)));
    return names.stream()
        .map(
            name ->
                file
                    + ": The policy has a rule for the extension "
                    + name
                    + ", which the dump does not create. Remove the rule.")
        .toList();
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
