package dev.decant.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.schema.TableName;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ManifestJsonTest {
  @Test
  void comesBackAsItWas() {
    Manifest manifest = Examples.manifest();

    assertThat(ManifestJson.read(ManifestJson.write(manifest), "m")).isEqualTo(manifest);
  }

  @Test
  void versionIsFirstAndFramesComeAfterWhatAListingNeeds() {
    String json = json(Examples.manifest());

    assertThat(json).startsWith("{\n  \"version\" : 1,\n  \"service\" : \"backend\"");
    assertThat(json.indexOf("\"frames\"")).isGreaterThan(json.indexOf("\"extensions\""));
    assertThat(json.indexOf("\"rowsOut\"")).isLessThan(json.indexOf("\"tables\""));
  }

  @Test
  void eachFrameIsALineAndTimesAreUtc() {
    assertThat(json(Examples.manifest()).lines())
        .contains(
            "    { \"kind\" : \"END\", \"table\" : \"public.users\", \"rows\" : 0, \"offset\" :"
                + " 1140, \"length\" : 12, \"textLength\" : 3, \"sha256\" : \""
                + "0123456789abcdef".repeat(4)
                + "\" }")
        .anyMatch(line -> line.contains("\"finishedAt\" : \"2026-03-23T06:12:30.500Z\""));
  }

  @Test
  void whatIsNullIsLeftOut() {
    assertThat(json(Examples.manifest())).doesNotContain("null").doesNotContain("\"signature\"");
  }

  @Test
  void fieldsOfLaterVersionsAreIgnored() {
    ObjectNode tree = tree();
    tree.put("later", "x");
    ((ObjectNode) tree.get("source")).putObject("later").put("x", 1);

    assertThat(read(tree)).isEqualTo(Examples.manifest());
  }

  @Test
  void newerVersionIsRefused() {
    ObjectNode tree = tree().put("version", 2);

    assertThatExceptionOfType(DecantException.class)
        .isThrownBy(() -> read(tree))
        .withMessage(
            "The manifest m has version 2, but this decant reads version 1. It was made by decant"
                + " 0.1.0. Use a newer decant.")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_UNSUPPORTED));
  }

  @Test
  void everyFieldButTheOptionalOnesIsRequired() {
    Set<String> optional =
        Set.of(
            "verdict",
            "leakTrace",
            "reidentification",
            "notVerified",
            "ddl",
            "report",
            "signature");
    for (Iterator<String> names = tree().fieldNames(); names.hasNext(); ) {
      String name = names.next();
      ObjectNode without = tree();
      without.remove(name);
      if (optional.contains(name)) {
        assertThat(read(without).version()).isEqualTo(1);
      } else {
        assertDamaged(bytes(without));
      }
    }
  }

  @Test
  void fieldsWithinAreRequiredToo() {
    for (String object : List.of("source", "policy", "key", "run", "dump")) {
      Set<String> optional =
          Set.of(
              "etag",
              "sha256",
              "serverVersion",
              "pgDumpVersion",
              "database",
              "inputs",
              "store",
              "stages");
      for (Iterator<String> names = tree().get(object).fieldNames(); names.hasNext(); ) {
        String name = names.next();
        ObjectNode without = tree();
        ((ObjectNode) without.get(object)).remove(name);
        boolean digest = !object.equals("source") && name.equals("sha256");
        if (optional.contains(name) && !digest) {
          assertThat(read(without).version()).isEqualTo(1);
        } else {
          assertDamaged(bytes(without));
        }
      }
    }
    ObjectNode frame = tree();
    ((ObjectNode) frame.get("frames").get(0)).remove("length");
    assertDamaged(bytes(frame));
  }

  @Test
  void refusalOfAFieldThatIsThereTwiceSaysSo() {
    byte[] twice = json(Examples.manifest()).replaceFirst("\\{", "{\"version\":1,").getBytes(UTF_8);
    assertThatThrownBy(() -> ManifestJson.read(twice, "x.manifest.json"))
        .hasMessageContaining("has the same field twice")
        .hasMessageNotContaining("is not JSON");
  }

  @Test
  void valuesOfAnotherTypeAreRefused() {
    assertDamaged(bytes(tree().put("rowsIn", "340")));
    assertDamaged(bytes(tree().put("rowsIn", 340.5)));
    assertDamaged(bytes(tree().put("name", 1)));
    assertDamaged(bytes(tree().putNull("name")));
    assertDamaged(bytes(tree().put("tables", "none")));
    ObjectNode time = tree();
    ((ObjectNode) time.get("run")).put("startedAt", "yesterday");
    assertDamaged(bytes(time));
    ObjectNode nulls = tree();
    nulls.putArray("extensions").addNull();
    assertDamaged(bytes(nulls));
  }

  @Test
  void whatIsNoManifestIsRefused() {
    for (String text : List.of("", "[]", "{}", "null", "{\"version\":1", "{\"version\":0}", "x")) {
      assertDamaged(text.getBytes(UTF_8));
    }
    assertDamaged((json(Examples.manifest()) + "{}").getBytes(UTF_8));
  }

  @Test
  void fieldGivenTwiceIsRefused() {
    String twice = json(Examples.manifest()).replaceFirst("\\{", "{\"version\":1,");

    assertDamaged(twice.getBytes(UTF_8));
  }

  @Test
  void namesThatNeedQuotesComeBack() {
    for (TableName name :
        List.of(
            new TableName("public", "users"),
            new TableName("a.b", "c\"d"),
            new TableName("Ä", "\""),
            new TableName("s", "Order"))) {
      assertThat(TableNames.parse(name.toString())).isEqualTo(name);
    }
    for (String text : List.of("", "a", "a.", ".b", "\"a.b", "\"a\"b.c", "a.b.c\"", "a\"b.c")) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .as(text)
          .isThrownBy(() -> TableNames.parse(text));
    }
  }

  private static String json(Manifest manifest) {
    return new String(ManifestJson.write(manifest), UTF_8);
  }

  private static ObjectNode tree() {
    return ManifestJson.tree(ManifestJson.write(Examples.manifest()), "m");
  }

  private static byte[] bytes(ObjectNode tree) {
    return tree.toString().getBytes(UTF_8);
  }

  private static Manifest read(ObjectNode tree) {
    return ManifestJson.read(bytes(tree), "m");
  }

  private static void assertDamaged(byte[] json) {
    assertThatExceptionOfType(DecantException.class)
        .as(new String(json, UTF_8))
        .isThrownBy(() -> ManifestJson.read(json, "m"))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_DAMAGED));
  }
}
