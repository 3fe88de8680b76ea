package dev.decant.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.function.Function;

/** Rules that forbid circles of dependencies below a package. */
final class Cycles {
  private Cycles() {}

  /** The package and the packages below it do not depend on each other in a circle. */
  static ArchRule noneBetweenPackages(String root) {
    return none(root, "packages", JavaClass::getPackageName);
  }

  /** The source files below the package do not depend on each other in a circle. */
  static ArchRule noneBetweenFiles(String root) {
    return none(root, "files", type -> outermost(type).getName());
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(Cycles::outermost).orElse(type);
  }

  private static ArchRule none(String root, String what, Function<JavaClass, String> slice) {
    SliceAssignment assignment =
        new SliceAssignment() {
          @Override
          public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            return name.equals(root) || name.startsWith(root + ".")
                ? SliceIdentifier.of(slice.apply(type))
                : SliceIdentifier.ignore();
          }

          @Override
          public String getDescription() {
            return what + " below " + root;
          }
        };
    return slices().assignedFrom(assignment).should().beFreeOfCycles();
  }
}
