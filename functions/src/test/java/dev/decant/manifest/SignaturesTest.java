package dev.decant.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class SignaturesTest {
  private static final SigningKey KEY = key();
  private static final Manifest SIGNED = Signatures.sign(Examples.manifest(), KEY);
  private static final byte[] JSON = ManifestJson.write(SIGNED);

  @Test
  void signedManifestIsValid() {
    assertThat(verify(JSON)).isEqualTo(new SignatureCheck.Valid(Signatures.keyId(KEY.publicKey())));
  }

  @Test
  void whiteSpaceAndOrderOfFieldsDoNotCount() {
    ObjectNode tree = tree();
    JsonNode version = tree.remove("version");
    tree.set("version", version);

    assertThat(verify(bytes(tree))).isInstanceOf(SignatureCheck.Valid.class);
  }

  @Test
  void anyChangedLeafIsInvalid() {
    List<Consumer<ObjectNode>> changes = new ArrayList<>();
    collect(tree(), "", changes);
    assertThat(changes).hasSizeGreaterThan(70);
    for (Consumer<ObjectNode> change : changes) {
      ObjectNode tree = tree();
      change.accept(tree);
      assertThat(verify(bytes(tree)))
          .as(tree.toString())
          .isInstanceOf(SignatureCheck.Invalid.class);
    }
  }

  @Test
  void addedFieldIsInvalid() {
    assertThat(verify(bytes(tree().put("later", 1)))).isInstanceOf(SignatureCheck.Invalid.class);
  }

  @Test
  void numbersThatTheCanonicalFormWouldRoundAreNotSigned() {
    long largest = (1L << 53) - 1;

    assertThat(new String(ManifestJson.signed(tree().put("rowsIn", largest)), UTF_8))
        .contains("\"rowsIn\":9007199254740991,");
    for (ObjectNode tree :
        List.of(
            tree().put("rowsIn", largest + 1),
            tree().put("rowsIn", Long.MAX_VALUE),
            tree().put("rowsIn", Long.MIN_VALUE),
            tree().put("rowsIn", -largest - 1),
            tree().put("later", 0.1))) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> ManifestJson.signed(tree));
      assertThat(verify(bytes(tree))).isInstanceOf(SignatureCheck.Invalid.class);
    }
  }

  @Test
  void signatureOfAnotherKeyIsInvalid() {
    SigningKey other = key();
    byte[] json = ManifestJson.write(Signatures.sign(Examples.manifest(), other));
    ObjectNode disguised = ManifestJson.tree(json, "m");
    ((ObjectNode) disguised.get("signature")).put("keyId", Signatures.keyId(KEY.publicKey()));

    assertThat(verify(json)).isInstanceOf(SignatureCheck.Invalid.class);
    assertThat(verify(bytes(disguised))).isInstanceOf(SignatureCheck.Invalid.class);
  }

  @Test
  void readerWithAKeyRefusesWhatItDidNotSign() {
    byte[] unsigned = ManifestJson.write(Examples.manifest());

    for (byte[] json : List.of(unsigned, bytes(tree().put("rowsOut", 1)))) {
      assertThatExceptionOfType(DecantException.class)
          .isThrownBy(() -> verify(json).require(Examples.NAME))
          .withMessageContaining(Examples.NAME.toString())
          .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SIGNATURE_INVALID));
    }
    assertThat(verify(JSON).require(Examples.NAME)).isEmpty();
  }

  @Test
  void signatureThatWasTakenOffIsRefusedInAnyForm() {
    for (String signature : List.of("null", "{}", "\"x\"", "[]", "{\"algorithm\":\"none\"}")) {
      byte[] json =
          tree()
              .toString()
              .replaceFirst("\"signature\":\\{[^}]*\\}", "\"signature\":" + signature)
              .getBytes(UTF_8);

      assertThatExceptionOfType(DecantException.class)
          .as(signature)
          .isThrownBy(() -> verify(json).require(Examples.NAME));
    }
  }

  @Test
  void readerWithoutAKeyIsToldInALine() {
    assertThat(Signatures.verify(JSON, null, "m").require(Examples.NAME))
        .hasValueSatisfying(
            line ->
                assertThat(line)
                    .contains(
                        "No public key is configured",
                        "not checked",
                        Signatures.keyId(KEY.publicKey()))
                    .doesNotContain("\n"));
    byte[] unsigned = ManifestJson.write(Examples.manifest());
    assertThat(Signatures.verify(unsigned, null, "m").require(Examples.NAME))
        .hasValue(
            "No public key is configured, and the manifest of "
                + Examples.NAME
                + " is not signed, so nothing proves who made the snapshot. The publisher signs"
                + " manifests by `decant sanitize` with --signing-key-file, and readers set"
                + " DECANT_VERIFY_KEY to the public key.");
  }

  /** Makes one change for each leaf below a node. */
  private static void collect(JsonNode node, String pointer, List<Consumer<ObjectNode>> changes) {
    if (node instanceof ObjectNode object) {
      object.properties().forEach(p -> collect(p.getValue(), pointer + "/" + p.getKey(), changes));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        collect(array.get(i), pointer + "/" + i, changes);
      }
    } else {
      int slash = pointer.lastIndexOf('/');
      String field = pointer.substring(slash + 1);
      changes.add(tree -> change(tree.at(pointer.substring(0, slash)), field));
    }
  }

  private static void change(JsonNode parent, String field) {
    JsonNode old =
        parent instanceof ArrayNode a ? a.get(Integer.parseInt(field)) : parent.get(field);
    String text = old.asText();
    // Changes the first character, because the last character of a base64 text may hold unused
    // bits.
    String other = (text.startsWith("A") ? "B" : "A") + text.substring(1);
    switch (parent) {
      case ArrayNode array -> array.set(Integer.parseInt(field), other);
      case ObjectNode object when old.isNumber() -> object.put(field, old.longValue() + 1);
      case ObjectNode object when old.isBoolean() -> object.put(field, !old.booleanValue());
      case ObjectNode object -> object.put(field, other);
      default -> throw new IllegalArgumentException(field);
    }
  }

  private static SignatureCheck verify(byte[] json) {
    return Signatures.verify(json, KEY.publicKey(), "m");
  }

  private static ObjectNode tree() {
    return ManifestJson.tree(JSON, "m");
  }

  private static byte[] bytes(ObjectNode tree) {
    return tree.toString().getBytes(UTF_8);
  }

  private static SigningKey key() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new SigningKey.Pair(pair.getPrivate(), pair.getPublic());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
