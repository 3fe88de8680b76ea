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
  HEALTH("health", true),
  PREGNANCY("pregnancy", true),
  RELIGION("religion", true),
  ETHNIC_ORIGIN("ethnic origin", true),
  POLITICAL_OPINION("political opinion", true),
  TRADE_UNION("trade union", true),
  SEX_LIFE("sex life or sexual orientation", true),
  BIOMETRIC("biometric or genetic data", true),
  CRIMINAL_RECORD("criminal convictions", true);

  private final String label;
  private final boolean special;
  private final List<String> masks;

  Category(String label, String... masks) {
    this.label = label;
    this.special = false;
    this.masks = List.of(masks);
  }

  Category(String label, boolean special) {
    this.label = label;
    this.special = special;
    this.masks = List.of();
  }

  /** The name of the category in messages and comments. */
  public String label() {
    return label;
  }

  /**
   * Whether it belongs to the special categories of personal data (GDPR, articles 9 and 10). A mask
   * must leave nothing of such a value.
   */
  public boolean special() {
    return special;
  }

  /** The names of masks that suit it, the best one first; empty for special categories. */
  public List<String> masks() {
    return masks;
  }
}
