package dev.decant.mask.builtin;

import dev.decant.mask.Disclosure;
import dev.decant.mask.MaskFactory;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.Tracing;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A factory of this project. To add a mask, write a subclass, list it in {@link BuiltInMasks}, add
 * its options to {@code MaskContractTest}, and regenerate the table in {@code docs/masks.md}.
 */
abstract class BuiltInFactory implements MaskFactory {
  private final MaskTraits traits;
  private final List<MaskOption> options;

  BuiltInFactory(MaskTraits traits, MaskOption... options) {
    this.traits = traits;
    this.options = List.of(options);
  }

  final MaskTraits traits() {
    return traits;
  }

  @Override
  public final String name() {
    return traits.name();
  }

  @Override
  public final List<MaskOption> options() {
    return options;
  }

  @Override
  public final Set<TypeCategory> types() {
    return traits.types();
  }

  @Override
  public boolean injective(MaskSpec spec, Column column) {
    return traits.injective();
  }

  @Override
  public final Tracing tracing(MaskSpec spec) {
    return traits.tracing();
  }

  @Override
  public final Optional<Disclosure> disclosure() {
    return Disclosures.of(name());
  }
}
