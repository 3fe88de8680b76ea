package dev.decant.policy.propose;

import dev.decant.detect.Category;
import dev.decant.detect.name.NameWords;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The masks for codes of countries and regions, for which a column has two or three characters.
 * Names of cities would not fit, so a code of a country becomes another code of ISO 3166, and other
 * codes keep their shape.
 */
final class RegionCodes {
  private static final int LONGEST = 3;
  private static final Set<Category> REGIONS = EnumSet.of(Category.REGION, Category.CITY);

  private static final Set<String> COUNTRIES =
      Set.of(
          "country",
          "nation",
          "nationality",
          "citizenship",
          "land",
          "staat",
          "lkz",
          "pays",
          "nationalite",
          "pais",
          "nacionalidad",
          "nacionalidade",
          "paese",
          "nazione",
          "nazionalita",
          "cittadinanza",
          "nationaliteit",
          "kraj",
          "obywatelstwo",
          "narodowosc",
          "nationalitet",
          "staatsangehorigkeit",
          "staatsangehoerigkeit",
          "nationalitat",
          "nationalitaet");

  private static final List<Object> TWO_LETTERS =
      List.of(
          "AT", "BE", "CH", "CZ", "DE", "DK", "ES", "FR", "GB", "IT", "NL", "PL", "PT", "SE", "US");

  /** Codes that the regions of several countries have. */
  private static final List<Object> REGIONS_OF_TWO =
      List.of("AL", "AR", "CO", "MI", "MO", "MS", "MT", "PA", "SC", "VA");

  private static final List<Object> THREE_LETTERS =
      List.of(
          "AUT", "BEL", "CHE", "CZE", "DEU", "DNK", "ESP", "FRA", "GBR", "ITA", "NLD", "POL", "PRT",
          "SWE", "USA");

  private RegionCodes() {}

  /**
   * The mask for a column of such codes; empty if the column has room for names.
   *
   * @param length the number of characters that the type or a sample allows; -1 if neither is known
   */
  static Optional<MaskSpec> of(Column column, int length, Category category) {
    if (column.type().category() != TypeCategory.TEXT
        || length <= 0
        || length > LONGEST
        || !REGIONS.contains(category)) {
      return Optional.empty();
    }
    boolean country = NameWords.of(column.name()).stream().anyMatch(COUNTRIES::contains);
    List<Object> codes =
        length == 2
            ? (country ? TWO_LETTERS : REGIONS_OF_TWO)
            : country ? THREE_LETTERS : List.of();
    return Optional.of(
        length == 1 || codes.isEmpty()
            ? MaskSpec.of("scramble")
            : MaskSpec.of("pick", Map.of("values", codes)));
  }
}
