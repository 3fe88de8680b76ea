package dev.decant.mask.builtin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import net.datafaker.Faker;

/**
 * Makes the dictionaries of {@code src/main/resources/dev/decant/mask/builtin} from datafaker's
 * texts. After an update of datafaker, run {@link #main} in the folder {@code functions} and commit
 * the changed files.
 */
final class DictionaryGenerator {
  /** A name that every application accepts: letters, and single blanks, hyphens or apostrophes. */
  private static final Predicate<String> NAME =
      Pattern.compile("\\p{Lu}\\p{L}+([ '-]\\p{L}+)*").asMatchPredicate();

  private static final Predicate<String> STREET =
      Pattern.compile("\\p{Lu}[\\p{L}.]+([ -][\\p{L}.]+)*").asMatchPredicate();
  private static final Predicate<String> WORD = Pattern.compile("[a-z]{2,12}").asMatchPredicate();
  private static final Predicate<String> SHORT_WORD =
      Pattern.compile("[a-z]{3,10}").asMatchPredicate();
  private static final List<String> STREET_SUFFIXES =
      List.of("Avenue", "Court", "Drive", "Lane", "Road", "Square", "Street", "Terrace", "Way");

  /** Words that are harmless in Latin but not in other languages. */
  private static final Set<String> LEFT_OUT = Set.of("cum", "sex", "anus", "fuga");

  private DictionaryGenerator() {}

  public static void main(String[] arguments) throws IOException {
    Path root = Path.of("src/main/resources/dev/decant/mask/builtin");
    for (Map.Entry<String, String> file : files().entrySet()) {
      Path path = root.resolve(file.getKey() + ".txt");
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  /** The content of each dictionary by its path, without the suffix. */
  static Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    for (String language : Dictionary.LANGUAGES) {
      Faker faker = new Faker(Locale.of(language));
      List<String> lastNames = words(faker, NAME, "name.last_name");
      List<String> firstNames =
          words(faker, NAME, "name.male_first_name", "name.female_first_name");
      files.put(language + "/first-names", lines(firstNames));
      files.put(language + "/last-names", lines(lastNames));
      files.put(language + "/streets", lines(streets(language, faker, lastNames, firstNames)));
      files.put(language + "/cities", lines(cities(faker, lastNames)));
    }
    Faker english = new Faker(Locale.ENGLISH);
    files.put("words", lines(words(english, WORD, "lorem.words", "lorem.supplemental")));
    files.put("colors", lines(words(english, SHORT_WORD, "color.name")));
    files.put("animals", lines(words(english, SHORT_WORD, "creature.animal.name")));
    return files;
  }

  private static List<String> words(Faker faker, Predicate<String> usable, String... keys) {
    TreeSet<String> words = new TreeSet<>();
    for (String key : keys) {
      List<?> texts = faker.fakeValuesService().fetchObject(key, faker.getContext());
      texts.stream()
          .map(String::valueOf)
          .map(String::strip)
          .filter(usable)
          .filter(w -> !LEFT_OUT.contains(w))
          .forEach(words::add);
    }
    return List.copyOf(words);
  }

  private static List<String> streets(
      String language, Faker faker, List<String> lastNames, List<String> firstNames) {
    if (language.equals("de")) {
      return words(faker, STREET, "address.street_root");
    }
    List<String> streets = new ArrayList<>();
    List<String> names = new ArrayList<>(lastNames);
    names.addAll(firstNames.stream().filter(n -> n.length() <= 7).toList());
    for (int i = 0; i < names.size(); i++) {
      streets.add(names.get(i) + " " + STREET_SUFFIXES.get(i % STREET_SUFFIXES.size()));
    }
    return streets;
  }

  /** Names of towns in the way of datafaker: each name with two endings. */
  private static List<String> cities(Faker faker, List<String> lastNames) {
    List<String> endings = words(faker, text -> true, "address.city_suffix");
    List<String> stems =
        lastNames.stream().filter(n -> n.chars().allMatch(Character::isLetter)).toList();
    List<String> cities = new ArrayList<>();
    for (int i = 0; i < stems.size(); i++) {
      String stem = stems.get(i);
      if (stem.length() <= 8) {
        cities.add(stem + endings.get(i % endings.size()));
        cities.add(stem + endings.get((i + 5) % endings.size()));
      }
    }
    return cities;
  }

  private static String lines(List<String> words) {
    return String.join("\n", new TreeSet<>(words)) + "\n";
  }
}
