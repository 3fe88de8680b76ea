package dev.decant.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.mask.Tracing;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LeakSearchTest {
  private static final int EMAIL = 1;
  private static final int NAME = 2;
  private static final int PHONE = 3;
  private static final int BODY = 4;
  private static final int IBAN = 5;

  @TempDir Path folder = Path.of("");

  private List<Leak> leaks(boolean masked, String... output) {
    try (TracedValues values =
        new TracedValues(folder, 1 << 20, 6, Set.of("Unknown@Example.com"))) {
      ValueTracer tracer = values.tracer();
      add(tracer, Tracing.EVERY, EMAIL, "Max.Muster@example.com");
      add(tracer, Tracing.EVERY, EMAIL, "unknown@example.com");
      add(tracer, Tracing.EVERY, EMAIL, "support@example.com");
      add(tracer, Tracing.EVERY, EMAIL, "a@b.c");
      add(tracer, Tracing.EVERY, PHONE, "10.0.1.12");
      add(tracer, Tracing.EVERY, PHONE, "100112");
      add(tracer, Tracing.TWO_WORDS, NAME, "Jürgen von der Vogelweide");
      add(tracer, Tracing.TWO_WORDS, NAME, "Madonna");
      add(tracer, Tracing.EVERY, PHONE, "+49 (30) 901820-4711");
      add(tracer, Tracing.EVERY, IBAN, "DE89 3704 0044 0532 0130 00");
      add(tracer, Tracing.EVERY, EMAIL, "anna.schmidt+shop@example.com");
      add(tracer, Tracing.EVERY, PHONE, "030/1234567");
      add(tracer, Tracing.EVERY, PHONE, "203.0.113.77");
      add(tracer, Tracing.EVERY, IBAN, "NL91 ABNA 0417 1643 00");
      add(tracer, Tracing.TWO_WORDS, NAME, "Eva-Maria Beispiel");
      add(tracer, Tracing.EVERY, NAME, "beispiel1");
      add(tracer, Tracing.LONG_TEXTS, BODY, "She called because her sister had died");
      for (int i = 0; i < LeakSearch.COMMON; i++) {
        add(tracer, Tracing.LONG_TEXTS, BODY, "not specified yet");
      }
      try (LeakSearch search = filled(values, 2)) {
        TextFinder finder = search.finder();
        for (int row = 0; row < output.length; row++) {
          byte[] value = output[row].getBytes(UTF_8);
          finder.find(7, row, masked, value, 0, value.length);
        }
        return search.leaks(column -> true);
      }
    }
  }

  /** A search whose filter is filled. */
  static LeakSearch filled(TracedValues values, int shares) {
    LeakSearch search = values.search(shares);
    for (int share = 0; share < shares; share++) {
      search.fill(share);
    }
    return search;
  }

  private static void add(ValueTracer tracer, Tracing tracing, int source, String value) {
    byte[] bytes = value.getBytes(UTF_8);
    tracer.add(tracing, source, bytes, 0, bytes.length);
  }

  private int source(String output) {
    List<Leak> leaks = leaks(false, output);
    return leaks.isEmpty() ? 0 : leaks.getFirst().source();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max.muster@example.com",
        "MAX.MUSTER@EXAMPLE.COM",
        " max.muster@example.com\t",
        "please write to <max.muster@example.com>, soon",
        "Please write to\nmax.muster@example.com.",
        "{\"a\":[1,{\"to\":\"max.muster@example.com\"}]}",
        "{\"max.muster@example.com\": true}",
        "{\"text\":\"line\\nmax.muster@example.com\\tx\"}",
        "{\"text\":\"max.muster\\u0040example.com\"}",
        "{a,\"max.muster@example.com\",NULL}",
        "\"mail\"=>\"max.muster@example.com\"",
        "<user mail='max.muster@example.com'/>",
        "<mail>max.muster@example.com</mail>",
        "'max.muster@example.com':1 'other':2",
        "(1,max.muster@example.com,f)",
        "https://x.example/?to=max.muster%40example.com&a=b",
        "mailto:max.muster@example.com",
        "the user max.muster logged in",
        "max.muster@other.example",
        "max.mu\u200bster@exam\u00adple.com",
        "ｍａｘ．ｍｕｓｔｅｒ＠ｅｘａｍｐｌｅ．ｃｏｍ",
        "max\u2024muster@example\u2024com",
        "max\ufe52muster\ufe6bexample.com",
        "max.muster&#64;example.com",
        "max.muster&#x40;example.com",
        "<p>max.muster&commat;example&period;com</p>",
        "\"{\\\"to\\\":\\\"max.muster\\\\u0040example.com\\\"}\"",
        "\"{\\\"to\\\":\\\"max.muster@example.com\\\"}\"",
        "logged in: user=max.muster&page=2",
        "user_max.muster@example.com",
        "old-max.muster@example.com.bak",
        "/home/max.muster/.ssh",
        "log-max.muster-2024.txt",
        "s3://bucket/max.muster/photo.jpg",
        "to:max.muster@example.com:5",
        "?q=to+max.muster%40example.com+soon",
        "max.muster+news@example.com",
        "mailto:max.muster+a+b@example.com",
        "?next=%2Fx%3Fmail%3Dmax.muster%2540example.com",
        "#max.muster@example.com",
        "a|max.muster@example.com|b",
        "a~max.muster@example.com",
        "ssh://max.muster:secret@host.example/x",
        "0x6d61782e6d7573746572406578616d706c652e636f6d",
        "X'6D61782E6D7573746572406578616D706C652E636F6D'"
      })
  void anAddressIsFoundIn(String output) {
    assertThat(source(output)).isEqualTo(EMAIL);
  }

  @Test
  void anEncodedAddressIsFound() {
    byte[] text = "mail: max.muster@example.com".getBytes(UTF_8);
    assertThat(source(Base64.getEncoder().encodeToString(text))).isEqualTo(EMAIL);
    assertThat(source("token " + Base64.getUrlEncoder().withoutPadding().encodeToString(text)))
        .isEqualTo(EMAIL);
    assertThat(source("\\x" + HexFormat.of().formatHex(text))).isEqualTo(EMAIL);
    assertThat(source(HexFormat.of().withUpperCase().formatHex(text))).isEqualTo(EMAIL);
  }

  /** The marks of base64 also separate the parts of a path and of a name. */
  @ParameterizedTest
  @ValueSource(strings = {"https://x.example/reset/", "/a/b/resets/", "user-", "user_", "1/AB+"})
  void anEncodedPartOfAPathIsFound(String before) {
    // Its base64 has a mark, too.
    String text = "??>>? max.muster@example.com";
    assertThat(source(before + encoded(text))).isEqualTo(EMAIL);
    assertThat(source(before + encoded("max.muster@example.com") + "/confirm")).isEqualTo(EMAIL);
    String hex = HexFormat.of().formatHex(text.getBytes(UTF_8));
    assertThat(source(before + hex)).isEqualTo(EMAIL);
    assertThat(source(before + hex + "-x")).isEqualTo(EMAIL);
  }

  @Test
  void anAddressInATokenIsFound() {
    String payload = encoded("{\"sub\":7,\"email\":\"max.muster@example.com\"}");
    assertThat(source(encoded("{\"alg\":\"none\"}") + "." + payload + ".sig-x_y")).isEqualTo(EMAIL);
    assertThat(source(payload + ":1tQx3A:U2lnbmF0dXJl")).isEqualTo(EMAIL);
    assertThat(source("data:text/plain;base64," + payload)).isEqualTo(EMAIL);
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  void aLongAddressInBinaryDataIsFound() {
    byte[] data = "\u0001\u0000\u0004mail\u0016max.muster@example.com\u0002".getBytes(UTF_8);
    assertThat(source("\\x" + HexFormat.of().formatHex(data))).isEqualTo(EMAIL);
    byte[] shorter = "\u0001\u0000\u0004name\u0016max.muster\u0002".getBytes(UTF_8);
    assertThat(source("\\x" + HexFormat.of().formatHex(shorter))).isZero();
  }

  /** In MessagePack and in a pickle, bytes above 0x7f stand directly beside a text. */
  @Test
  void aValueBetweenBytesThatAreNoTextIsFound() {
    String messagePack = "\u0081\u00a5email\u00b6max.muster@example.com";
    assertThat(source(hex(messagePack))).isEqualTo(EMAIL);
    String pickle = "\u0080\u0004\u0095}\u0094\u008c\u0016max.muster@example.com\u0094s.";
    assertThat(source(hex(pickle))).isEqualTo(EMAIL);
    assertThat(source(Base64.getEncoder().encodeToString(pickle.getBytes(ISO_8859_1))))
        .isEqualTo(EMAIL);
  }

  private static String hex(String bytes) {
    return "\\x" + HexFormat.of().formatHex(bytes.getBytes(ISO_8859_1));
  }

  /** A value is read in batches of words, and a word in parts; their ends hide nothing. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 249, 250, 251, 252, 253, 254, 255, 256, 257, 508, 5000})
  void aNameBetweenManyWordsIsFound(int before) {
    String text = "word ".repeat(before) + "Jürgen von der Vogelweide" + " word".repeat(300);
    assertThat(source(text)).isEqualTo(NAME);
    String encoded = HexFormat.of().formatHex(text.getBytes(UTF_8));
    assertThat(source("\\x" + encoded)).isEqualTo(NAME);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | Jürgen von der Vogelweide",
        "2 | Herr JÜRGEN VON DER VOGELWEIDE aus Berlin",
        "2 | {\"n\":\"J\\u00fcrgen von der Vogelweide\"}",
        "2 | J%C3%BCrgen%20von%20der%20Vogelweide",
        "2 | J%FCrgen%20von%20der%20Vogelweide",
        "2 | Ju\u0308rgen von der Vogelweide",
        "2 | Jurgen von der Vogelweide",
        "2 | J&uuml;rgen&nbsp;von&nbsp;der&nbsp;Vogelweide",
        "2 | J&#252;rgen von der Vogelweide",
        "2 | von der Vogelweide, Jürgen",
        "2 | Vogelweide, Jürgen von der",
        "2 | {\"n\":\"{\\\"n\\\":\\\"J\\\\u00fcrgen von der Vogelweide\\\"}\"}",
        "2 | name=Jürgen+von+der+Vogelweide&x=1",
        "2 | ?q=%7B%22name%22%3A%22J%C3%BCrgen+von+der+Vogelweide%22%7D",
        "2 | juergen: Jürgen_von_der_Vogelweide.pdf",
        "2 | vogelweide.jürgen-von-der.jürgen_von",
        "2 | (von_der_Vogelweide, Jürgen)",
        "2 | Jürgen <b>von der</b> Vogelweide",
        "2 | Jürgen <span class=\"x y\">von der <i>Vogelweide</i></span>",
        "2 | {\"h\":\"J\\u00fcrgen \\u003cb\\u003evon der\\u003c/b\\u003e Vogelweide\"}",
        "2 | &lt;b&gt;Jürgen&lt;/b&gt; von der Vogelweide",
        "2 | **Jürgen** _von der_ Vogelweide",
        "2 | JÜRGEN VON DER VOGELWEİDE",
        "2 | Eva_Maria_Beispiel",
        "2 | beispiel, eva-maria",
        "2 | eva\u2010maria \u2013 beispiel",
        "2 | eva.maria.beispiel.png",
        "2 | /users/beispiel1/avatar",
        "1 | anna.schmidt@example.com",
        "1 | anna.schmidt+other@example.com",
        "1 | anna.schmidt+shop@example.com",
        "1 | anna.schmidt",
        "3 | tel:+49-30-901820-4711",
        "3 | please=do,call;tel:+49-30-901820-4711;ext=1",
        "3 | wa.me/4930-9018204711",
        "3 | +49 (0)30 901820-4711",
        "3 | +49 (0) 30 9018204711",
        "3 | 0049-(0)30-901820-4711",
        "3 | 0301234567",
        "3 | call 030 123 4567 now, please, because the other number does not answer any more, and"
            + " she waits",
        "3 | tel:030-1234567",
        "3 | http://203.0.113.77/x",
        "3 | 203.0.113.77:8080",
        "3 | GET /203.0.113.77_log HTTP/1.1",
        "3 | host-203.0.113.77.example",
        "5 | iban:NL91ABNA0417164300",
        "5 | pay to NL91-ABNA-0417-1643-00 please, it is the account of the shop and not a private"
            + " one at all",
        "5 | pay to NL91 ABNA0417 1643 00",
        "5 | iban=NL91+ABNA+0417+1643+00+bic",
        "3 | +49 (30) 901820-4711",
        "3 | 49309018204711",
        "3 | +49 30 9018204711",
        "3 | tel. 4930-9018204711, mobile",
        "3 | 0049 30 9018204711",
        "3 | please do call me at 0049 30 901820 4711 in the evening, not before six o'clock, and"
            + " not on Sunday",
        "5 | DE89370400440532013000",
        "5 | please pay to DE89 3704 0044 0532 0130 00 until Friday, and use the number of the"
            + " invoice as a reference",
        "5 | de89-3704-0044-0532-0130-00",
        "4 | she called   because her sister\thad died",
        "4 | 'She called because her sister had died!'"
      })
  void otherValuesAreFound(int source, String output) {
    assertThat(source(output)).isEqualTo(source);
  }

  /** A {@code tsvector} has its words in the order of the alphabet. */
  @Test
  void aValueInASearchVectorIsFound() {
    assertThat(source("'der':3 'jürgen':1 'vogelweide':4 'von':2")).isEqualTo(NAME);
    assertThat(source("'dear':1,9 'der':5B 'it''s':8 'jürgen':3A 'vogelweide':6 'von':2,4,7"))
        .isEqualTo(NAME);
    assertThat(source("'+49':14 '30':15 '901820':16 '4711':17 'tel':13")).isEqualTo(PHONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Jürgen Vogelweide",
        "Madonna",
        "support",
        "a@b.c",
        "unknown@example.com",
        "max",
        "example.com",
        "not specified yet",
        "Jürgen von Vogelweide",
        "please call 0049 30 901820 4712",
        "She called because her brother had died",
        "4930901820",
        "301234567",
        "301 234 567",
        "Eva Maria",
        "beispiel2",
        "max-muster@example.com",
        "203 0 113 77",
        "203.0.113.7/7",
        "'jürgen':1 'von':2 'der':4 'vogelweide':3",
        "'jürgen':1 'von':2 'der':3 'vogelweide",
        "https://www.beispiel.example/img/x.png?v=1.2.3",
        "100112",
        ""
      })
  void otherTextIsNoHit(String output) {
    assertThat(leaks(false, output)).isEmpty();
  }

  @Test
  void aHitCountsRows() {
    assertThat(
            leaks(
                false,
                "max.muster@example.com",
                "nobody",
                "max.muster@example.com, max.muster@example.com"))
        .singleElement()
        .satisfies(
            leak -> {
              assertThat(leak.column()).isEqualTo(7);
              assertThat(leak.source()).isEqualTo(EMAIL);
            });
  }

  @Test
  void whatAMaskWroteCountsOnlyIfItIsLong() {
    assertThat(leaks(true, "max.muster")).isEmpty();
    assertThat(leaks(true, "max.muster@example.com")).hasSize(1);
  }
}
