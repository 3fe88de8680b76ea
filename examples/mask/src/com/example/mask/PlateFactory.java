package com.example.mask;

import dev.decant.mask.Mask;
import dev.decant.mask.MaskFactory;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.cipher.Prf;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** {@code plate}: a license plate with a given prefix and four pseudo-random digits. */
public final class PlateFactory implements MaskFactory {
  @Override
  public String name() {
    return "plate";
  }

  @Override
  public List<MaskOption> options() {
    return List.of(MaskOption.optional("prefix", MaskOption.Kind.STRING).usually("XX"));
  }

  @Override
  public Set<TypeCategory> types() {
    return Set.of(TypeCategory.TEXT);
  }

  /** Two plates may become equal, because there are only ten thousand masked values. */
  @Override
  public boolean injective(MaskSpec spec, Column column) {
    return false;
  }

  @Override
  public String problem(MaskSpec spec, Column column) {
    int longest = column.type().maxLength();
    return longest >= 0 && longest < prefix(spec).length() + 5
        ? "The column is too short for a plate. Give a shorter prefix, or write scramble."
        : null;
  }

  private static String prefix(MaskSpec spec) {
    return spec.options().getOrDefault("prefix", "XX").toString();
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    Prf prf = kit.prf(spec.effectiveRealm());
    byte[] prefix = (prefix(spec) + "-").getBytes(StandardCharsets.UTF_8);
    return (value, from, to, row, out) -> {
      out.append(prefix);
      int number = Prf.choose(prf.hash(value, from, to), 10_000);
      for (int unit = 1000; unit > 0; unit /= 10) {
        out.append((byte) ('0' + number / unit % 10));
      }
      return true;
    };
  }
}
