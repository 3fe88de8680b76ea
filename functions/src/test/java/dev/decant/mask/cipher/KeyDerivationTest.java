package dev.decant.mask.cipher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.mask.MaskSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

final class KeyDerivationTest {
  private static final byte[] MASTER = "a master key of more than 32 bytes".getBytes(UTF_8);

  /** HKDF as RFC 5869 defines it, for an output of one block. */
  @Test
  void theKeyOfARealmIsDerivedByHkdf() throws Exception {
    byte[] extracted = hmac("decant".getBytes(UTF_8), MASTER);
    byte[] info = "decant/masks/2\0the realm\u0001".getBytes(UTF_8);
    byte[] key = Arrays.copyOf(hmac(extracted, info), 16);
    assertThat(Prf.derive(MASTER, "the realm").hash(1, 2)).isEqualTo(new Prf(key).hash(1, 2));
  }

  private static byte[] hmac(byte[] key, byte[] message) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(message);
  }

  /** The first vector of the reference implementation of SipHash-2-4 with an 8 byte message. */
  @Test
  void thePseudoRandomFunctionIsSipHash() {
    byte[] key = new byte[16];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) i;
    }
    // The tweak is the first word of the message: 00 01 02 … 07.
    assertThat(new Prf(key).hash(0x0706050403020100L, new byte[0], 0, 0))
        .isEqualTo(0x93f5f5799a932462L);
  }

  @Test
  void aRealmIsIndependentOfTheOrderOfOptions() {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("$.a", MaskSpec.of("email"));
    one.put("$.b", MaskSpec.of("hash"));
    Map<String, Object> two = new LinkedHashMap<>();
    two.put("$.b", MaskSpec.of("hash"));
    two.put("$.a", MaskSpec.of("email"));
    assertThat(realm(Map.of("columns", one))).isEqualTo(realm(Map.of("columns", two)));
  }

  @Test
  void differentOptionsNeverHaveOneRealm() {
    List<Map<String, Object>> options =
        List.of(
            Map.of("a", "1", "b", "2"),
            Map.of("a", "1, b=2"),
            Map.of("a", List.of("1", "2")),
            Map.of("a", List.of("1, 2")),
            Map.of("a", "[1, 2]"),
            Map.of("a", 1L),
            Map.of("a", 1.0),
            Map.of("a", true),
            Map.of("a", "1"),
            Map.of("a", Map.of("1", "2")),
            Map.of("a", MaskSpec.of("1")),
            Map.of("a", new MaskSpec("1", Map.of(), "r", null)),
            Map.of());
    assertThat(options.stream().map(KeyDerivationTest::realm).distinct()).hasSameSizeAs(options);
    assertThat(new MaskSpec("m", Map.of(), "mask:m", null).effectiveRealm())
        .isNotEqualTo(MaskSpec.of("m").effectiveRealm());
  }

  @Test
  void theLeakTraceHasNoPartInTheRealm() {
    MaskSpec traced = new MaskSpec("hash", Map.of(), null, true);
    assertThat(realm(Map.of("of", traced))).isEqualTo(realm(Map.of("of", MaskSpec.of("hash"))));
  }

  private static String realm(Map<String, Object> options) {
    return MaskSpec.of("m", options).effectiveRealm();
  }
}
