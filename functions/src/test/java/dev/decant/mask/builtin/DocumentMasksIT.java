package dev.decant.mask.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The masks {@code hstore} and {@code xml}, whose values a real PostgreSQL reads. */
final class DocumentMasksIT {
  private static final Column HSTORE = MaskProbe.column("hstore", TypeCategory.HSTORE);
  private static final Column XML = MaskProbe.column("xml", TypeCategory.XML);
  private static final MaskSpec REDACT = MaskProbe.spec("redact", "value", "R");

  private static MaskProbe hstore(Object... options) {
    return MaskProbe.of(MaskProbe.spec("hstore", options), HSTORE);
  }

  private static MaskProbe xml(Object... options) {
    return MaskProbe.of(MaskProbe.spec("xml", options), XML);
  }

  private static String cast(Connection connection, String text, String type) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT ?::" + type + "::text")) {
      query.setString(1, text);
      try (ResultSet row = query.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getString(1);
      }
    }
  }

  @Test
  void postgresReadsTheMaskedValues() throws SQLException {
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V17);
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE EXTENSION hstore");
      for (String raw : new RawValues(HSTORE.type(), 9).distinct(300)) {
        String value = cast(connection, raw, "hstore");
        String masked = hstore().mask(value);
        assertThat(cast(connection, masked, "hstore")).isEqualTo(masked);
        assertThat(cast(connection, hstore("unique", true).mask(value), "hstore"))
            .containsPattern("\"_unique\"=>\"[0-9a-f]{32}\"");
      }
      for (String raw : new RawValues(XML.type(), 9).distinct(300)) {
        String masked = xml().mask(cast(connection, raw, "xml"));
        assertThat(cast(connection, masked, "xml")).isEqualTo(masked);
      }
      String withTypes =
          "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY who \"Max\"><!-- > -->]><a>&who;</a>";
      statement.execute("SET xmloption = document");
      String masked = xml().mask(cast(connection, withTypes, "xml"));
      assertThat(masked).doesNotContain("Max").doesNotContain("DOCTYPE");
      assertThat(cast(connection, masked, "xml")).contains("<a>&amp;");
    }
  }

  @Test
  void valuesOfAnHstoreAreMaskedByTheirKeys() {
    String scrambled = MaskProbe.text("scramble").mask("Max \"M\"");
    assertThat(
            hstore("keys", Map.of("email", REDACT, "a\"b", MaskSpec.of("nullify")))
                .mask(
                    "\"email\"=>\"m@x.de\", \"a\\\"b\"=>\"x\", \"n\"=>NULL, \"o\"=>\"Max"
                        + " \\\"M\\\"\""))
        .isEqualTo(
            "\"email\"=>\"R\", \"a\\\"b\"=>NULL, \"n\"=>NULL, \"o\"=>\""
                + scrambled.replace("\"", "\\\"")
                + "\"");
    assertThat(hstore("keys", Map.of("theme", MaskSpec.of("keep"))).mask("\"theme\"=>\"dark\""))
        .isEqualTo("\"theme\"=>\"dark\"");
  }

  @ParameterizedTest
  @CsvSource({
    "noise, 1234.50, \\d+\\.\\d\\d",
    "id, 17, [1-9]\\d*",
    "date-shift, 1980-05-06, 19(79|80|81)-\\d\\d-\\d\\d",
    "date-shift, 1980-05-06T10:00:00Z, 19(79|80|81)-\\d\\d-\\d\\dT10:00:00Z",
    "date-shift, 1980-05-06 Max Muster, \\d{4}-\\d\\d-\\d\\d [A-Z][a-z]{2} [A-Z][a-z]{5}",
    "noise, 12 Max, \\d\\d [A-Z][a-z]{2}",
    "noise, 12., \\d\\d\\."
  })
  void aMaskOfNumbersOrDatesServesTextsOfThisForm(String mask, String raw, String expected) {
    String masked = hstore("other", MaskSpec.of(mask)).mask("\"k\"=>\"" + raw + "\"");
    assertThat(masked).matches("\"k\"=>\"" + expected + "\"").doesNotContain("Max");
    assertThat(masked).isNotEqualTo("\"k\"=>\"" + raw + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "\"a\"",
        "\"a\"=>",
        "\"a\"=>\"b",
        "\"a\"=>\"b\",",
        "\"a\"=>\"b\" x",
        "a=>b",
        "\"a\\"
      })
  void otherTextsAreNoHstore(String raw) {
    assertThatThrownBy(() -> hstore().mask(raw))
        .hasMessage("The value is not an hstore as PostgreSQL writes it.");
  }

  @Test
  void textsAndAttributesOfXmlAreMaskedByTheirNames() {
    assertThat(
            xml("keys", Map.of("email", REDACT, "address", MaskSpec.of("keep"), "p:id", REDACT))
                .mask(
                    "<?xml version=\"1.0\"?>\n<p:u xmlns:p='urn:x' p:id='7' xml:lang=\"de\"> <email"
                        + " kind=\"a&amp;b\">m@x.de</email><x:email>y</x:email><address><city"
                        + " email='z'>Bonn</city></address><b/></p:u>"))
        .isEqualTo(
            "<?xml version=\"1.0\"?>\n<p:u xmlns:p='urn:x' p:id=\"R\" xml:lang=\"de\"> <email"
                + " kind=\"R\">R</email><x:email>R</x:email><address><city"
                + " email=\"R\">Bonn</city></address><b/></p:u>");
  }

  @Test
  void nothingOfXmlIsLeftButItsNames() {
    String masked =
        xml("other", REDACT)
            .mask(
                "<a secret='secret'><!-- secret --><?secret secret?>secret<b>&#115;ecret</b>"
                    + "<![CDATA[secret <]]><c xmlData=\"secret\"/> secret &secret; </a>");
    assertThat(masked).isEqualTo("<a secret=\"R\">R<b>R</b>R<c xmlData=\"R\"/> R </a>");
    assertThat(xml().mask("<a>J&#252;rgen &lt;3</a>"))
        .isEqualTo(
            "<a>" + MaskProbe.text("scramble").mask("Jürgen <3").replace("<", "&lt;") + "</a>");
    assertThat(xml("other", MaskSpec.of("nullify")).mask("<a b='c'>d</a>"))
        .isEqualTo("<a b=\"\"></a>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<",
        "<a",
        "<a b",
        "<a b=",
        "<a b=c>",
        "<a b='c>",
        "<!-- x",
        "<![CDATA[x",
        "<?x",
        "<!DOCTYPE a",
        "</a",
        "< a>",
        "<a /b>"
      })
  void otherTextsAreNoXml(String raw) {
    assertThatThrownBy(() -> xml().mask(raw))
        .hasMessage("The value is not XML as PostgreSQL writes it.");
  }

  @Test
  void wrongMasksAreRefused() {
    for (String mask : List.of("hstore", "xml")) {
      Column column = mask.equals("xml") ? XML : HSTORE;
      assertThat(
              MaskProbe.refusal(MaskProbe.spec(mask, "other", MaskSpec.of("placeholder")), column))
          .startsWith("In other: The mask placeholder does not serve");
      assertThat(
              MaskProbe.refusal(
                  MaskProbe.spec(mask, "keys", Map.of("a", MaskSpec.of("nope"))), column))
          .isEqualTo("In key a: The mask nope does not exist. Write another one.");
    }
  }
}
