package dev.decant.sanitize;

import dev.decant.mask.cipher.MaskingKey;
import dev.decant.scratch.SharedRole;
import dev.decant.trace.TracedValues;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A run whose rows several processes mask. All of them have the masking key, and they derive from
 * it the secrets that only they know.
 *
 * @param id the ID of the run, which no other run has
 */
public record SharedRun(String id, MaskingKey key) {
  /** The length of the key of a sealed file in bytes, for AES-256. */
  private static final int FILE_KEY = 32;

  /** The secret of the fingerprints of the leak trace. */
  byte[] traceSecret() {
    byte[] both = HexFormat.of().parseHex(secret("trace") + secret("trace, the second half"));
    return Arrays.copyOf(both, TracedValues.SECRET_BYTES);
  }

  /** The role that owns the scratch databases, if that of the server is a superuser. */
  public SharedRole role() {
    return new SharedRole(id, secret("role"));
  }

  /** The key of a file that is written once. No other file has it. */
  public byte[] fileKey(String file) {
    return Arrays.copyOf(HexFormat.of().parseHex(secret("file " + file)), FILE_KEY);
  }

  private String secret(String purpose) {
    return key.tag("shared run/1 " + id + ' ' + purpose);
  }
}
