package dev.decant.mask.cipher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A keyed pseudo-random function: SipHash-2-4 (Aumasson, Bernstein, 2012) under a 128-bit key that
 * HKDF with SHA-256 (RFC 5869) derives from the master key and a realm. An instance is immutable,
 * so any number of threads may use it. A call allocates nothing.
 */
public final class Prf {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final byte[] SALT = "decant".getBytes(UTF_8);
  private static final int KEY_BYTES = 16;

  private final long k0;
  private final long k1;

  /** Takes the first 16 bytes of the key. */
  Prf(byte[] key) {
    k0 = (long) LONGS.get(key, 0);
    k1 = (long) LONGS.get(key, 8);
  }

  /** Derives the function of a realm from a master key. */
  public static Prf derive(byte[] masterKey, String realm) {
    try {
      return new Prf(
          KDF.getInstance("HKDF-SHA256")
              .deriveData(
                  HKDFParameterSpec.ofExtract()
                      .addSalt(SALT)
                      .addIKM(masterKey)
                      .thenExpand(("decant/masks/2\0" + realm).getBytes(UTF_8), KEY_BYTES)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The HMAC-SHA256 of a text, which has 32 bytes. */
  static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** 64 pseudo-random bits of the bytes {@code [from, to)}. */
  public long hash(byte[] data, int from, int to) {
    return hash(0, data, from, to);
  }

  /** 64 pseudo-random bits of the bytes and a tweak. Different tweaks give independent answers. */
  public long hash(long tweak, byte[] data, int from, int to) {
    int length = to - from;
    return hash(
        tweak, 0, data, from, length >>> 3, (long) (length + 8) << 56 | rest(data, from, to));
  }

  /** 64 pseudo-random bits of a tweak and a number, as of its eight bytes, little-endian. */
  public long hash(long tweak, long word) {
    return hash(tweak, word, null, 0, 1, 16L << 56);
  }

  /**
   * SipHash-2-4 of a message of 64-bit words: the tweak, then either the only word or, if there is
   * an array, the words that begin at {@code from}, then the last word. The finalization has four
   * rounds, which this method runs as two more steps with a word of zeros.
   */
  private long hash(
      long tweak, long onlyWord, byte @Nullable [] data, int from, int words, long lastWord) {
    long v0 = 0x736f6d6570736575L ^ k0;
    long v1 = 0x646f72616e646f6dL ^ k1;
    long v2 = 0x6c7967656e657261L ^ k0;
    long v3 = 0x7465646279746573L ^ k1;
    long m = tweak;
    for (int step = 0; ; step++) {
      v3 ^= m;
      for (int round = 0; round < 2; round++) {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
      }
      v0 ^= m;
      if (step < words) {
        m = data == null ? onlyWord : (long) LONGS.get(data, from + step * Long.BYTES);
      } else if (step == words) {
        m = lastWord;
      } else if (step == words + 1) {
        m = 0;
        v2 ^= 0xff;
      } else if (step == words + 3) {
        return v0 ^ v1 ^ v2 ^ v3;
      }
    }
  }

  /** The up to seven bytes after the last whole word, as a little-endian number. */
  private static long rest(byte[] data, int from, int to) {
    int count = (to - from) & 7;
    if (count != 0 && to - from > 8) {
      return (long) LONGS.get(data, to - 8) >>> (64 - 8 * count);
    }
    long rest = 0;
    for (int i = to - count, s = 0; i < to; i++, s += 8) {
      rest |= (data[i] & 0xffL) << s;
    }
    return rest;
  }

  /** The number below {@code size} that the bits choose. All numbers are about equally likely. */
  public static int choose(long bits, int size) {
    return (int) Math.unsignedMultiplyHigh(bits, size);
  }
}
