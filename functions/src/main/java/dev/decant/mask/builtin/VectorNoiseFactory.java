package dev.decant.mask.builtin;

import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code vector-noise}: a vector of the same dimension, each number of which has noise. It serves
 * the types vector, halfvec and sparsevec of pgvector.
 */
final class VectorNoiseFactory extends BuiltInFactory {
  private static final int PERCENT = 50;
  private static final double MOST = 1000;
  private static final double LARGEST_HALF = 65_504;
  private static final Pattern PGVECTOR =
      Pattern.compile("([^(]*\\.)?\"?(vector|halfvec|sparsevec)\"?(\\(.*\\))?");

  VectorNoiseFactory() {
    super(
        MaskTraits.of(
            "vector-noise",
            "Adds noise to the numbers of a vector of pgvector: `[0.5,-0.25]` →"
                + " `[0.31,-0.4]`. The standard deviation is `percent` of the root mean square of"
                + " the vector's numbers, or `stddev`.",
            Set.of(TypeCategory.OTHER)),
        MaskOption.optional("percent", MaskOption.Kind.NUMBER).usually(PERCENT),
        MaskOption.optional("stddev", MaskOption.Kind.NUMBER));
  }

  /** Whether a type is one of pgvector's. */
  static boolean serves(String type) {
    return PGVECTOR.matcher(type).matches();
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    if (!serves(column.type().name())) {
      return "The mask vector-noise does not serve columns of type "
          + column.type().name()
          + ". Write constant or nullify.";
    }
    OptionValues options = new OptionValues(spec);
    if (options.has("percent") && options.has("stddev")) {
      return "The options percent and stddev exclude each other. Write one of them.";
    }
    double percent = options.number("percent", PERCENT);
    double deviation = options.number("stddev", 1);
    return percent > 0 && percent <= MOST && deviation > 0 && deviation <= MOST
        ? null
        : "The noise is out of range. Write a number that is more than 0 and at most 1000.";
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    OptionValues options = new OptionValues(spec);
    Matcher type = PGVECTOR.matcher(column.type().name());
    boolean half = type.matches() && type.group(2).equals("halfvec");
    NoisyVector vector =
        new NoisyVector(
            kit.prf(spec.effectiveRealm()),
            options.number("percent", PERCENT) / 100,
            options.number("stddev", 0),
            half ? LARGEST_HALF : Float.MAX_VALUE);
    return (value, from, to, row, out) -> {
      vector.append(value, from, to, out);
      return true;
    };
  }
}
