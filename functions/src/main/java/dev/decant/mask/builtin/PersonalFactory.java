package dev.decant.mask.builtin;

import static dev.decant.mask.builtin.MaskTraits.TEXT;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.Tracing;
import dev.decant.mask.WrittenValues;
import dev.decant.mask.cipher.Prf;
import dev.decant.mask.cipher.SymbolPermutation;
import dev.decant.mask.value.Alphabets;
import dev.decant.mask.value.Numbers;
import dev.decant.schema.Column;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The masks {@code first-name last-name full-name company job street city postcode address}. The
 * pseudo-random function chooses the parts of a text from the dictionaries of a locale. The text is
 * cut to the length of the column.
 */
final class PersonalFactory extends BuiltInFactory {
  /** A part of a text: appends the words or numbers that the value and a tweak choose. */
  @FunctionalInterface
  interface Part {
    void append(Prf prf, byte[] value, int from, int to, Bytes out);
  }

  private PersonalFactory(MaskTraits traits) {
    super(
        traits,
        MaskOption.optional("locale", MaskOption.Kind.STRING).usually("the locale of the policy"));
  }

  private static PersonalFactory of(String name, String summary) {
    return new PersonalFactory(MaskTraits.of(name, summary, TEXT));
  }

  private static PersonalFactory identifying(String name, String summary) {
    return new PersonalFactory(MaskTraits.of(name, summary, TEXT).tracing(Tracing.TWO_WORDS));
  }

  static List<BuiltInFactory> all() {
    return List.of(
        of("first-name", "Writes a first name: `Max` → `Greta`."),
        of("last-name", "Writes a last name: `Muster` → `Holz`."),
        identifying("full-name", "Writes a first and a last name: `Max Muster` → `Greta Holz`."),
        of("company", "Writes the name of a company: `Muster AG` → `Holz-Brandt GmbH`."),
        of("job", "Writes a job title: `Pilot` → `Vertriebsleiterin`."),
        of("street", "Writes a street with a house number: `Fröbelstr. 12`."),
        of("city", "Writes the name of a city: `Holzhagen`."),
        of(
            "postcode",
            "Writes a postcode of the same shape: `80331` → `48159`, `SW1A 1AA` → `KE7T 4QZ`."),
        identifying("address", "Writes a street and a city: `Fröbelstr. 12, 48159 Holzhagen`."));
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    return localeProblem(spec);
  }

  /** Explains that the option {@code locale} has no dictionaries, or returns null. */
  static @Nullable String localeProblem(MaskSpec spec) {
    OptionValues options = new OptionValues(spec);
    return !options.has("locale") || Dictionary.LANGUAGES.contains(locale(options).getLanguage())
        ? null
        : "The locale "
            + options.text("locale", "")
            + " has no dictionaries. Write one of "
            + String.join(", ", Dictionary.LANGUAGES)
            + ".";
  }

  private static Locale locale(OptionValues options) {
    return Locale.forLanguageTag(options.text("locale", "").replace('_', '-'));
  }

  static Locale locale(MaskSpec spec, MaskKit kit) {
    OptionValues options = new OptionValues(spec);
    return options.has("locale") ? locale(options) : kit.locale();
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    Locale locale = locale(spec, kit);
    Prf prf = kit.prf(spec.effectiveRealm());
    Part part =
        switch (name()) {
          case "first-name" -> word("first-names", 1, locale);
          case "last-name" -> word("last-names", 2, locale);
          case "full-name" ->
              joined(" ", word("first-names", 1, locale), word("last-names", 2, locale));
          case "company" -> company(locale);
          case "job" -> word("jobs", 7, locale);
          case "street" -> street(locale);
          case "city" -> word("cities", 5, locale);
          case "postcode" -> new Postcode(locale, new SymbolPermutation(prf, Alphabets.ALL));
          default -> address(locale);
        };
    return new TextMask(column) {
      @Override
      void write(byte[] value, int from, int to, RowView row, Bytes out) {
        part.append(prf, value, from, to, out);
      }
    };
  }

  @Override
  public Optional<WrittenValues> written(MaskSpec spec, Column column, Locale policyLocale) {
    Locale locale =
        new OptionValues(spec).has("locale") ? locale(new OptionValues(spec)) : policyLocale;
    @Nullable WrittenText text =
        switch (name()) {
          case "first-name" -> written("first-names", locale);
          case "last-name" -> written("last-names", locale);
          case "full-name" ->
              new WrittenText.Joined(
                  written("first-names", locale), " ", written("last-names", locale));
          case "job" -> written("jobs", locale);
          case "city" -> written("cities", locale);
          case "street" -> writtenStreet(locale);
          case "company" -> writtenCompany(locale);
          case "address" -> writtenAddress(locale);
          default -> null; // A postcode keeps its shape.
        };
    return Optional.ofNullable(text).map(t -> WrittenText.in(TextLimit.of(column.type()), t));
  }

  private static WrittenText written(String name, Locale locale) {
    return new WrittenText.Word(Dictionary.of(name, locale));
  }

  private static WrittenText writtenStreet(Locale locale) {
    WrittenText street = written("streets", locale);
    WrittenText number = new WrittenText.Digits(1, 2);
    return isGerman(locale)
        ? new WrittenText.Joined(street, " ", number)
        : new WrittenText.Joined(number, " ", street);
  }

  private static WrittenText writtenCompany(Locale locale) {
    WrittenText name = written("last-names", locale);
    return new WrittenText.Joined(
        new WrittenText.Joined(name, "-", name), " ", written("legal-forms", locale));
  }

  private static WrittenText writtenAddress(Locale locale) {
    WrittenText postcode = new WrittenText.Digits(5, 5);
    WrittenText city = written("cities", locale);
    return new WrittenText.Joined(
        writtenStreet(locale),
        ", ",
        isGerman(locale)
            ? new WrittenText.Joined(postcode, " ", city)
            : new WrittenText.Joined(city, " ", postcode));
  }

  private static Part word(String name, long tweak, Locale locale) {
    Dictionary words = Dictionary.of(name, locale);
    return (prf, value, from, to, out) -> words.pick(prf.hash(tweak, value, from, to), out);
  }

  private static boolean isGerman(Locale locale) {
    return locale.getLanguage().equals("de");
  }

  /** A street with a house number from 1 to 99, because small numbers are the most frequent. */
  private static Part street(Locale locale) {
    Part street = word("streets", 3, locale);
    Part number =
        (prf, value, from, to, out) ->
            Numbers.append(1 + Prf.choose(prf.hash(4, value, from, to), 99), out);
    return isGerman(locale) ? joined(" ", street, number) : joined(" ", number, street);
  }

  private static Part company(Locale locale) {
    Part names = joined("-", word("last-names", 8, locale), word("last-names", 9, locale));
    return joined(" ", names, word("legal-forms", 10, locale));
  }

  private static Part address(Locale locale) {
    Part postcode = (prf, value, from, to, out) -> Postcode.pick(locale, prf, value, from, to, out);
    Part city = word("cities", 5, locale);
    return joined(
        ", ",
        street(locale),
        isGerman(locale) ? joined(" ", postcode, city) : joined(" ", city, postcode));
  }

  private static Part joined(String between, Part first, Part second) {
    byte[] separator = between.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    return (prf, value, from, to, out) -> {
      first.append(prf, value, from, to, out);
      out.append(separator);
      second.append(prf, value, from, to, out);
    };
  }

  /**
   * Five digits in the range that Germany or the United States use. A raw value of another shape
   * keeps its shape: digits become digits and letters become letters.
   */
  private record Postcode(Locale locale, SymbolPermutation permutation) implements Part {
    private static final int LONGEST = 10;

    @Override
    public void append(Prf prf, byte[] value, int from, int to, Bytes out) {
      if (hasShape(value, from, to)) {
        permutation.permute(0, value, from, to, out);
      } else {
        pick(locale, prf, value, from, to, out);
      }
    }

    static void pick(Locale locale, Prf prf, byte[] value, int from, int to, Bytes out) {
      int least = isGerman(locale) ? 1001 : 501;
      int most = isGerman(locale) ? 99998 : 99950;
      long bits = prf.hash(6, value, from, to);
      Numbers.appendPadded(least + Prf.choose(bits, most - least + 1), 5, out);
    }

    /** Whether the value looks like a postcode that does not consist of five digits. */
    private static boolean hasShape(byte[] value, int from, int to) {
      int digits = 0;
      for (int i = from; i < to; i++) {
        byte b = value[i];
        if (b >= '0' && b <= '9') {
          digits++;
        } else if (b != ' ' && b != '-' && !(b >= 'A' && b <= 'Z') && !(b >= 'a' && b <= 'z')) {
          return false;
        }
      }
      return digits > 0 && to - from <= LONGEST && !(digits == 5 && to - from == 5);
    }
  }
}
