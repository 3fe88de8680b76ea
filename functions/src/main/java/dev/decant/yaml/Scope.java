package dev.decant.yaml;

import dev.decant.schema.TableName;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The part of a file that is being read. Its problems name the table and the column of the scope.
 */
public record Scope(Problems problems, @Nullable TableName table, @Nullable String column) {
  public Scope(Problems problems) {
    this(problems, null, null);
  }

  public Scope in(TableName aTable) {
    return new Scope(problems, aTable, null);
  }

  public Scope at(String aColumn) {
    return new Scope(problems, table, aColumn);
  }

  public void problem(Node node, String message) {
    problem(YamlFile.line(node), message);
  }

  public void problem(int line, String message) {
    problems.add(new Problem(line, table, column, message));
  }
}
