package dev.decant.mask.cipher;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A keyed pseudo-random function: SipHash-2-4 (Aumasson, Bernstein, 2012) under a 128-bit key that
 * HMAC-SHA256 derives from the master key and a realm. Immutable, for any number of threads; no
 * allocation per call.
 */
public final class Prf {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long k0;
  private final long k1;

  /** From 16 bytes of key. */
  Prf(byte[] key) {
    k0 = (long) LONGS.get(key, 0);
    k1 = (long) LONGS.get(key, 8);
  }

  /** Derives the function of a realm from a master key. */
  public static Prf derive(byte[] masterKey, String realm) {
    return new Prf(hmac(masterKey, "decant/mask/1\0" + realm));
  }

  /** HMAC-SHA256 of a text: 32 bytes. */
  public static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  /** 64 pseudo-random bits of the bytes {@code [from, to)}. */
  public long hash(byte[] data, int from, int to) {
    return hash(0, data, from, to);
  }

  /** 64 pseudo-random bits of the bytes and a tweak: different tweaks give independent answers. */
  public long hash(long tweak, byte[] data, int from, int to) {
    long v0 = 0x736f6d6570736575L ^ k0;
    long v1 = 0x646f72616e646f6dL ^ k1;
    long v2 = 0x6c7967656e657261L ^ k0;
    long v3 = 0x7465646279746573L ^ k1;
    int length = to - from;
    // The tweak is the first word of the message.
    long m = tweak;
    int i = from;
    int words = length >>> 3;
    for (int w = -1; ; w++) {
      v3 ^= m;
      for (int r = 0; r < 2; r++) {
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
      if (w == words) {
        break;
      }
      if (w + 1 < words) {
        m = (long) LONGS.get(data, i);
        i += 8;
      } else {
        m = (long) (length + 8) << 56 | rest(data, from, to);
      }
    }
    v2 ^= 0xff;
    for (int r = 0; r < 4; r++) {
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
    return v0 ^ v1 ^ v2 ^ v3;
  }

  /** What the last whole word leaves, as a little-endian number of up to seven bytes. */
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

  /** 64 pseudo-random bits of a number and a tweak: those of its eight bytes, little-endian. */
  public long hash(long tweak, long word) {
    long v0 = 0x736f6d6570736575L ^ k0;
    long v1 = 0x646f72616e646f6dL ^ k1;
    long v2 = 0x6c7967656e657261L ^ k0;
    long v3 = 0x7465646279746573L ^ k1;
    long m = tweak;
    for (int w = 0; w < 3; w++) {
      v3 ^= m;
      for (int r = 0; r < 2; r++) {
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
      m = w == 0 ? word : 16L << 56;
    }
    v2 ^= 0xff;
    for (int r = 0; r < 4; r++) {
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
    return v0 ^ v1 ^ v2 ^ v3;
  }

  /** A number below {@code size} that the pseudo-random bits choose; each about equally likely. */
  public static int choose(long bits, int size) {
    return (int) Math.unsignedMultiplyHigh(bits, size);
  }
}
