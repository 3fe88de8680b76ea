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

  /** The usual legal forms. The texts of datafaker have only a few English ones. */
  private static final Map<String, List<String>> LEGAL_FORMS =
      Map.of(
          "en", List.of("and Partners", "and Sons", "Corp.", "Group", "Inc.", "LLC", "Ltd.", "plc"),
          "de", List.of("AG", "GbR", "GmbH", "GmbH & Co. KG", "KG", "OHG", "SE", "UG", "e. K."));

  // The texts of datafaker have no German job titles.
  private static final List<String> GERMAN_FIELDS =
      List.of(
          ("Bau Einkaufs Energie Entwicklungs Finanz Immobilien IT- Labor Lager Logistik Marketing"
                  + " Messe Personal Produktions Projekt Qualitäts Schulungs Service Umwelt"
                  + " Vertriebs Verwaltungs Wartungs")
              .split(" "));

  private static final List<String> GERMAN_ROLES =
      List.of(
          ("assistent assistentin berater beraterin fachkraft koordinator koordinatorin leiter"
                  + " leiterin manager managerin planer planerin referent referentin techniker"
                  + " technikerin")
              .split(" "));

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
      files.put(language + "/legal-forms", lines(LEGAL_FORMS.getOrDefault(language, List.of())));
      files.put(language + "/jobs", lines(jobs(language, faker)));
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

  private static List<String> jobs(String language, Faker faker) {
    boolean german = language.equals("de");
    List<String> fields = german ? GERMAN_FIELDS : words(faker, NAME, "job.field");
    List<String> roles = german ? GERMAN_ROLES : words(faker, NAME, "job.position");
    return fields.stream()
        .flatMap(field -> roles.stream().map(role -> job(field, role, german)))
        .toList();
  }

  private static String job(String field, String role, boolean german) {
    if (!german) {
      return field.replace('-', ' ') + " " + role;
    }
    return field
        + (field.endsWith("-") ? role.substring(0, 1).toUpperCase(Locale.ROOT) : role.charAt(0))
        + role.substring(1);
  }

  private static String lines(List<String> words) {
    return String.join("\n", new TreeSet<>(words)) + "\n";
  }
}
