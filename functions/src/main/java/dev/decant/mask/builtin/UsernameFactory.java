package dev.decant.mask.builtin;

import static dev.decant.mask.builtin.MaskTraits.TEXT;

import dev.decant.copy.Bytes;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.cipher.Prf;
import dev.decant.mask.cipher.Tokens;
import dev.decant.schema.Column;
import org.jspecify.annotations.Nullable;

/**
 * {@code username}: a color, an animal and a token of 65 bits, for example {@code
 * azure_otter_k2d…}. The style says what stands between them. If there is not enough room, the
 * token stands alone. The chance that any two of a million raw values get the same token is one in
 * 70 million.
 */
final class UsernameFactory extends BuiltInFactory {
  private static final int SHORTEST = 4;
  private static final int MOST = 255;

  UsernameFactory() {
    super(
        MaskTraits.of(
                "username",
                "Writes a color, an animal and a token: `mmuster` → `teal_otter_k3vq7m2xhd5pt`.",
                TEXT)
            .identifying(),
        MaskOption.optional("locale", MaskOption.Kind.STRING),
        MaskOption.choice("style", "underscore", "hyphen", "dot", "plain"),
        MaskOption.optional("length", MaskOption.Kind.INTEGER));
  }

  /** The most characters of a user name. */
  private static int room(MaskSpec spec, Column column) {
    int max = TextLimit.of(column.type()).max();
    return (int) Math.min(max, new OptionValues(spec).integer("length", max));
  }

  private static byte[] separator(MaskSpec spec) {
    return switch (new OptionValues(spec).text("style", "underscore")) {
      case "hyphen" -> new byte[] {'-'};
      case "dot" -> new byte[] {'.'};
      case "plain" -> new byte[0];
      default -> new byte[] {'_'};
    };
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    return TextLimit.of(column.type()).max() < SHORTEST
        ? "The type " + column.type().name() + " is too short for a user name. Write scramble."
        : lengthProblem(spec);
  }

  private static @Nullable String lengthProblem(MaskSpec spec) {
    String problem = new OptionValues(spec).outside("length", SHORTEST, MOST);
    return problem != null ? problem : PersonalFactory.localeProblem(spec);
  }

  @Override
  public boolean injective(MaskSpec spec, Column column) {
    return room(spec, column) >= Tokens.LEAST;
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    Prf prf = kit.prf(spec.effectiveRealm());
    Dictionary colors = Dictionary.of("colors");
    Dictionary animals = Dictionary.of("animals");
    byte[] separator = separator(spec);
    int max = room(spec, column);
    int token = Math.min(Tokens.LEAST, max);
    return new CaseKeepingMask(column, prf) {
      @Override
      void write(byte[] folded, int length, byte[] value, int from, int to, Bytes out) {
        int start = out.length();
        long bits = prf.hash(9, folded, 0, length);
        int color = Prf.choose(bits, colors.size());
        int animal = Prf.choose(bits << 20, animals.size());
        if (colors.length(color) + animals.length(animal) + 2 * separator.length <= max - token) {
          colors.append(color, out);
          out.append(separator);
          animals.append(animal, out);
          out.append(separator);
        }
        Tokens.append(prf, 1, folded, 0, length, token, out);
        recase(out, start);
      }
    };
  }
}
