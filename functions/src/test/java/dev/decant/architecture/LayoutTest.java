package dev.decant.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The layout that docs/architecture.md describes. */
final class LayoutTest {
  private static final String[] ENTRY_POINTS = {"dev.decant.cli..", "dev.decant.lambda.."};
  private static final String[] USE_CASES = {
    "dev.decant.check..",
    "dev.decant.sanitize..",
    "dev.decant.scale..",
    "dev.decant.refresh..",
    "dev.decant.pull..",
    "dev.decant.media..",
    "dev.decant.sweep..",
    "dev.decant.demo.."
  };

  /** The records that are still too large. No record may be added. */
  private static final Set<String> LARGE_RECORDS = Set.of("LoadRequest", "Manifest");

  private static JavaClasses decant;

  @BeforeAll
  static void importClasses() {
    decant =
        new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            .importPackages("dev.decant");
  }

  @Test
  void nothingImportsTheEntryPoints() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ENTRY_POINTS)
        .should()
        .dependOnClassesThat(resideInAnyPackage(ENTRY_POINTS))
        .check(decant);
  }

  @Test
  void theFunctionsDoNotKnowTheCommandLine() {
    noClasses()
        .that()
        .resideInAPackage("dev.decant.lambda..")
        .should()
        .dependOnClassesThat(resideInAPackage("dev.decant.cli.."))
        .check(decant);
  }

  @Test
  void onlyEntryPointsAndTheDemoSeeUseCases() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ENTRY_POINTS)
        .and()
        .resideOutsideOfPackages(USE_CASES)
        .should()
        .dependOnClassesThat(resideInAnyPackage(USE_CASES))
        .check(decant);
  }

  @Test
  void onlyTheEdgesKnowAws() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.decant.aws..",
            "dev.decant.source..",
            "dev.decant.store..",
            "dev.decant.media..",
            "dev.decant.sweep..",
            "dev.decant.lambda..",
            "dev.decant.hook..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("software.amazon..", "com.amazonaws.."))
        .check(decant);
  }

  @Test
  void dumpsAndRowsAreReadWithoutAnyInputOfTheirOwn() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.decant.dump..", "dev.decant.copy..", "dev.decant.mask..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("java.nio.file..", "java.net..", "java.sql.."))
        .check(decant);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.decant.(*)..").should().beFreeOfCycles().check(decant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.decant.mask",
        "dev.decant.policy",
        "dev.decant.pack",
        "dev.decant.copy",
        "dev.decant.schema",
        "dev.decant.store",
        "dev.decant.source",
        "dev.decant.aws",
        "dev.decant.stream",
        "dev.decant.refresh",
        "dev.decant.pull",
        "dev.decant.demo",
        "dev.decant.sweep",
        "dev.decant.progress",
        "dev.decant.location",
        "dev.decant.frame",
        "dev.decant.manifest"
      })
  void packagesAndFilesBelowAPackageHaveNoCycles(String root) {
    Cycles.noneBetweenPackages(root).check(decant);
    Cycles.noneBetweenFiles(root).check(decant);
  }

  /**
   * Documents contain documents, so the samples of columns and of documents refer to each other.
   */
  @Test
  void packagesOfTheDetectionHaveNoCycles() {
    Cycles.noneBetweenPackages("dev.decant.detect").check(decant);
  }

  /** Each package depends only on packages above it, so the table can be read from the top. */
  @Test
  void theTableOfPackagesIsThatOfTheImports() throws IOException {
    Map<String, String> imports = PackageTable.ofImports(decant);
    Map<String, String> document =
        PackageTable.ofDocument(Files.readAllLines(Path.of("../docs/architecture.md")));

    String rows =
        imports.entrySet().stream()
            .filter(row -> !row.getValue().equals(document.get(row.getKey())))
            .map(row -> "| `%s` | … | %s |".formatted(row.getKey(), row.getValue()))
            .collect(Collectors.joining("\n"));
    assertThat(rows).as("write these rows into docs/architecture.md").isEmpty();
    assertThat(document.keySet()).as("packages that exist").isEqualTo(imports.keySet());
    List<String> order = List.copyOf(document.keySet());
    assertThat(order)
        .allSatisfy(
            name ->
                assertThat(order.subList(0, order.indexOf(name)))
                    .as("rows above that of %s", name)
                    .containsAll(PackageTable.names(document.get(name))));
  }

  @Test
  void onlyTheCommandLineKnowsItsLibraries() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.decant.cli..")
        .should()
        .dependOnClassesThat(resideInAPackage("picocli.."))
        .check(decant);
  }

  @Test
  void nothingWritesToStandardStreamsBesideTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.decant.cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(decant);
  }

  @Test
  void namesSayWhatThingsAre() {
    classes()
        .should()
        .haveNameNotMatching(".*(Impl|Utils?|Manager|Helpers?)")
        .andShould()
        .haveNameNotMatching(".*\\.I[A-Z][a-z].*")
        .check(decant);
  }

  @Test
  void noTwoClassesShareAName() {
    Map<String, Long> uses =
        decant.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getSimpleName, Collectors.counting()));
    uses.values().removeIf(count -> count == 1);
    assertThat(uses).isEmpty();
  }

  /** The fields of a larger record belong together in groups, which are records of their own. */
  @Test
  void aRecordHasAtMostEightComponents() {
    Set<String> larger =
        decant.stream()
            .filter(JavaClass::isRecord)
            .filter(type -> type.reflect().getRecordComponents().length > 8)
            .map(type -> type.getName().replaceFirst(".*\\.", ""))
            .collect(Collectors.toSet());
    assertThat(larger).isSubsetOf(LARGE_RECORDS);
  }

  /** Reads the sources, because a package without package-info.java has no class to look at. */
  @Test
  void everyPackageIsNullMarked() throws IOException {
    Path sources = Path.of("src/main/java");
    Set<Path> packages;
    try (Stream<Path> files = Files.walk(sources)) {
      packages =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(Path::getParent)
              .collect(Collectors.toSet());
    }
    assertThat(packages)
        .isNotEmpty()
        .allSatisfy(
            folder ->
                assertThat(Files.readString(folder.resolve("package-info.java")))
                    .contains(List.of("@NullMarked")));
  }
}
