package dev.decant.stream;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The blocks of a sealed stream, in their order. */
final class SealedBlocks {
  /** The bytes of text in a block that is not the last one. */
  static final int TEXT = 1 << 16;

  /** The bytes that a block is longer than its text. */
  static final int TAG = 16;

  private static final int NONCE = 12;

  private final int mode;
  private final SecretKeySpec key;
  private long number;

  private SealedBlocks(int mode, byte[] key) {
    this.mode = mode;
    this.key = new SecretKeySpec(key, "AES");
  }

  static SealedBlocks sealing(byte[] key) {
    return new SealedBlocks(Cipher.ENCRYPT_MODE, key);
  }

  static SealedBlocks opening(byte[] key) {
    return new SealedBlocks(Cipher.DECRYPT_MODE, key);
  }

  /** Seals or opens the next block. */
  byte[] next(byte[] bytes, int length, boolean last) throws GeneralSecurityException {
    byte[] nonce = ByteBuffer.allocate(NONCE).putLong(number++).put((byte) (last ? 1 : 0)).array();
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
    return cipher.doFinal(bytes, 0, length);
  }
}
