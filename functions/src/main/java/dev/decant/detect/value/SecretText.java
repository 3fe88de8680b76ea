package dev.decant.detect.value;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Recognizes secrets in a text: keys and tokens by the prefixes that their issuers give them, JSON
 * Web Tokens, private keys, passwords in URLs and headers, and password hashes. The expressions run
 * in linear time.
 */
public final class SecretText {
  private static final Pattern PASSWORD_HASH =
      Pattern.compile(
          "^(\\$2[abxy]\\$[0-9]{2}\\$[./A-Za-z0-9]{53}|\\$argon2(id|i|d)\\$.+|\\$scrypt\\$.+"
              + "|\\$pbkdf2[-a-z0-9]*\\$.+|\\$[156y]\\$.+|pbkdf2_sha(1|256|512)\\$[0-9]+\\$.+"
              + "|argon2\\$argon2.+|bcrypt(_sha256)?\\$.+|scrypt[:$].+|pbkdf2:sha[0-9]+:.+"
              + "|(sha1|md5)\\$[^$]+\\$[0-9a-f]+|\\{(SSHA|SHA|SMD5|MD5|CRYPT|PBKDF2[^}]*)\\}.+"
              + "|SCRAM-SHA-256\\$.+|md5[0-9a-f]{32})$");

  private static final Pattern JWT =
      Pattern.compile("eyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*");

  private static final Pattern KNOWN_KEY =
      Pattern.compile(
          "(^|[^A-Za-z0-9])("
              + "[srp]k_(live|test)_[0-9A-Za-z]{10,}|whsec_[0-9A-Za-z+/=]{10,}"
              + "|gh[pousr]_[0-9A-Za-z]{20,}|github_pat_[0-9A-Za-z_]{20,}|glpat-[0-9A-Za-z_-]{16,}"
              + "|xox[abeoprs]-[0-9A-Za-z-]{10,}|xapp-[0-9A-Za-z-]{10,}"
              + "|(AKIA|ASIA)[0-9A-Z]{16}|AIza[0-9A-Za-z_-]{30,}|ya29\\.[0-9A-Za-z_-]{20,}"
              + "|SG\\.[0-9A-Za-z_-]{16,}\\.[0-9A-Za-z_-]{16,}|key-[0-9a-f]{32}"
              + "|shp(at|ca|pa|ss)_[0-9a-fA-F]{32}|sq0[a-z]{3}-[0-9A-Za-z_-]{20,}"
              + "|npm_[0-9A-Za-z]{30,}|pypi-[0-9A-Za-z_-]{30,}|dop_v1_[0-9a-f]{40,}"
              + "|hf_[0-9A-Za-z]{30,}|sk-(ant-|proj-)?[0-9A-Za-z_-]{30,}|sbp_[0-9a-f]{40}"
              + "|sb_secret_[0-9A-Za-z_-]{20,}|lin_api_[0-9A-Za-z]{30,}|rk_[0-9A-Za-z]{24,}"
              + "|EAA[0-9A-Za-z]{40,}|[0-9]{8,10}:AA[0-9A-Za-z_-]{32,}"
              + "|https://hooks\\.slack\\.com/services/[0-9A-Za-z/]+"
              + "|https://discord(app)?\\.com/api/webhooks/[0-9A-Za-z/_-]+)");

  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY( BLOCK)?-----");

  private static final Pattern IN_HEADER =
      Pattern.compile("(?i)\\b(bearer|basic|token|apikey|api-key)[ :\"']+[0-9A-Za-z._~+/-]{12,}=*");

  private static final Pattern IN_URL =
      Pattern.compile("[a-z][a-z0-9+.-]*://[^/\\s:@'\"]+:[^/\\s@'\"]+@");

  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?i)(password|passwd|secret|api_?key|access_?key|token)[\"']?\\s*(=>|[=:])\\s*"
              + "[\"']?[^\\s\"',;)]{6,}");

  /** Words of letters that are joined by "_" and ".", some of them with a short number. */
  private static final Pattern IDENTIFIER =
      Pattern.compile("[A-Za-z]+[0-9]{0,4}([_.]+([A-Za-z]+[0-9]{0,4}|[0-9]{1,4}))+");

  /**
   * A part of the path of a file: words and numbers, joined by signs. The parts of a random text
   * mix letters and digits in another way.
   */
  private static final Pattern PATH_PART =
      Pattern.compile("[._~-]*([A-Za-z]*[0-9]{0,20}([._=~-]+[A-Za-z]*[0-9]{0,20})*)?");

  /** A run of characters that a token with "/" or "." has, but a path and a version do not. */
  private static final Pattern RUN = Pattern.compile("[A-Za-z0-9+]{16}");

  private SecretText() {}

  /** Texts of which one is in each known key; they spare the expression for other texts. */
  private static final List<String> PARTS_OF_KEYS =
      List.of(
          ("k_live_ k_test_ whsec_ ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ glpat- xox xapp- AKIA ASIA"
                  + " AIza ya29. SG. key- shp sq0 npm_ pypi- dop_v1_ hf_ sk- sbp_ sb_secret_"
                  + " lin_api_ rk_ EAA :AA hooks.slack discord")
              .split(" ", -1));

  private static final List<String> WORDS_OF_HEADERS =
      List.of("bearer", "basic", "token", "apikey", "api-key");
  private static final List<String> WORDS_OF_ASSIGNMENTS =
      List.of("passw", "secret", "key", "token");

  private static boolean holds(String text, List<String> parts) {
    for (String part : parts) {
      if (text.contains(part)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAssigned(String text) {
    return (text.indexOf('=') >= 0 || text.indexOf(':') >= 0)
        && holds(text.toLowerCase(Locale.ROOT), WORDS_OF_ASSIGNMENTS)
        && ASSIGNED.matcher(text).find();
  }

  /** Whether the whole text is a password's hash in one of the known forms. */
  static boolean isPasswordHash(String text) {
    return !text.isEmpty()
        && "$pabsm{S".indexOf(text.charAt(0)) >= 0
        && PASSWORD_HASH.matches(text);
  }

  /**
   * The kind of the first secret in a text, as a phrase for messages, which does not quote it;
   * empty if none is known.
   */
  public static Optional<String> find(String text) {
    return findKnown(text)
        .or(() -> isAssigned(text) ? Optional.of("a password or key") : Optional.empty());
  }

  /**
   * Does the same as {@link #find}, but ignores values that are secret only according to their
   * names.
   */
  public static Optional<String> findKnown(String text) {
    if (isPasswordHash(text)) {
      return Optional.of("a password hash");
    }
    if (text.contains("eyJ") && JWT.matcher(text).find()) {
      return Optional.of("a JSON Web Token");
    }
    if (holds(text, PARTS_OF_KEYS) && KNOWN_KEY.matcher(text).find()) {
      return Optional.of("an API key or token");
    }
    if (text.contains("-----BEGIN") && PRIVATE_KEY.matcher(text).find()) {
      return Optional.of("a private key");
    }
    if (text.contains("://") && text.indexOf('@') >= 0 && IN_URL.matcher(text).find()) {
      return Optional.of("a URL with a password");
    }
    if (holds(text.toLowerCase(Locale.ROOT), WORDS_OF_HEADERS) && IN_HEADER.matcher(text).find()) {
      return Optional.of("an authorization header");
    }
    return Optional.empty();
  }

  /**
   * Whether a text looks like a random token: 20 or more letters and digits without blanks, of at
   * least 3.5 bits a character (Shannon), of more than one class.
   */
  public static boolean looksRandom(String text) {
    int length = text.length();
    if (length < 20
        || length > 4096
        || IDENTIFIER.matches(text)
        || isPath(text)
        || !text.chars().allMatch(SecretText::tokenCharacter)) {
      return false;
    }
    if ((text.indexOf('/') >= 0 || text.indexOf('.') >= 0) && !RUN.matcher(text).find()) {
      return false;
    }
    boolean digits = text.chars().anyMatch(c -> c >= '0' && c <= '9');
    boolean letters = text.chars().anyMatch(Character::isLetter);
    return digits && letters && bits(text) >= 3.5;
  }

  /** {@code /var/tmp/export_20240131.csv}: words between slashes. */
  private static boolean isPath(String text) {
    return text.indexOf('/') >= 0 && Stream.of(text.split("/", -1)).allMatch(PATH_PART::matches);
  }

  private static boolean tokenCharacter(int c) {
    return c > ' ' && c < 127 && (Character.isLetterOrDigit(c) || "-_.=+/~".indexOf(c) >= 0);
  }

  private static double bits(String text) {
    int[] counts = new int[128];
    text.chars().forEach(c -> counts[c]++);
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / text.length();
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits;
  }
}
