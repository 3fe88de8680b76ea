package dev.decant.mask.builtin;

import static dev.decant.mask.builtin.MaskTraits.TEXT;

import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.cipher.PasswordHash;
import dev.decant.schema.Column;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * {@code password}: the hash of one password, which is the same in all rows, so that everybody who
 * knows the password can sign in. If the password is random, nobody knows it.
 */
final class PasswordFactory extends BuiltInFactory {
  private static final int BCRYPT_BYTES = 72;
  private static final String RANDOM = "random";

  PasswordFactory() {
    super(
        MaskTraits.of(
                "password",
                "Writes the hash of one password into all rows. A `random` password is one that"
                    + " nobody knows.",
                TEXT)
            .identifying(),
        MaskOption.choice("algorithm", "bcrypt", "pbkdf2-sha256", "argon2id"),
        MaskOption.optional("cost", MaskOption.Kind.INTEGER).usually("12, 600000 or 2"),
        MaskOption.optional("value", MaskOption.Kind.STRING).usually(RANDOM));
  }

  private static PasswordHash.Algorithm algorithm(MaskSpec spec) {
    return PasswordHash.Algorithm.of(new OptionValues(spec).text("algorithm", "bcrypt"));
  }

  private static int cost(MaskSpec spec) {
    return (int) new OptionValues(spec).integer("cost", algorithm(spec).defaultCost());
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    PasswordHash.Algorithm algorithm = algorithm(spec);
    String problem =
        new OptionValues(spec).outside("cost", algorithm.leastCost(), algorithm.mostCost());
    if (problem != null) {
      return problem + " The range depends on the algorithm, which is " + algorithm.label() + ".";
    }
    String value = new OptionValues(spec).text("value", RANDOM);
    if (value.isEmpty()) {
      return "The option value is empty. Write a password, or random.";
    }
    if (algorithm == PasswordHash.Algorithm.BCRYPT
        && value.getBytes(StandardCharsets.UTF_8).length > BCRYPT_BYTES) {
      return "The password is longer than 72 bytes, and bcrypt ignores the rest. Give a shorter"
          + " one.";
    }
    int length = algorithm.length(cost(spec));
    return TextLimit.of(column.type()).max() < length
        ? "The type "
            + column.type().name()
            + " is too short for a hash of "
            + algorithm.label()
            + ", which takes "
            + length
            + " characters. Write another algorithm, or redact."
        : null;
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    byte[] hash =
        PasswordHash.of(
            algorithm(spec),
            cost(spec),
            new OptionValues(spec).text("value", RANDOM),
            kit.prf(spec.effectiveRealm()));
    return (value, from, to, row, out) -> {
      out.append(hash);
      return true;
    };
  }
}
