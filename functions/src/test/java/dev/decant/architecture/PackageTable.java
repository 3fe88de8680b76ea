package dev.decant.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packages that each package depends on, as the table of docs/architecture.md shows them: a
 * package that is reached through another one of the same row is left out. The packages have no
 * cycles.
 */
final class PackageTable {
  private static final String ROOT = "dev.decant.";
  private static final Pattern ROW = Pattern.compile("\\| `([a-z.]+)` \\| (.*) \\| (.*) \\|");

  private PackageTable() {}

  /** A row's last column for each package, by the imports. */
  static Map<String, String> ofImports(JavaClasses classes) {
    Map<String, Set<String>> direct = new TreeMap<>();
    for (JavaClass type : classes) {
      Set<String> imports = direct.computeIfAbsent(name(type), name -> new TreeSet<>());
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> target.getPackageName().startsWith(ROOT))
          .map(PackageTable::name)
          .filter(target -> !target.equals(name(type)))
          .forEach(imports::add);
    }
    Map<String, String> table = new TreeMap<>();
    direct.forEach((name, imports) -> table.put(name, cell(reduced(imports, direct))));
    return table;
  }

  /** A row's last column for each package, in the order of the document's rows. */
  static Map<String, String> ofDocument(List<String> lines) {
    Map<String, String> table = new LinkedHashMap<>();
    for (String line : lines) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        table.put(row.group(1), row.group(3));
      }
    }
    return table;
  }

  /** The packages of a row's last column. */
  static List<String> names(String cell) {
    return cell.equals("nothing") ? List.of() : List.of(cell.replace("`", "").split(", ", -1));
  }

  private static String name(JavaClass type) {
    return type.getPackageName().substring(ROOT.length());
  }

  private static Set<String> reduced(Set<String> imports, Map<String, Set<String>> direct) {
    Set<String> reduced = new TreeSet<>(imports);
    for (String each : imports) {
      reduced.removeAll(reached(each, direct, new TreeSet<>()));
    }
    return reduced;
  }

  private static Set<String> reached(
      String from, Map<String, Set<String>> direct, Set<String> reached) {
    for (String each : direct.getOrDefault(from, Set.of())) {
      if (reached.add(each)) {
        reached(each, direct, reached);
      }
    }
    return reached;
  }

  private static String cell(Set<String> packages) {
    return packages.isEmpty() ? "nothing" : '`' + String.join("`, `", packages) + '`';
  }
}
