package dev.decant.scratch;

import java.security.SecureRandom;
import java.util.Base64;

/** Random passwords of embedded servers: nobody types them. */
final class RandomPassword {
  private static final int BYTES = 24;

  private RandomPassword() {}

  /** 192 bits, in characters that need no quoting. */
  static String create() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }
}
