package dev.decant.manifest;

import dev.decant.progress.Quantity;
import dev.decant.schema.TableName;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The part of a report about re-identification, and about the masking key. */
final class ReportRisk {
  /**
   * The quasi-identifiers of a table.
   *
   * @param empty the rows that were not counted; empty if there are none
   * @param share the share of the rows in small groups
   */
  record Group(
      String table,
      String columns,
      String rows,
      String empty,
      String smallest,
      String unique,
      String below,
      Share share) {}

  /** A share as text, and as the width of a bar of 100. */
  record Share(String text, String bar) {}

  /** The masking key. */
  record Key(String fingerprint, String place, String readers) {}

  /**
   * All of it.
   *
   * @param k the size of a group from which it is no longer small
   */
  record View(
      boolean counted,
      int k,
      boolean required,
      List<Group> groups,
      List<String> notCounted,
      Key key) {}

  private ReportRisk() {}

  static View of(Manifest manifest) {
    Manifest.Reidentification counted = manifest.reidentification();
    Key key = key(manifest.key());
    return counted == null
        ? new View(false, 0, false, List.of(), List.of(), key)
        : new View(
            true,
            counted.k(),
            counted.required(),
            counted.tables().stream().map(ReportRisk::group).toList(),
            counted.notCounted().stream().map(TableName::toString).toList(),
            key);
  }

  private static Group group(Manifest.QuasiIdentifiers found) {
    return new Group(
        found.table().toString(),
        String.join(", ", found.columns()),
        Quantity.count(found.rows()),
        found.empty() == 0 ? "" : Quantity.count(found.empty()),
        Quantity.count(found.smallest()),
        Quantity.count(found.unique()),
        Quantity.count(found.below()),
        share(found.below(), found.rows()));
  }

  /** A share that is not 0 is never shown as 0 %, and one that is not all never as 100 %. */
  private static Share share(long part, long all) {
    double percent = all == 0 ? 0 : 100.0 * part / all;
    String text =
        part > 0 && percent < 0.1
            ? "less than 0.1 %"
            : part < all && percent > 99.9
                ? "more than 99.9 %"
                : String.format(
                    Locale.ROOT, part == 0 || part == all ? "%.0f %%" : "%.1f %%", percent);
    return new Share(text, String.format(Locale.ROOT, "%.1f", percent));
  }

  private static Key key(Manifest.KeyReference key) {
    Manifest.KeyStore store = key.store();
    return new Key(key.fingerprint(), place(store), readers(store));
  }

  private static String place(Manifest.@Nullable KeyStore store) {
    if (store == null) {
      return "not recorded";
    }
    String id = store.id();
    return switch (store.kind()) {
          case "file" -> "a key file on the machine that ran decant";
          case "environment" -> "the environment of the process that ran decant";
          case "secrets-manager" -> "AWS Secrets Manager";
          default -> store.kind();
        }
        + (id == null ? "" : ": " + id);
  }

  private static String readers(Manifest.@Nullable KeyStore store) {
    return switch (store == null ? "" : store.kind()) {
      case "file" ->
          "the account that ran decant, the administrators of that machine, and whoever"
              + " else may read the file or a backup of it";
      case "environment" ->
          "the account that ran decant, the administrators of that machine, and"
              + " whoever sets the variable, for example in a CI system";
      case "secrets-manager" ->
          "each principal that IAM or the policy of the secret allows"
              + " secretsmanager:GetSecretValue, and whoever administers these policies";
      default -> "not recorded; ask the persons who run decant";
    };
  }
}
