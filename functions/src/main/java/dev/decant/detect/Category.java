package dev.decant.detect;

import java.util.List;

/**
 * A kind of personal data, and the masks that suit it.
 *
 * <p>The masks are candidates, the best one first. Whether a mask serves the type, the length and
 * the keys of a column is decided by the policy check.
 */
@SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
public enum Category {
  EMAIL("e-mail address", "email"),
  PHONE("phone number", "phone", "scramble", "noise"),
  FIRST_NAME("first name", "first-name", "scramble"),
  LAST_NAME("last name", "last-name", "scramble"),
  FULL_NAME("name of a person", "full-name", "scramble"),
  USERNAME("user name", "username", "scramble"),
  COMPANY("name of an organization", "company", "scramble"),
  JOB("job title", "job", "scramble"),
  STREET("street", "street", "scramble"),
  CITY("city", "city", "scramble"),
  POSTCODE("postcode", "postcode", "scramble", "noise"),
  REGION("region of an address", "city", "scramble"),
  ADDRESS("postal address", "address", "scramble"),
  COORDINATES("coordinates", "point", "noise", "scramble"),
  IBAN("IBAN", "iban", "scramble"),
  BANK_ACCOUNT("bank account", "scramble", "id", "noise"),
  CREDIT_CARD("payment card", "credit-card", "scramble", "noise"),
  FINANCE("financial circumstances", "noise", "scramble"),
  IP("IP address", "ip", "scramble"),
  MAC("MAC address", "mac", "scramble"),
  DEVICE("device identifier", "uuid", "scramble", "hash", "noise"),
  URL("URL of a person", "url", "scramble"),
  USER_AGENT("user agent", "user-agent", "scramble"),
  BIRTH_DATE("date of birth", "date-shift", "scramble", "noise"),
  LIFE_EVENT("date in a person's life", "date-shift", "scramble", "noise"),
  AGE("age", "noise", "scramble"),
  NATIONAL_ID("national identification number", "scramble", "id", "noise"),
  VAT_ID("VAT or tax number", "scramble", "id", "noise"),
  CUSTOMER_NUMBER("number of a customer or an employee", "scramble", "id", "noise"),
  VEHICLE("licence plate or vehicle number", "scramble"),
  PASSWORD("password or its hash", "password", "hash", "scramble"),
  SECRET("token or secret", "hash", "scramble", "uuid", "noise"),
  FREE_TEXT("free text", "text", "scramble"),
  IMAGE("picture of a person", "placeholder", "url", "scramble"),
  DOCUMENT("document", "placeholder", "text", "scramble"),
  GENDER("gender", 0),
  MARITAL_STATUS("marital status", 0),
  HEALTH("health", 9),
  PREGNANCY("pregnancy", 9),
  RELIGION("religion", 9),
  ETHNIC_ORIGIN("ethnic origin", 9),
  POLITICAL_OPINION("political opinion", 9),
  TRADE_UNION("trade union", 9),
  SEX_LIFE("sex life or sexual orientation", 9),
  BIOMETRIC("biometric or genetic data", 9),
  CRIMINAL_RECORD("criminal convictions", 10);

  private final String label;
  private final int article;
  private final List<String> masks;

  Category(String label, String... masks) {
    this.label = label;
    this.article = 0;
    this.masks = List.of(masks);
  }

  Category(String label, int article) {
    this.label = label;
    this.article = article;
    this.masks = List.of();
  }

  /** The name of the category in messages and comments. */
  public String label() {
    return label;
  }

  /**
   * Whether a mask must leave nothing of such a value: it belongs to the special categories of
   * personal data, or it says something about the private life of a person by a few words only.
   */
  public boolean sensitive() {
    return masks.isEmpty();
  }

  /**
   * Whether GDPR article 9 protects it as a special category of personal data, or article 10 as
   * data about criminal convictions.
   */
  public boolean special() {
    return article != 0;
  }

  /** The label, and the article of the GDPR that protects the category in particular. */
  public String described() {
    return switch (article) {
      case 0 -> label;
      case 9 -> "special category of personal data (GDPR article 9), " + label;
      default -> label + " (GDPR article " + article + ")";
    };
  }

  /** The names of masks that suit it, the best one first; empty for sensitive categories. */
  public List<String> masks() {
    return masks;
  }
}
