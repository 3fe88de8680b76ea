package dev.decant.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.setting.KeyPairs;
import dev.decant.store.StoredObject;
import dev.decant.testing.ForwardingStore;
import dev.decant.testing.MemorySnapshotStore;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on signatures by somebody who can write to the store but does not have the key. */
final class SignatureAttacksTest {
  private static final SigningKey ED = KeyPairs.generateSigningKey();
  private static final SigningKey EC = ec("secp256r1");
  private static final byte[] BY_ED = ManifestJson.write(Signatures.sign(Examples.manifest(), ED));
  private static final byte[] BY_EC = ManifestJson.write(Signatures.sign(Examples.manifest(), EC));

  private static SigningKey ec(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      KeyPair pair = generator.generateKeyPair();
      return new SigningKey.Pair(pair.getPrivate(), pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SignatureCheck check(byte[] json, SigningKey key) {
    return Signatures.verify(json, key.publicKey(), "m");
  }

  private static byte[] edited(byte[] json, Consumer<ObjectNode> change) {
    ObjectNode tree = ManifestJson.tree(json, "m");
    change.accept(tree);
    return tree.toString().getBytes(UTF_8);
  }

  private static ObjectNode signature(ObjectNode tree) {
    return (ObjectNode) tree.get("signature");
  }

  @Test
  void bothAlgorithmsSign() {
    assertThat(check(BY_ED, ED)).isInstanceOf(SignatureCheck.Valid.class);
    assertThat(check(BY_EC, EC)).isInstanceOf(SignatureCheck.Valid.class);
  }

  @Test
  void theKeyOfTheReaderDecidesTheAlgorithm() {
    assertThat(check(BY_ED, EC).isRefused()).isTrue();
    assertThat(check(BY_EC, ED).isRefused()).isTrue();
    String id = Signatures.keyId(EC.publicKey());
    assertThat(check(edited(BY_ED, t -> signature(t).put("keyId", id)), EC))
        .isEqualTo(
            new SignatureCheck.Invalid(
                "is not signed with the algorithm ECDSA-P256-SHA256 of the key"));
    for (String label : List.of("Ed25519", "none", "HS256", "ecdsa-p256-sha256", "")) {
      assertThat(check(edited(BY_EC, t -> signature(t).put("algorithm", label)), EC).isRefused())
          .as(label)
          .isTrue();
    }
  }

  @Test
  void aSignatureHasOnlyOneForm() {
    String value = signature(ManifestJson.tree(BY_ED, "m")).get("value").asText();
    char last = value.charAt(value.length() - 3);
    String otherBits = value.substring(0, value.length() - 3) + (char) (last + 1) + "==";
    assertThat(Base64.getDecoder().decode(otherBits)).isEqualTo(Base64.getDecoder().decode(value));
    for (String other :
        List.of(otherBits, value.replace("=", ""), value + "\n", " " + value, value + value, "")) {
      assertThat(check(edited(BY_ED, t -> signature(t).put("value", other)), ED).isRefused())
          .as(other)
          .isTrue();
    }
    assertThat(check(edited(BY_ED, t -> signature(t).put("note", "x")), ED).isRefused()).isTrue();
  }

  @Test
  void halvesOfSurrogatePairsDoNotStandForAQuestionMark() {
    Manifest asked = Examples.manifest();
    byte[] signed =
        ManifestJson.write(
            Signatures.sign(
                ManifestJson.read(
                    edited(ManifestJson.write(asked), t -> t.put("decant", "what?")), "m"),
                ED));
    byte[] forged = new String(signed, UTF_8).replace("what?", "what\\ud800").getBytes(UTF_8);

    assertThat(check(signed, ED)).isInstanceOf(SignatureCheck.Valid.class);
    assertThat(check(forged, ED).isRefused()).isTrue();
  }

  /** A parser that took the first member and a check that took the last would disagree. */
  @ParameterizedTest
  @ValueSource(strings = {"\"version\"", "\"source\"", "\"uri\"", "\"signature\"", "\"keyId\""})
  void duplicateMembersAreRefused(String name) {
    String json = new String(BY_ED, UTF_8);
    int at = json.indexOf(name);
    String twice = json.substring(0, at) + name + ": 1, " + json.substring(at);
    assertThatThrownBy(() -> check(twice.getBytes(UTF_8), ED))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_DAMAGED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "1", "x", "\0", "// no"})
  void nothingFollowsTheManifest(String more) {
    byte[] json = (new String(BY_ED, UTF_8) + more).getBytes(UTF_8);
    assertThatThrownBy(() -> check(json, ED)).isInstanceOf(DecantException.class);
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    byte[] json =
        new String(BY_ED, UTF_8).replaceFirst("\\{", "{\"x\":" + deep + ",").getBytes(UTF_8);
    assertThatThrownBy(() -> check(json, ED))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_DAMAGED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.0", "\"1\"", "null", "true", "[1]"})
  void anOlderVersionCannotBeMadeUp(String version) {
    byte[] json =
        new String(ManifestJson.write(Examples.manifest()), UTF_8)
            .replaceFirst("\"version\" : 1", "\"version\" : " + version)
            .getBytes(UTF_8);
    assertThatThrownBy(() -> ManifestJson.read(json, "m"))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_DAMAGED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a/b", "a b", ".hidden", "a\0"})
  void aNameThatNoSnapshotCanHaveIsRefused(String name) {
    byte[] json = edited(BY_ED, tree -> tree.put("name", name));
    assertThatThrownBy(() -> ManifestJson.read(json, "m"))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_DAMAGED));
  }

  @Test
  void aHugeManifestIsNotRead() {
    MemorySnapshotStore store = new MemorySnapshotStore();
    String key = Examples.NAME.key(SnapshotName.MANIFEST);
    store.put(key, BY_ED);
    ForwardingStore huge =
        new ForwardingStore(store) {
          @Override
          public Optional<StoredObject> stat(String asked) {
            return super.stat(asked)
                .map(o -> new StoredObject(o.key(), 1L << 40, o.modified(), o.etag()));
          }

          @Override
          public Optional<byte[]> read(String asked) {
            throw new AssertionError("it was read");
          }
        };
    assertThatThrownBy(() -> new Snapshots(huge).read(Examples.NAME, ED.publicKey()))
        .hasMessageContaining("which is more than any manifest has");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp384r1", "secp521r1"})
  void otherCurvesCannotSign(String curve) {
    PublicKey key = ec(curve).publicKey();
    assertThatThrownBy(() -> SignatureAlgorithm.of(key))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "Ed448", "X25519"})
  void keysOfOtherKindsCannotSign(String kind) throws GeneralSecurityException {
    PublicKey key = KeyPairGenerator.getInstance(kind).generateKeyPair().getPublic();
    assertThatThrownBy(() -> SignatureAlgorithm.of(key))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
