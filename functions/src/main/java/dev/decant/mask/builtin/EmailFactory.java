package dev.decant.mask.builtin;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
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
 * {@code email}: an address of a token at a domain that nobody has. Different raw values share a
 * token of 16 characters (80 bits) with a chance of one to a million at a billion values.
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
        "email",
        TEXT,
        MaskOption.optional("domain", MaskOption.Kind.STRING),
        MaskOption.optional("keep-domain", MaskOption.Kind.BOOLEAN),
        MaskOption.optional("prefix", MaskOption.Kind.STRING));
  }

  private static String domain(MaskSpec spec) {
    return new Options(spec).text("domain", DOMAIN);
  }

  private static String prefix(MaskSpec spec) {
    return new Options(spec).text("prefix", "");
  }

  /** Characters of the token that fit beside the prefix and the domain. */
  private static int token(MaskSpec spec, Column column) {
    int rest = prefix(spec).length() + 1 + domain(spec).length();
    return Math.min(TOKEN, TextLimit.of(column.type()).max() - rest);
  }

  @Override
  @Nullable String problem(MaskSpec spec, Column column) {
    if (!DOMAINS.matcher(domain(spec)).matches()) {
      return "domain must be a host name, as staging.invalid";
    }
    if (!PREFIXES.matcher(prefix(spec)).matches()) {
      return "prefix may hold letters, digits, and . _ + -";
    }
    return token(spec, column) < SHORTEST
        ? column.type().name()
            + " is too short for an address at "
            + domain(spec)
            + ": give a shorter domain or prefix, or write scramble"
        : null;
  }

  @Override
  public boolean injective(MaskSpec spec, Column column) {
    return token(spec, column) >= Tokens.LEAST;
  }

  @Override
  public boolean traced(MaskSpec spec) {
    return true;
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    return new EmailMask(spec, column, kit.prf(spec.effectiveRealm()));
  }

  private static final class EmailMask extends TextMask {
    private final Prf prf;
    private final byte[] prefix;
    private final byte[] domain;
    private final int token;
    private final boolean keepDomain;
    private final int room;

    EmailMask(MaskSpec spec, Column column, Prf prf) {
      super(column);
      this.prf = prf;
      prefix = prefix(spec).getBytes(StandardCharsets.US_ASCII);
      domain = ("@" + domain(spec)).getBytes(StandardCharsets.US_ASCII);
      token = token(spec, column);
      keepDomain = new Options(spec).flag("keep-domain");
      room = TextLimit.of(column.type()).max();
    }

    @Override
    void write(byte[] value, int from, int to, RowView row, Bytes out) {
      out.append(prefix);
      int at = keepDomain ? at(value, from, to) : to;
      int length = Math.min(TOKEN, room - prefix.length - (to - at));
      if (at < to && length >= Math.min(Tokens.LEAST, token)) {
        Tokens.append(prf, 1, value, from, to, length, out);
        out.append(value, at, to);
      } else {
        Tokens.append(prf, 1, value, from, to, token, out);
        out.append(domain);
      }
    }

    /** Where the @ of a domain that may stay is, or {@code to}: what is no host name may not. */
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
