package dev.decant.manifest;

import dev.decant.progress.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The verdict of a report in words, with what was verified and what was not. */
final class ReportVerdict {
  /**
   * The verdict.
   *
   * @param complete whether everything that leaves was verified
   * @param keyId the key that signed the manifest; empty if it is not signed
   */
  record View(
      String headline,
      boolean complete,
      List<String> verified,
      List<String> notVerified,
      String keyId) {}

  private final Manifest manifest;
  private final ReportTables.Totals totals;
  private final List<String> verified = new ArrayList<>();
  private final List<String> open = new ArrayList<>();

  private ReportVerdict(Manifest manifest) {
    this.manifest = manifest;
    this.totals = ReportTables.totals(manifest);
  }

  static View of(Manifest manifest) {
    return new ReportVerdict(manifest).view();
  }

  private View view() {
    int objects =
        Objects.requireNonNullElse(manifest.notVerified(), List.<Manifest.NotVerified>of()).size();
    Manifest.Signature signature = manifest.signature();
    rules();
    constraints(objects);
    assertions();
    leakTrace();
    reidentification();
    signature();
    boolean complete = objects == 0 && manifest.leakTrace() != null;
    return new View(
        complete
            ? "Verified: all checks passed"
            : objects > 0
                ? "Verified, except for " + Quantity.counted(objects, "object") + " without rows"
                : "Verified, but without a leak trace",
        complete,
        verified,
        open,
        signature == null ? "" : signature.keyId());
  }

  private void rules() {
    verified.add(
        "Every column of every table has a rule: "
            + Quantity.counted(totals.maskedColumns(), "column")
            + (totals.maskedColumns() == 1 ? " is" : " are")
            + " masked, "
            + Quantity.count(totals.keptColumns())
            + (totals.keptColumns() == 1 ? " is" : " are")
            + " kept, and "
            + Quantity.counted(totals.truncatedTables(), "table")
            + (totals.truncatedTables() == 1 ? " is" : " are")
            + " published without rows.");
    if (totals.keptColumns() > 0) {
      open.add(
          "The values of kept columns are published as they are in production. The policy decides"
              + " that they may be. "
              + (totals.soundPersonal() == 0
                  ? "None of their names sounds personal."
                  : Quantity.count(totals.soundPersonal())
                      + (totals.soundPersonal() == 1
                          ? " of their names sounds personal."
                          : " of their names sound personal.")));
    }
  }

  private void constraints(int objects) {
    verified.add(
        "A PostgreSQL server ("
            + manifest.run().scratch()
            + ") rebuilt every constraint over the masked rows.");
    if (objects > 0) {
      open.add(
          Quantity.counted(objects, "object")
              + " without rows could not be verified. The list below names the reasons.");
    }
  }

  private void assertions() {
    long held = manifest.assertions().stream().filter(Manifest.Assertion::held).count();
    if (manifest.assertions().isEmpty()) {
      open.add("The policy has no assertions about the masked rows.");
    } else {
      verified.add(
          Quantity.count(held)
              + " of "
              + Quantity.counted(manifest.assertions().size(), "assertion")
              + " of the policy "
              + (held == 1 ? "holds." : "hold."));
    }
  }

  private void leakTrace() {
    Manifest.LeakTrace trace = manifest.leakTrace();
    if (trace == null) {
      open.add("No leak trace ran, so raw values were not searched for in the snapshot.");
      return;
    }
    verified.add(
        "The leak trace took fingerprints of "
            + Quantity.counted(trace.traced(), "raw value")
            + ", looked up "
            + Quantity.of(trace.looked(), "values and words")
            + " of the snapshot among them, and found "
            + (trace.found() == 0 ? "none." : Quantity.count(trace.found()) + "."));
    open.add(
        "The leak trace does not find a raw value that stands in the snapshot in another form, for"
            + " example with a typing error.");
    Manifest.LeakTrace.Coverage coverage = trace.coverage();
    int exceptions = coverage == null ? 0 : coverage.exceptions().size();
    if (exceptions > 0) {
      open.add(
          "The policy makes "
              + Quantity.counted(exceptions, "exception")
              + " from the leak trace. The list below names them.");
    }
  }

  private void reidentification() {
    Manifest.Reidentification counted = manifest.reidentification();
    if (counted == null) {
      open.add(
          "The policy names no quasi-identifiers, so nobody counted how many persons the kept"
              + " columns identify together.");
      return;
    }
    if (!counted.notCounted().isEmpty()) {
      open.add(
          "The quasi-identifiers of "
              + Quantity.counted(counted.notCounted().size(), "table")
              + " could not be counted within the limits of time and disk.");
    }
    if (counted.required()) {
      verified.add(
          "At least "
              + counted.k()
              + " rows share each combination of the quasi-identifiers that the policy names.");
    } else {
      long below = counted.tables().stream().mapToLong(Manifest.QuasiIdentifiers::below).sum();
      open.add(
          "The policy does not limit how rare a combination of quasi-identifiers may be. "
              + (below == 0
                  ? "No combination is shared by fewer than " + counted.k() + " rows."
                  : Quantity.counted(below, "row")
                      + (below == 1 ? " has" : " have")
                      + " a combination that fewer than "
                      + counted.k()
                      + " rows share."));
    }
  }

  private void signature() {
    Manifest.Signature signature = manifest.signature();
    if (signature == null) {
      open.add("The manifest is not signed, so nothing proves who made the snapshot.");
    } else {
      verified.add(
          "The manifest is signed, and the signature covers the digest of every part of the dump.");
    }
  }
}
