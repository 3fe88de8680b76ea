package dev.decant.detect.column;

import dev.decant.detect.Category;
import dev.decant.detect.Verdict;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Columns of well-known applications, each with a label for its content. A file has one
 * application: {@code [table]}, and below it lines of the form {@code column type label}. The label
 * is a category, {@code -} for a column that is not personal, or {@code ?} if people disagree; such
 * columns are not counted.
 */
final class LabelledColumns {
  /** A labelled column and the answer of the detector. */
  record Labelled(
      String application,
      String language,
      String table,
      String column,
      String label,
      Verdict verdict) {
    boolean counts() {
      return !label.equals("?");
    }

    boolean isPersonal() {
      return !label.equals("-") && counts();
    }

    boolean foundPersonal() {
      return verdict instanceof Verdict.Personal;
    }

    @Override
    public String toString() {
      return application + ": " + table + "." + column + " " + label + " -> " + verdict;
    }
  }

  private LabelledColumns() {}

  /** The columns of all applications in a folder of the test's resources. */
  static List<Labelled> read(String folder) {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/detect/labelled", folder))) {
      return files.sorted().flatMap(LabelledColumns::application).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Labelled> application(Path file) {
    String name = file.getFileName().toString().replace(".txt", "");
    String language = "";
    Map<String, List<String[]>> tables = new LinkedHashMap<>();
    List<String[]> columns = List.of();
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith("#")) {
          language = line.replaceAll(".*Language: ", "");
        } else if (line.startsWith("[")) {
          columns =
              tables.computeIfAbsent(line.substring(1, line.length() - 1), t -> new ArrayList<>());
        } else {
          columns.add(line.split(" ", -1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String of = language;
    return tables.entrySet().stream().flatMap(t -> table(name, of, t.getKey(), t.getValue()));
  }

  private static Stream<Labelled> table(
      String application, String language, String name, List<String[]> lines) {
    List<Column> columns = lines.stream().map(l -> column(l[0], l[1])).toList();
    Table table =
        new Table(new TableName("public", name), columns, false, List.of(), null, List.of(), null);
    ColumnDetector detector = ColumnDetector.of(table);
    return lines.stream()
        .map(
            l ->
                new Labelled(
                    application,
                    language,
                    name,
                    l[0],
                    label(l[2]),
                    detector.verdict(column(l[0], l[1]), null)));
  }

  /** A misspelt label is an error. */
  private static String label(String label) {
    return label.equals("-") || label.equals("?") ? label : Category.valueOf(label).name();
  }

  private static Column column(String name, String type) {
    return new Column(name, type(type), false, false, false);
  }

  private static ColumnType type(String name) {
    if (name.endsWith("[]")) {
      var element = new ColumnType.Parts.Element(type(name.substring(0, name.length() - 2)));
      return new ColumnType(name, TypeCategory.ARRAY, -1, -1, -1, List.of(), element, false);
    }
    return ColumnType.of(name, TypeCategory.valueOf(name.toUpperCase(Locale.ROOT)));
  }
}
