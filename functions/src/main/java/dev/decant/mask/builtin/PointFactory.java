package dev.decant.mask.builtin;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.value.Coordinates;
import dev.decant.mask.value.WellKnownBinary;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code point}: a place at most {@code meters} away, and at least half as far. It serves the type
 * point, whose numbers are longitude and latitude if they can be, and the types geometry and
 * geography of PostGIS, whose reference system says whether they are degrees or meters.
 */
final class PointFactory extends BuiltInFactory {
  private static final double METERS = 1000;
  private static final double MOST_METERS = 1_000_000;
  private static final Pattern POSTGIS =
      Pattern.compile("([^(]*\\.)?\"?(geometry|geography)\"?(\\(.*\\))?");

  PointFactory() {
    super(
        MaskTraits.of(
            "point",
            "Moves a point, or a geometry or geography of PostGIS, by at most `meters`:"
                + " `(13.4050,52.5200)` → `(13.3941027,52.5243418)`.",
            Set.of(TypeCategory.POINT, TypeCategory.OTHER)),
        MaskOption.optional("meters", MaskOption.Kind.NUMBER).usually((int) METERS));
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    if (column.type().category() == TypeCategory.OTHER
        && !POSTGIS.matcher(column.type().name()).matches()) {
      return "The mask point does not serve columns of type "
          + column.type().name()
          + ". Write constant or nullify.";
    }
    double meters = new OptionValues(spec).number("meters", METERS);
    return meters >= 1 && meters <= MOST_METERS
        ? null
        : "The option meters is out of range. Write a number from 1 to 1000000.";
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    PlaceShift shift =
        new PlaceShift(
            kit.prf(spec.effectiveRealm()), new OptionValues(spec).number("meters", METERS));
    if (column.type().category() == TypeCategory.POINT) {
      return new PointMask(shift);
    }
    WellKnownBinary geometry = new WellKnownBinary();
    return (value, from, to, row, out) -> {
      shift.choose(value, from, to);
      if (!geometry.rewrite(value, from, to, shift, out)) {
        throw new IllegalArgumentException("The value is not a geometry as PostGIS writes it.");
      }
      return true;
    };
  }

  private record PointMask(PlaceShift shift) implements Mask {
    @Override
    public boolean apply(byte[] value, int from, int to, RowView row, Bytes out) {
      int comma = from;
      while (comma < to && value[comma] != ',') {
        comma++;
      }
      if (to - from < 5 || value[from] != '(' || value[to - 1] != ')' || comma >= to) {
        throw new IllegalArgumentException("The value is not a point as PostgreSQL writes it.");
      }
      double x = coordinate(value, from + 1, comma);
      double y = coordinate(value, comma + 1, to - 1);
      shift.choose(value, from, to);
      shift.move(0, x, y);
      out.append((byte) '(');
      Coordinates.append(shift.x(), out);
      out.append((byte) ',');
      Coordinates.append(shift.y(), out);
      out.append((byte) ')');
      return true;
    }

    private static double coordinate(byte[] value, int from, int to) {
      return value[from] == 'N' || value[to - 1] == 'y'
          ? Double.NaN
          : Coordinates.parse(value, from, to);
    }
  }
}
