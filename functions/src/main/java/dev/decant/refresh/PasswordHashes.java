package dev.decant.refresh;

import dev.decant.mask.cipher.PasswordHash;
import dev.decant.target.Target;

/** Hashes of staging's own passwords, with a random salt. */
final class PasswordHashes {
  private PasswordHashes() {}

  /**
   * The hash as applications store it. bcrypt has the prefix {@code $2a$}, which all of them know,
   * pgcrypto's {@code crypt()} included; the variants agree on passwords of up to 72 bytes, and no
   * longer one passes the targets file.
   */
  static String of(Target.PasswordRule rule) {
    String hash = PasswordHash.salted(rule.algorithm(), rule.cost(), rule.value().value());
    return hash.startsWith("$2b$") ? "$2a$" + hash.substring(4) : hash;
  }
}
