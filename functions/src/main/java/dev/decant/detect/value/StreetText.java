package dev.decant.detect.value;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Recognizes streets by the words for a street in several languages. */
final class StreetText {
  private static final Set<String> WORDS =
      Set.of(
          ("street st avenue ave road rd lane drive boulevard blvd court way rue calle via piazza"
                  + " rua avenida ul ulica")
              .split(" ", -1));

  /** Words with other meanings, which count only beside a number. */
  private static final Set<String> WORDS_BESIDE_NUMBER =
      Set.of(
          ("pkwy parkway hwy highway terrace crescent close square sq place chemin impasse allée"
               + " quai cours route avda paseo plaza camino carretera ronda corso viale largo"
               + " vicolo strada al aleja os osiedle pl plac rynek travessa praça alameda estrada"
               + " av markt gracht singel plein dorp torg stig ring damm ufer am an im c")
              .split(" ", -1));

  private static final List<String> ENDS =
      List.of(
          ("strasse straße weg platz allee gasse straat laan plein gracht kade gatan vägen gränd"
                  + " väg stigen")
              .split(" ", -1));

  private StreetText() {}

  static boolean matches(String value) {
    String text = value.toLowerCase(Locale.ROOT);
    boolean blank = text.indexOf(' ') >= 0;
    boolean number = blank && text.chars().anyMatch(c -> c >= '0' && c <= '9');
    int from = 0;
    for (int to = 0; to <= text.length(); to++) {
      if (to == text.length() || !Character.isLetter(text.charAt(to))) {
        if (to > from && word(text, from, to, blank, number)) {
          return true;
        }
        from = to + 1;
      }
    }
    return false;
  }

  private static boolean word(String text, int from, int to, boolean blank, boolean number) {
    String word = text.substring(from, to);
    return (blank && WORDS.contains(word))
        || (number && WORDS_BESIDE_NUMBER.contains(word))
        || ENDS.stream().anyMatch(word::endsWith)
        || (text.startsWith(".", to) && word.endsWith("str"));
  }
}
