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
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code email}: an address that consists of a token and a domain that cannot exist. The chance
 * that any two of a billion raw values get the same token of 16 characters (80 bits) is one in a
 * million.
 */
final class EmailFactory extends BuiltInFactory {
  private static final String DOMAIN = "example.invalid";
  private static final Pattern DOMAINS =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9-]+)*");
  private static final Pattern PREFIXES = Pattern.compile("[A-Za-z0-9._+-]*");
  private static final int TOKEN = 16;
  private static final int SHORTEST = 4;

  EmailFactory() {
    super(
        MaskTraits.of(
                "email",
                "Writes an address at a domain that cannot exist: `max@firma.de` →"
                    + " `k3vq7m2xhd5ptwza@example.invalid`.",
                TEXT)
            .identifying(),
        MaskOption.optional("domain", MaskOption.Kind.STRING).usually(DOMAIN),
        MaskOption.optional("keep-domain", MaskOption.Kind.BOOLEAN).usually(false),
        MaskOption.optional("prefix", MaskOption.Kind.STRING));
  }

  private static String domain(MaskSpec spec) {
    return new OptionValues(spec).text("domain", DOMAIN);
  }

  private static String prefix(MaskSpec spec) {
    return new OptionValues(spec).text("prefix", "");
  }

  /** The number of characters of the token that fit beside the prefix and the domain. */
  private static int token(MaskSpec spec, Column column) {
    int rest = prefix(spec).length() + 1 + domain(spec).length();
    return Math.min(TOKEN, TextLimit.of(column.type()).max() - rest);
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    if (!DOMAINS.matcher(domain(spec)).matches()) {
      return "The option domain is not a host name. Write one like staging.invalid.";
    }
    if (!PREFIXES.matcher(prefix(spec)).matches()) {
      return "The option prefix has a character that is not allowed. Use letters, digits, and . _ +"
          + " -.";
    }
    return token(spec, column) < SHORTEST
        ? "The type "
            + column.type().name()
            + " is too short for an address at "
            + domain(spec)
            + ". Give a shorter domain or prefix, or write scramble."
        : null;
  }

  @Override
  public boolean injective(MaskSpec spec, Column column) {
    return token(spec, column) >= Tokens.LEAST;
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    return new EmailMask(spec, column, kit.prf(spec.effectiveRealm()));
  }

  private static final class EmailMask extends CaseKeepingMask {
    private final Prf prf;
    private final byte[] prefix;
    private final byte[] domain;
    private final int token;
    private final boolean keepDomain;
    private final int room;

    EmailMask(MaskSpec spec, Column column, Prf prf) {
      super(column, prf);
      this.prf = prf;
      prefix = prefix(spec).getBytes(StandardCharsets.US_ASCII);
      domain = ("@" + domain(spec)).getBytes(StandardCharsets.US_ASCII);
      token = token(spec, column);
      keepDomain = new OptionValues(spec).flag("keep-domain");
      room = TextLimit.of(column.type()).max();
    }

    @Override
    void write(byte[] folded, int length, byte[] value, int from, int to, Bytes out) {
      out.append(prefix);
      int start = out.length();
      int at = keepDomain ? at(value, from, to) : to;
      int beside = Math.min(TOKEN, room - prefix.length - (to - at));
      boolean kept = at < to && beside >= Math.min(Tokens.LEAST, token);
      Tokens.append(prf, 1, folded, 0, length, kept ? beside : token, out);
      recase(out, start);
      if (kept) {
        out.append(value, at, to);
      } else {
        out.append(domain);
      }
    }

    /** The position of the last @ if a host name that may stay follows it; otherwise {@code to}. */
    private static int at(byte[] value, int from, int to) {
      int at = to - 1;
      while (at >= from && isHost(value[at])) {
        at--;
      }
      return at >= from && at < to - 1 && value[at] == '@' ? at : to;
    }

    private static boolean isHost(byte b) {
      return (b >= 'a' && b <= 'z')
          || (b >= 'A' && b <= 'Z')
          || (b >= '0' && b <= '9')
          || b == '-'
          || b == '.';
    }
  }
}
