package dev.decant.detect.value;

import com.google.re2j.Pattern;
import dev.decant.detect.name.NameWords;
import dev.decant.detect.name.TextResource;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Recognizes names of persons by dictionaries and by their form. */
final class PersonNameText {
  /** A shorter word is in too many dictionaries: "an" and "de" are names, too. */
  private static final int SHORTEST = 3;

  private static final int LONGEST = 60;

  private static final String PARTICLES = "von|van|de|der|den|da|do|dos|di|la|le|zu|af|bin|al|el";
  private static final String WORD = "\\p{Lu}[\\p{L}\\p{M}'’.-]*";

  private static final Pattern CAPITALIZED =
      Pattern.compile(WORD + "( (" + WORD + "|" + PARTICLES + ")){1,4}");

  private static final Pattern LAST_NAME_FIRST =
      Pattern.compile("(" + WORD + ")( " + WORD + ")?, (" + WORD + ")( .*)?");
  private static final Pattern TITLE =
      Pattern.compile(
          "(?i)(dr|prof|mr|mrs|ms|miss|herr|frau|m|mme|mlle|sr|sra|srta|sig|sig\\.ra|dhr|mevr|pan"
              + "|pani|ing|dott|dra?)\\.? .*");

  /** Scripts without capital letters, whose names are short. */
  private static final Pattern EAST_ASIAN =
      Pattern.compile("[\\p{Han}]{2,4}|[\\p{Hangul}]{2,5}|\\p{Katakana}+[ ・]\\p{Katakana}+");

  private static final Pattern OTHER_SCRIPT =
      Pattern.compile(
          "[\\p{Arabic}\\p{Hebrew}\\p{Devanagari}\\p{Thai}\\p{Bengali}\\p{Tamil}\\p{Telugu}]{2,20}("
              + " [\\p{Arabic}\\p{Hebrew}\\p{Devanagari}\\p{Thai}\\p{Bengali}\\p{Tamil}\\p{Telugu}]{2,20}){1,3}");

  private static final Set<String> FIRST = names("first-names.txt", "given-names.txt");
  private static final Set<String> LAST = names("last-names.txt", "family-names.txt");

  private PersonNameText() {}

  private static Set<String> names(String ofMasks, String further) {
    Stream<String> known =
        Stream.of("en", "de")
            .flatMap(
                locale ->
                    TextResource.lines("/dev/decant/mask/builtin/" + locale + "/" + ofMasks)
                        .stream());
    Stream<String> others =
        TextResource.lines(further).stream().flatMap(line -> Stream.of(line.split(" ", -1)));
    return Stream.concat(known, others)
        .map(NameWords::ascii)
        .filter(name -> name.length() >= SHORTEST)
        .collect(Collectors.toUnmodifiableSet());
  }

  static boolean first(String value) {
    return value.length() >= SHORTEST && FIRST.contains(NameWords.ascii(value));
  }

  static boolean last(String value) {
    return value.length() >= SHORTEST && LAST.contains(NameWords.ascii(value));
  }

  /** Several words, of which dictionaries know the first name or the last name. */
  static boolean full(String value) {
    if (value.length() > LONGEST) {
      return false;
    }
    var reversed = LAST_NAME_FIRST.matcher(value);
    if (reversed.matches()) {
      return last(reversed.group(1)) || first(reversed.group(3));
    }
    String[] words = value.split(" ", -1);
    boolean known = first(words[0]);
    boolean family = last(words[words.length - 1]);
    return CAPITALIZED.matches(value)
        ? known || family || TITLE.matches(value)
        : words.length == 2 && known && family;
  }

  /** The form of a name, which titles of products and of places have, too. */
  static boolean form(String value) {
    return value.length() <= LONGEST
        && (CAPITALIZED.matches(value) || EAST_ASIAN.matches(value) || OTHER_SCRIPT.matches(value));
  }
}
