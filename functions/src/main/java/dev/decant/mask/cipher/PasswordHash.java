package dev.decant.mask.cipher;

import com.password4j.Argon2Function;
import com.password4j.BcryptFunction;
import com.password4j.types.Argon2;
import com.password4j.types.Bcrypt;
import dev.decant.copy.Bytes;
import dev.decant.mask.value.Numbers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Hashes passwords with a salt that is derived from the masking key, so that two runs write the
 * same bytes. A hash is costly by design, so each is computed only once per process.
 */
public final class PasswordHash {
  /**
   * The formats of hashes: {@code $2b$} of the modular crypt format, the format of Django, and the
   * PHC string format of Argon2.
   */
  public enum Algorithm {
    BCRYPT("bcrypt", 12, 4, 16),
    PBKDF2("pbkdf2-sha256", 600_000, 1, 10_000_000),
    ARGON2ID("argon2id", 2, 1, 20);

    private final String label;
    private final int defaultCost;
    private final int leastCost;
    private final int mostCost;

    Algorithm(String label, int defaultCost, int leastCost, int mostCost) {
      this.label = label;
      this.defaultCost = defaultCost;
      this.leastCost = leastCost;
      this.mostCost = mostCost;
    }

    public static Algorithm of(String label) {
      for (Algorithm algorithm : values()) {
        if (algorithm.label.equals(label)) {
          return algorithm;
        }
      }
      return BCRYPT;
    }

    public String label() {
      return label;
    }

    /** The number of doublings for bcrypt, or of iterations for the others. */
    public int defaultCost() {
      return defaultCost;
    }

    public int leastCost() {
      return leastCost;
    }

    public int mostCost() {
      return mostCost;
    }

    /** The number of characters of a hash. */
    public int length(int cost) {
      return switch (this) {
        case BCRYPT -> 60;
        case PBKDF2 -> "pbkdf2_sha256$$$".length() + Numbers.digits(cost) + SALT_TEXT + 44;
        case ARGON2ID -> argon2Header(cost).length() + 22 + 1 + 43;
      };
    }
  }

  private record Wanted(Algorithm algorithm, int cost, String password, String salt) {}

  private static final ConcurrentHashMap<Wanted, byte[]> HASHES = new ConcurrentHashMap<>();
  private static final int SALT_BYTES = 16;
  private static final int SALT_TEXT = 22;
  private static final int HASH_BYTES = 32;
  private static final int PASSWORD_CHARACTERS = 24;
  private static final int ARGON2_KIB = 19_456;
  private static final byte[] NOTHING = {};
  private static final Base64.Encoder BARE = Base64.getEncoder().withoutPadding();
  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final String BCRYPT64 =
      "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private PasswordHash() {}

  /** The hash of a password. For {@code random}, the password is derived from the key. */
  public static byte[] of(Algorithm algorithm, int cost, String value, Prf prf) {
    String salt = token(prf, 1, SALT_TEXT);
    String password = value.equals("random") ? token(prf, 101, PASSWORD_CHARACTERS) : value;
    return HASHES.computeIfAbsent(
        new Wanted(algorithm, cost, password, salt), PasswordHash::compute);
  }

  /**
   * The hash of a password with a random salt, for a row that gets a new identity.
   *
   * @param algorithm {@code bcrypt}, {@code pbkdf2-sha256} or {@code argon2id}
   * @param cost the cost; if it is empty, the default of the algorithm counts
   */
  public static String salted(String algorithm, Optional<Integer> cost, String password) {
    byte[] random = new byte[SALT_TEXT];
    new SecureRandom().nextBytes(random);
    String salt = Base64.getUrlEncoder().encodeToString(random).substring(0, SALT_TEXT);
    Algorithm chosen = Algorithm.of(algorithm);
    byte[] hash = compute(new Wanted(chosen, cost.orElse(chosen.defaultCost()), password, salt));
    return new String(hash, StandardCharsets.US_ASCII);
  }

  /** A text with five pseudo-random bits in each character. */
  private static String token(Prf prf, long tweak, int characters) {
    Bytes token = new Bytes(characters);
    Tokens.append(prf, tweak, NOTHING, 0, 0, characters, token);
    return new String(token.array(), 0, token.length(), StandardCharsets.US_ASCII);
  }

  private static byte[] compute(Wanted wanted) {
    byte[] password = wanted.password.getBytes(StandardCharsets.UTF_8);
    byte[] salt = wanted.salt.substring(0, SALT_BYTES).getBytes(StandardCharsets.US_ASCII);
    String hash =
        switch (wanted.algorithm) {
          case BCRYPT -> bcrypt(wanted.cost, password, salt);
          case PBKDF2 -> pbkdf2(wanted.cost, wanted.password, wanted.salt);
          case ARGON2ID -> argon2id(wanted.cost, password, salt);
        };
    return hash.getBytes(StandardCharsets.US_ASCII);
  }

  private static String bcrypt(int cost, byte[] password, byte[] salt) {
    StringBuilder settings = new StringBuilder("$2b$").append(cost < 10 ? "0" : "").append(cost);
    settings.append('$');
    for (char digit : BARE.encodeToString(salt).toCharArray()) {
      settings.append(BCRYPT64.charAt(BASE64.indexOf(digit)));
    }
    return BcryptFunction.getInstance(Bcrypt.B, cost)
        .hash(password, settings.toString().getBytes(StandardCharsets.US_ASCII))
        .getResult();
  }

  private static String pbkdf2(int iterations, String password, String salt) {
    byte[] saltBytes = salt.getBytes(StandardCharsets.US_ASCII);
    PBEKeySpec key =
        new PBEKeySpec(password.toCharArray(), saltBytes, iterations, HASH_BYTES * Byte.SIZE);
    try {
      byte[] hash =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(key).getEncoded();
      return "pbkdf2_sha256$"
          + iterations
          + "$"
          + salt
          + "$"
          + Base64.getEncoder().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } finally {
      key.clearPassword();
    }
  }

  private static String argon2Header(int iterations) {
    return "$argon2id$v=19$m=" + ARGON2_KIB + ",t=" + iterations + ",p=1$";
  }

  private static String argon2id(int iterations, byte[] password, byte[] salt) {
    byte[] hash =
        Argon2Function.getInstance(ARGON2_KIB, iterations, 1, HASH_BYTES, Argon2.ID)
            .hash(password, salt)
            .getBytes();
    return argon2Header(iterations) + BARE.encodeToString(salt) + "$" + BARE.encodeToString(hash);
  }
}
