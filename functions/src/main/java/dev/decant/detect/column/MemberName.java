package dev.decant.detect.column;

import com.google.re2j.Pattern;
import dev.decant.detect.value.ValueKind;
import dev.decant.detect.value.ValueShape;
import java.util.EnumSet;
import java.util.Set;

/**
 * Distinguishes names of members that belong to the structure of a document from names that are
 * data.
 */
final class MemberName {
  private static final Pattern IDENTIFIER =
      Pattern.compile("[\\p{L}_$@][\\p{L}\\p{N}_$@:. -]{0,63}");
  private static final Pattern ID =
      Pattern.compile("(?i)[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}|[0-9a-f]{16,}");

  private static final Set<ValueKind> OF_DATA =
      EnumSet.complementOf(
          EnumSet.of(
              ValueKind.FIRST_NAME,
              ValueKind.LAST_NAME,
              ValueKind.NAME_FORM,
              ValueKind.HANDLE,
              ValueKind.STREET,
              ValueKind.VAT_ID));

  private MemberName() {}

  /** Whether a name is a value, such as an e-mail address, a number or an identifier. */
  static boolean isData(String name) {
    if (!IDENTIFIER.matches(name) || ID.matches(name)) {
      return true;
    }
    ValueShape shape = ValueShape.of(name);
    return OF_DATA.stream().anyMatch(kind -> kind.matches(name, shape));
  }
}
