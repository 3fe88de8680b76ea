package dev.decant.detect.name;

import dev.decant.detect.Category;
import dev.decant.detect.name.PersonalNames.Match;
import dev.decant.schema.TypeCategory;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Decides whether a term has its personal meaning in a table, and in a column of a type. */
final class MatchCounts {
  static final Set<Category> POSTAL =
      EnumSet.of(Category.STREET, Category.CITY, Category.POSTCODE, Category.REGION);

  /** The categories whose values can be numbers. */
  private static final Set<Category> AS_NUMBERS =
      EnumSet.of(
          Category.PHONE,
          Category.POSTCODE,
          Category.COORDINATES,
          Category.BANK_ACCOUNT,
          Category.CREDIT_CARD,
          Category.FINANCE,
          Category.IP,
          Category.DEVICE,
          Category.BIRTH_DATE,
          Category.AGE,
          Category.NATIONAL_ID,
          Category.VAT_ID,
          Category.CUSTOMER_NUMBER,
          Category.STREET,
          Category.PASSWORD);

  private static final Set<Category> AS_TIMES =
      EnumSet.of(Category.BIRTH_DATE, Category.LIFE_EVENT, Category.CREDIT_CARD);

  /** Categories whose columns usually occur together, besides those of money. */
  private static final Set<Category> BY_NEIGHBOURS =
      EnumSet.of(Category.NATIONAL_ID, Category.VEHICLE, Category.CREDIT_CARD);

  private static final Set<Category> MONEY =
      EnumSet.of(Category.IBAN, Category.BANK_ACCOUNT, Category.CREDIT_CARD, Category.FINANCE);

  /** Terms of these kinds, such as "owner", often name a reference or a thing. */
  private static final Set<Category> AMBIGUOUS_ROLES =
      EnumSet.of(Category.FULL_NAME, Category.USERNAME);

  private final TableContext table;

  MatchCounts(TableContext table) {
    this.table = table;
  }

  /**
   * An ambiguous term counts if the table has a matching subject, or other columns of the same
   * kind.
   */
  boolean counts(Match match) {
    Category category = match.term().category();
    if (!match.term().weak()) {
      return true;
    }
    if (category == Category.STREET) {
      return match.from() == 0 && (table.nature() == TableNature.ADDRESS || table.postal());
    }
    return (category == Category.FREE_TEXT && !table.catalogue())
        || table.nature().decides(category)
        || ofPersons(category)
        || (BY_NEIGHBOURS.contains(category) && table.has(category))
        || (MONEY.contains(category) && category != Category.CREDIT_CARD && table.hasAny(MONEY))
        || (POSTAL.contains(category) && table.postal())
        || (category == Category.HEALTH && table.measures());
  }

  private boolean ofPersons(Category category) {
    return table.ofPersons()
        && TableNature.PERSON.decides(category)
        && !category.sensitive()
        && !POSTAL.contains(category)
        && !AMBIGUOUS_ROLES.contains(category);
  }

  /**
   * Whether a column of the type can have such values. {@code telefone_empresa} is no company if it
   * is a number.
   */
  boolean fits(List<String> words, Match match, TypeCategory type) {
    return switch (type) {
      case SMALLINT, INTEGER, BIGINT, NUMERIC, FLOAT -> numeric(match, words);
      case TIME, DATE, TIMESTAMP -> AS_TIMES.contains(match.term().category());
      case BOOLEAN -> match.term().category() == Category.FINANCE;
      case TEXT,
          UUID,
          BYTEA,
          JSON,
          XML,
          HSTORE,
          TSVECTOR,
          ARRAY,
          RANGE,
          COMPOSITE,
          INTERVAL,
          INET,
          CIDR,
          MACADDR,
          POINT,
          ENUM,
          OTHER ->
          true;
    };
  }

  /** A number of tokens is no secret, but a code of six digits is. */
  private boolean numeric(Match match, List<String> words) {
    Category category = match.term().category();
    boolean id = words.getLast().equals("id");
    return AS_NUMBERS.contains(category)
        || (category == Category.REGION && table.nature() == TableNature.PERSON && !id)
        || (category == Category.USERNAME && !match.term().weak() && endsWithId(words, match))
        || (category == Category.SECRET && match.to() == words.size() && !id);
  }

  /**
   * {@code facebook_id}, a number that another service gave the person; but not {@code user_id}.
   */
  private static boolean endsWithId(List<String> words, Match match) {
    return match.to() == words.size()
        && match.to() - match.from() > 1
        && words.getLast().equals("id")
        && !PersonWords.isPerson(words.get(match.from()));
  }
}
