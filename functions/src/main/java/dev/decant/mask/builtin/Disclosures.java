package dev.decant.mask.builtin;

import dev.decant.mask.Disclosure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The facts that each built-in mask hides and lets through. */
final class Disclosures {
  private static final String EQUAL =
      "Which rows have the same value, and therefore how often each value occurs. A reader who"
          + " knows the raw values of some rows can recognize them in other rows.";
  private static final String DRAWN =
      "No raw value for certain, because different raw values can get the same masked value. Equal"
          + " raw values stay equal, so frequent values stay frequent.";
  private static final String CONSTANT = "Only which rows have a value and which have NULL.";

  private static final Map<String, Disclosure> ALL = new LinkedHashMap<>();

  static {
    put("keep", "Nothing.", "The raw value.");
    put("nullify", "The whole value, and whether there was one.", "Nothing.");
    put("empty", "The whole value.", CONSTANT);
    put("constant", "The whole value.", CONSTANT);
    put("redact", "The whole value.", CONSTANT);
    put("placeholder", "The whole content and its size.", CONSTANT);
    put("password", "The hash, and which persons have the same password.", CONSTANT);
    put("email", "The address; with `keep-domain` only the part before the @.", EQUAL);
    put("username", "The name and its length.", EQUAL);
    put("hash", "The value and its length.", EQUAL);
    put("uuid", "The value; with version 7 all but its time.", EQUAL);
    put("id", "The number, and the order in which rows were made.", EQUAL);
    put("mac", "The device and its maker.", EQUAL);
    put("ip", "The address; with `prefix` only the bits after it.", EQUAL);
    put("iban", "The account and the bank.", "The country and the length. " + EQUAL);
    put("credit-card", "The card and its issuer.", "The number of digits. " + EQUAL);
    put("first-name", "The name.", DRAWN);
    put("last-name", "The name.", DRAWN);
    put("full-name", "The name.", DRAWN);
    put("company", "The name.", DRAWN);
    put("job", "The title.", DRAWN);
    put("street", "The street and the number of the house.", DRAWN);
    put("city", "The name of the city.", DRAWN);
    put("address", "The address.", DRAWN);
    put("user-agent", "The versions, the apps and the device.", DRAWN);
    put("postcode", "The postcode.", "Its shape, which often shows the country. " + DRAWN);
    put("pick", "The value, unless the drawn value happens to be the same.", DRAWN);
    put(
        "phone",
        "The digits and letters, except the first `keep-prefix` characters.",
        "The length and the punctuation, which can show the country. " + EQUAL);
    put(
        "scramble",
        "The letters and digits, except those that the options keep.",
        "The length, the punctuation, the script, and which letters are capital. " + EQUAL);
    put("pattern", "The value.", "The pattern, which is the same for all rows. " + EQUAL);
    put("url", "The path, the query and every host that names a person.", EQUAL);
    put("text", "The words.", "The number of characters in each line. " + EQUAL);
    put(
        "noise",
        "The exact number.",
        "Its size, within `percent`, and roughly the order of the rows. A reader who knows a"
            + " number well finds it again.");
    put("round", "The digits after the rounding.", "The rounded value, and the order of the rows.");
    put(
        "date-shift",
        "The exact date.",
        "The date within `days`, and the time of day. With `by`, the distances between the dates of"
            + " one person stay as they are.");
    put("date-truncate", "The day, or the day and the month.", "The rest of the date.");
    put(
        "point",
        "The exact place.",
        "The place within `meters`, which names the house in a sparsely populated area.");
    put(
        "vector-noise",
        "The exact numbers.",
        "The number of dimensions, and which vectors are near to each other. With little noise, the"
            + " text or the face behind an embedding can be recognized.");
    put(
        "template",
        "The raw value of this column.",
        "The kept columns that the template names, which readers see anyway.");
    put(
        "json",
        "Everything that the masks of its strings and numbers hide.",
        "The names of members, the shape of the document, true, false and null, and whatever the"
            + " masks of its values let through.");
    put(
        "xml",
        "Everything that the masks of its texts and attributes hide.",
        "The names of elements and attributes, the shape of the document, and whatever the masks of"
            + " its texts let through.");
    put(
        "hstore",
        "Everything that the masks of its values hide.",
        "The keys, their number, and whatever the masks of the values let through.");
    put(
        "composite",
        "Everything that the masks of its fields hide.",
        "NULL fields, and whatever the masks of the fields let through.");
    put(
        "array",
        "Everything that the mask of its elements hides.",
        "The number of elements, NULL elements, and whatever the mask of the elements lets"
            + " through.");
    put(
        "search-vector",
        "The raw words.",
        "The masked words of the columns that it is computed from.");
  }

  private Disclosures() {}

  private static void put(String mask, String hides, String letsThrough) {
    ALL.put(mask, new Disclosure(hides, letsThrough));
  }

  static Optional<Disclosure> of(String mask) {
    return Optional.ofNullable(ALL.get(mask));
  }
}
