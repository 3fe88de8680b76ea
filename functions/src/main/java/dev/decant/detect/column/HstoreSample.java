package dev.decant.detect.column;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/** Reads the text form of hstore: {@code "name"=>"value", "other"=>NULL}. */
final class HstoreSample {
  private static final Pattern PAIR =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"=>(?:\"((?:[^\"\\\\]|\\\\.)*)\"|NULL)(?:, ?|$)");

  private HstoreSample() {}

  /** Adds the pairs to a place. Returns false if the text is not an hstore. */
  static boolean read(String text, DocumentNode place) {
    Matcher pairs = PAIR.matcher(text);
    int end = 0;
    while (pairs.find() && pairs.start() == end) {
      end = pairs.end();
      DocumentNode member = place.member(plain(pairs.group(1)));
      String value = pairs.group(2);
      if (member != null && value != null) {
        member.text(plain(value));
      }
    }
    place.object();
    return end > 0;
  }

  private static String plain(String quoted) {
    return quoted.replaceAll("\\\\(.)", "$1");
  }
}
