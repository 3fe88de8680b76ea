package dev.decant.load;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.StatementKind;
import dev.decant.dump.TwoStepForeignKey;
import dev.decant.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The foreign keys among statements, to be built side by side.
 *
 * @param first statements to run in order; they look at no row
 * @param then statements to run in any order: they look at the rows
 */
public record ForeignKeys(List<DdlStatement> first, List<DdlStatement> then) {
  public ForeignKeys {
    first = List.copyOf(first);
    then = List.copyOf(then);
  }

  /**
   * In two steps where that can be.
   *
   * @param plain whether a table has pages of its own: neither partitioned nor foreign
   * @param whole a key as one statement, where it cannot
   */
  public static ForeignKeys of(
      List<Statement> statements,
      Predicate<TableName> plain,
      Function<Statement, DdlStatement> whole) {
    List<DdlStatement> first = new ArrayList<>();
    List<DdlStatement> then = new ArrayList<>();
    for (Statement key : statements) {
      if (key.kind() == StatementKind.FOREIGN_KEY) {
        TwoStepForeignKey.of(key)
            .filter(k -> plain.test(k.table()) && plain.test(k.referenced()))
            .ifPresentOrElse(
                k -> {
                  first.add(new DdlStatement(key.line(), key.object(), k.add()));
                  Set<TableName> alone = Set.of(k.table());
                  then.add(
                      new DdlStatement(key.line(), key.object(), k.validate(), alone, Set.of()));
                },
                () -> then.add(whole.apply(key)));
      }
    }
    return new ForeignKeys(first, then);
  }
}
