package dev.decant.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.mask.Tracing;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A document is searched by its strings. The reference is the same document after a blank, which
 * the finder does not take for a document, so that it is searched as a whole.
 */
final class DocumentSearchTest {
  private static final String TEXT = "She called because her sister had died on Monday";

  /** A traced text that is itself a document. */
  private static final String DOCUMENT =
      "{\"first\": \"one two\", \"second\": \"three four\", \"third\": \"five six seven\","
          + " \"fourth\": \"eight nine ten\"}";

  private static final List<String> TRACED =
      List.of(
          "max.muster@example.com",
          "Jürgen von der Vogelweide",
          "Eva-Maria Beispiel",
          "+49 (30) 901820-4711",
          "030/1234567",
          "NL91ABNA0417164300",
          "203.0.113.77");

  private static final String[] PIECES = {
    "max.muster@example.com",
    "max",
    "muster",
    "jürgen",
    "Jürgen von der",
    "von der",
    "vogelweide",
    "eva",
    "Eva-Maria",
    "maria",
    "beispiel",
    "+49",
    "30",
    "901820",
    "4711",
    "030",
    "1234567",
    "NL91",
    "ABNA",
    "0417",
    "1643",
    "00",
    "<b>",
    "</b>",
    "<i title=",
    ">",
    "\\u003cb\\u003e",
    "203",
    ".0.113",
    "77",
    "\\",
    "\\n",
    "%40",
    "id",
    "kind",
    "order",
    "5",
    "she called because her sister",
    "had died on Monday",
    "{",
    "one",
    "two",
    " ",
    "",
    ", ",
    ": ",
    "&amp;",
    "=",
    "_",
    "."
  };

  @TempDir Path folder = Path.of("");

  private interface Body {
    void run(LeakSearch search);
  }

  private void search(Body body) {
    try (TracedValues values = new TracedValues(folder, 1 << 20, 6, Set.of())) {
      ValueTracer tracer = values.tracer();
      for (int i = 0; i < TRACED.size(); i++) {
        byte[] value = TRACED.get(i).getBytes(UTF_8);
        tracer.add(Tracing.EVERY, i, value, 0, value.length);
      }
      for (String text : List.of(TEXT, DOCUMENT)) {
        byte[] value = text.getBytes(UTF_8);
        tracer.add(Tracing.LONG_TEXTS, TRACED.size(), value, 0, value.length);
      }
      try (LeakSearch search = LeakSearchTest.filled(values, 1)) {
        body.run(search);
      }
    }
  }

  private static void find(TextFinder finder, int column, boolean masked, String output) {
    byte[] value = output.getBytes(UTF_8);
    finder.find(column, 1, masked, value, 0, value.length);
  }

  private Set<Integer> sources(String... output) {
    Set<Integer> sources = new TreeSet<>();
    search(
        search -> {
          TextFinder finder = search.finder();
          for (String each : output) {
            find(finder, 1, false, each);
          }
          search.leaks(column -> true).forEach(leak -> sources.add(leak.source()));
        });
    return sources;
  }

  private static String padded(String members) {
    return "{\"kind\": \"settings of a person that are long enough\", \"theme\": \"dark\","
        + " \"size\": \"large\", "
        + members
        + "}";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"a\": [\"Jürgen\", \"von\", \"der\", \"Vogelweide\"]",
        "\"a\": [\"Vogelweide\", \"Jürgen\", \"von der\"]",
        "\"a\": \"Jürgen <b title=\\\"x\\\">von der</b> Vogelweide\"",
        "\"Jürgen von\": \"der Vogelweide\""
      })
  void aNameInSeveralStringsIsFound(String members) {
    assertThat(sources(padded(members))).containsExactly(1);
  }

  @Test
  void aNumberInSeveralStringsIsFound() {
    assertThat(sources(padded("\"a\": [\"030\", \"1234567\"]"))).containsExactly(4);
    assertThat(sources(padded("\"a\": [\"NL91\", \"ABNA\", \"0417\", \"1643\", \"00\"]")))
        .containsExactly(5);
    assertThat(sources(padded("\"a\": [\"NL91\", \"ABNA\", \"0417164300\"]"))).containsExactly(5);
  }

  @Test
  void aDocumentThatIsATracedTextIsFound() {
    assertThat(sources(DOCUMENT)).containsExactly(TRACED.size());
  }

  /** The second document consists of parts that the finder knows from the first one. */
  @Test
  void knownPartsHideNothing() {
    String clean =
        padded("\"von\": \"order\"}, \"der\": {\"Vogelweide\": \"Jürgen\", \"id\": \"x\"");
    String leak = padded("\"Jürgen\": \"von\", \"der\": \"Vogelweide\"");
    assertThat(sources(clean)).isEmpty();
    assertThat(sources(clean, leak)).containsExactly(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everythingThatIsFoundInAWholeDocumentIsFound(boolean masked) {
    search(
        search -> {
          TextFinder parts = search.finder();
          TextFinder whole = search.finder();
          Random random = new Random(7);
          int documents = 20_000;
          for (int i = 0; i < documents; i++) {
            String document = document(random);
            find(parts, i, masked, document);
            find(whole, documents + i, masked, " " + document);
          }
          Set<Long> found =
              search.leaks(column -> true).stream()
                  .map(leak -> (long) leak.column() * 100 + leak.source())
                  .collect(Collectors.toSet());
          List<Long> expected = found.stream().filter(each -> each >= documents * 100L).toList();
          assertThat(expected).hasSizeGreaterThan(masked ? 500 : 2_000);
          assertThat(found)
              .containsAll(expected.stream().map(each -> each - documents * 100L).toList());
        });
  }

  private static String document(Random random) {
    StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "[" : "{");
    while (text.length() < 120) {
      for (int i = random.nextInt(3); i >= 0; i--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
        text.append(random.nextBoolean() ? " " : "");
      }
      text.append(random.nextInt(3) == 0 ? " " : "\"");
    }
    return text.toString();
  }
}
