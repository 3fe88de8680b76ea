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
 * The statements that create foreign keys in parallel.
 *
 * @param first the statements to run first, in their order; they read no rows
 * @param then the statements to run after them, in any order; they read the rows
 */
public record ForeignKeys(List<DdlStatement> first, List<DdlStatement> then) {
  public ForeignKeys {
    first = List.copyOf(first);
    then = List.copyOf(then);
  }

  /**
   * Splits each foreign key into two statements if that is possible.
   *
   * @param plain whether a table stores rows itself, as partitioned and foreign tables do not
   * @param whole makes the single statement of a key that cannot be split
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
