package dev.decant.mask.builtin;

import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.cipher.PasswordHash;
import dev.decant.schema.Column;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * {@code password}: the hash of one password, the same in all rows, so that everybody may sign in
 * with it who knows it; nobody does where it is random.
 */
final class PasswordFactory extends BuiltInFactory {
  private static final int BCRYPT_BYTES = 72;
  private static final String RANDOM = "random";

  PasswordFactory() {
    super(
        "password",
        TEXT,
        MaskOption.choice("algorithm", "bcrypt", "pbkdf2-sha256", "argon2id"),
        MaskOption.optional("cost", MaskOption.Kind.INTEGER),
        MaskOption.optional("value", MaskOption.Kind.STRING));
  }

  private static PasswordHash.Algorithm algorithm(MaskSpec spec) {
    return PasswordHash.Algorithm.of(new Options(spec).text("algorithm", "bcrypt"));
  }

  private static int cost(MaskSpec spec) {
    return (int) new Options(spec).integer("cost", algorithm(spec).defaultCost());
  }

  @Override
  @Nullable String problem(MaskSpec spec, Column column) {
    PasswordHash.Algorithm algorithm = algorithm(spec);
    String problem = new Options(spec).outside("cost", algorithm.leastCost(), algorithm.mostCost());
    if (problem != null) {
      return problem + " for " + algorithm.label();
    }
    String value = new Options(spec).text("value", RANDOM);
    if (value.isEmpty()) {
      return "value must not be empty: write a password, or random";
    }
    if (algorithm == PasswordHash.Algorithm.BCRYPT
        && value.getBytes(StandardCharsets.UTF_8).length > BCRYPT_BYTES) {
      return "bcrypt hashes no more than the first 72 bytes of a password: give a shorter one";
    }
    int length = algorithm.length(cost(spec));
    return TextLimit.of(column.type()).max() < length
        ? column.type().name()
            + " is too short for a hash of "
            + algorithm.label()
            + ": it takes "
            + length
            + " characters"
        : null;
  }

  @Override
  public boolean traced(MaskSpec spec) {
    return true;
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    byte[] hash =
        PasswordHash.of(
            algorithm(spec),
            cost(spec),
            new Options(spec).text("value", RANDOM),
            kit.prf(spec.effectiveRealm()));
    return (value, from, to, row, out) -> {
      out.append(hash);
      return true;
    };
  }
}
