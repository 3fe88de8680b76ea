package dev.decant.load;

import dev.decant.dump.CreatedExtension;
import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.StatementKind;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The extensions that a dump creates, divided into those that a scratch server has and those that
 * it lacks.
 *
 * @param present the schema of each extension to create, by its name, in the order of the dump
 * @param missing the statements that create the others
 * @param all the statements that create extensions
 */
public record ScratchExtensions(
    Map<String, String> present, List<Statement> missing, List<Statement> all) {
  public ScratchExtensions {
    all = List.copyOf(all);
    present = Collections.unmodifiableMap(new LinkedHashMap<>(present));
    missing = List.copyOf(missing);
  }

  /**
   * Divides the extensions of a dump.
   *
   * @param available the names of the extensions that the server has
   */
  public static ScratchExtensions of(List<Statement> statements, Set<String> available) {
    Map<String, String> present = new LinkedHashMap<>();
    List<Statement> missing = new ArrayList<>();
    List<Statement> all = new ArrayList<>();
    for (Statement statement : statements) {
      if (statement.kind() == StatementKind.EXTENSION) {
        all.add(statement);
        Optional<CreatedExtension> created = CreatedExtension.of(statement);
        if (created.isPresent() && available.contains(created.get().name())) {
          present.put(created.get().name(), created.get().schema());
        } else {
          missing.add(statement);
        }
      }
    }
    return new ScratchExtensions(present, missing, all);
  }

  /**
   * Whether a table that the dump does not create may belong to an extension that the server lacks.
   * The schema public has tables of applications, too, so only well-known tables count there.
   */
  public boolean mayOwn(TableName table) {
    String owner = ExtensionTables.extension(table);
    return missing.stream()
        .flatMap(s -> CreatedExtension.of(s).stream())
        .anyMatch(
            e ->
                owner != null
                    ? e.name().equals(owner)
                    : e.schema().equals(table.schema()) && !table.schema().equals("public"));
  }

  /**
   * The statements whose extensions nothing else in the dump needs, so that a restore can continue
   * without them.
   *
   * @param connection to the scratch database with the schema
   * @param standIns the stand-ins in that database
   * @param withoutRows the tables whose rows are not in the snapshot
   */
  public Set<Statement> unneeded(
      Connection connection, StandIns standIns, Predicate<TableName> withoutRows) {
    return NeededExtensions.unneeded(
        connection,
        this,
        standIns.types().keySet(),
        standIns.tables().stream().filter(withoutRows.negate()).toList());
  }
}
