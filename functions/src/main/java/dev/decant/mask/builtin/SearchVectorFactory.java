package dev.decant.mask.builtin;

import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code search-vector}: a tsvector that the scratch server computes from the masked columns {@code
 * from} after the rows were loaded. Until then the column has the empty tsvector, by which the
 * server finds the rows to compute.
 */
final class SearchVectorFactory extends BuiltInFactory {
  SearchVectorFactory() {
    super(
        MaskTraits.of(
            "search-vector",
            "Lets PostgreSQL compute the words of the masked columns `from`: `'max':1` →"
                + " `'greta':1`.",
            Set.of(TypeCategory.TSVECTOR)),
        MaskOption.required("config", MaskOption.Kind.STRING),
        MaskOption.required("from", MaskOption.Kind.LIST));
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    return new OptionValues(spec).texts("from").isEmpty()
        ? "The list from is empty. Write the columns whose words the column has."
        : null;
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    return (value, from, to, row, out) -> true;
  }
}
