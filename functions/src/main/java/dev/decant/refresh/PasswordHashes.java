package dev.decant.refresh;

import dev.decant.mask.cipher.PasswordHash;
import dev.decant.target.Target;

/** Hashes of the passwords that the targets file sets, with a random salt. */
final class PasswordHashes {
  private PasswordHashes() {}

  /**
   * The hash in the form that applications store. A bcrypt hash has the prefix {@code $2a$}, which
   * all applications and pgcrypto's {@code crypt()} accept. The variants of bcrypt agree on
   * passwords of up to 72 bytes, and the targets file allows no longer ones.
   */
  static String of(Target.PasswordRule rule) {
    String hash = PasswordHash.salted(rule.algorithm(), rule.cost(), rule.value().value());
    return hash.startsWith("$2b$") ? "$2a$" + hash.substring(4) : hash;
  }
}
