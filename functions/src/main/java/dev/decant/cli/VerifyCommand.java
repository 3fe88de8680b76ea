package dev.decant.cli;

import dev.decant.audit.AuditRequest;
import dev.decant.audit.AuditResult;
import dev.decant.error.ErrorKind;
import dev.decant.progress.Progress;
import dev.decant.setting.Settings;
import dev.decant.store.SnapshotStore;
import java.security.PublicKey;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code decant verify}: checks a published snapshot. */
@Command(
    name = "verify",
    description = {
      "Checks a published snapshot, and changes nothing.",
      "",
      "It checks the signature, the form of the manifest, and the sums of the dump and of each of"
          + " its frames. Then it restores the snapshot into a temporary database with all indexes,"
          + " constraints and materialized views, counts the rows, and repeats the assertions of"
          + " --policy.",
      "",
      "It prints a line for each check, and ends with 13 if one of them fails. A snapshot that is"
          + " damaged, or that the public key did not sign, is not restored."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  decant verify --from snapshots --verify-key keys/verify.key",
      "  decant verify backend/production/app_20260323-060000 --policy policy.yaml \\",
      "      --from s3://bucket/sanitized-snapshots",
      "  decant verify --scratch postgresql://decant@db.internal:5432/postgres --json"
    })
final class VerifyCommand implements Callable<Integer> {
  @Mixin CommonOptions common = new CommonOptions();
  @Mixin AuditOptions options = new AuditOptions();

  private final Console console;
  private final Function<AuditRequest, AuditResult> useCase;

  VerifyCommand(Console console, Function<AuditRequest, AuditResult> useCase) {
    this.console = console;
    this.useCase = useCase;
  }

  @Override
  public Integer call() {
    Settings settings = options.settings(console.environment());
    @Nullable PublicKey key = AuditOptions.trustedKey(console, settings);
    Progress progress = console.progress();
    try (SnapshotStore store = StoreOptions.open(settings)) {
      AuditResult result =
          useCase.apply(
              options.request(
                  console, settings, store, key, options.policyFile().orElse(null), progress));
      progress.done();
      AuditReport.print(result, common.json, console);
      return result.holds() ? 0 : ErrorKind.VERIFICATION.exitCode();
    } finally {
      progress.done();
    }
  }
}
