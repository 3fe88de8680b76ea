package dev.decant.detect.name;

import dev.decant.detect.Category;
import java.util.EnumSet;
import java.util.Set;

/** The subject of the rows of a table, according to the names of the table and its columns. */
@SuppressWarnings("ImmutableEnumChecker") // the sets are not changed
enum TableNature {
  /** Persons, and the data of the application about them. */
  PERSON(EnumSet.complementOf(EnumSet.of(Category.CREDIT_CARD, Category.SECRET, Category.DEVICE))),
  /** Patients, with findings, treatments and prescriptions. */
  HEALTH(EnumSet.complementOf(EnumSet.of(Category.CREDIT_CARD, Category.SECRET, Category.DEVICE))),
  ORGANIZATION(
      EnumSet.of(
          Category.STREET,
          Category.CITY,
          Category.POSTCODE,
          Category.REGION,
          Category.ADDRESS,
          Category.COMPANY,
          Category.VAT_ID,
          Category.JOB,
          Category.BANK_ACCOUNT,
          Category.FULL_NAME,
          Category.URL,
          Category.PHONE)),
  ADDRESS(
      EnumSet.of(
          Category.STREET,
          Category.CITY,
          Category.POSTCODE,
          Category.REGION,
          Category.ADDRESS,
          Category.COMPANY,
          Category.FULL_NAME,
          Category.PHONE)),
  /** Salaries. */
  PAYROLL(EnumSet.of(Category.FINANCE, Category.BANK_ACCOUNT, Category.JOB)),
  /** Payment cards. */
  CARD(EnumSet.of(Category.CREDIT_CARD, Category.FULL_NAME, Category.SECRET)),
  /** Bank accounts. */
  BANK(EnumSet.of(Category.BANK_ACCOUNT, Category.FINANCE, Category.FULL_NAME, Category.COMPANY)),
  /** Tokens, keys and sessions. */
  CREDENTIAL(
      EnumSet.of(
          Category.SECRET,
          Category.USERNAME,
          Category.CUSTOMER_NUMBER,
          Category.PASSWORD,
          Category.IP)),
  /** Devices of persons. */
  DEVICE(
      EnumSet.of(Category.DEVICE, Category.SECRET, Category.IP, Category.ADDRESS, Category.CITY)),
  /** Texts that people wrote to each other or to everybody. */
  TEXT(
      EnumSet.of(
          Category.FREE_TEXT,
          Category.DOCUMENT,
          Category.EMAIL,
          Category.FULL_NAME,
          Category.USERNAME,
          Category.IP,
          Category.URL)),
  /** Events: logs, audits, changes, requests. */
  EVENT(
      EnumSet.of(
          Category.FREE_TEXT,
          Category.DOCUMENT,
          Category.EMAIL,
          Category.USERNAME,
          Category.IP,
          Category.URL,
          Category.CUSTOMER_NUMBER,
          Category.CITY)),
  /** Names of settings and their values. */
  SETTING(EnumSet.of(Category.USERNAME)),
  /** Further properties of other rows, as names and values. */
  PROPERTY(EnumSet.of(Category.FREE_TEXT, Category.DOCUMENT)),
  OTHER(EnumSet.noneOf(Category.class));

  private final Set<Category> ambiguous;

  TableNature(Set<Category> ambiguous) {
    this.ambiguous = ambiguous;
  }

  /** Whether an ambiguous term has the meaning of this category in such a table. */
  boolean decides(Category category) {
    return ambiguous.contains(category);
  }
}
