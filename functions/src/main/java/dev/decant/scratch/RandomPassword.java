package dev.decant.scratch;

import java.security.SecureRandom;
import java.util.Base64;

/** Random passwords for the roles of servers. Nobody has to type them. */
final class RandomPassword {
  /** The first major version of PostgreSQL that has the setting. */
  static final int ROUNDS_CAN_BE_SET = 16;

  /**
   * At each login both sides hash a password 4096 times by default, so that guessing a short
   * password takes long. Nobody guesses 192 random bits. A JVM that has just started needs tens of
   * milliseconds for these hashes, and a run logs in many times.
   */
  static final String ONE_ROUND = "scram_iterations=1";

  private static final int BYTES = 24;

  private RandomPassword() {}

  /** A new password with 192 random bits, in characters that need no quoting. */
  static String create() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }
}
