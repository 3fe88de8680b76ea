package dev.decant.cli;

import dev.decant.audit.AuditRequest;
import dev.decant.audit.AuditResult;
import dev.decant.audit.EvidenceArchive;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.error.ErrorKind;
import dev.decant.policy.NamedFile;
import dev.decant.progress.Progress;
import dev.decant.setting.Settings;
import dev.decant.store.SnapshotStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code decant evidence}: packs what an auditor needs to check a snapshot without decant. */
@Command(
    name = "evidence",
    description = {
      "Verifies a published snapshot, and packs the evidence for an auditor as a zip archive.",
      "",
      "The archive holds the manifest, the signature and the signed bytes, the public key, the"
          + " policy, the report, the result of 'decant verify', and a README.md that shows how to"
          + " check all of this without decant. It holds no rows. The same snapshot always gives"
          + " the same archive.",
      "",
      "If a check fails, no archive is written, and the command ends with 13."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  decant evidence --policy policy.yaml --verify-key keys/verify.key \\",
      "      --from snapshots -o evidence.zip",
      "  decant evidence backend/production/app_20260323-060000 --policy policy.yaml \\",
      "      --from s3://bucket/sanitized-snapshots -o evidence.zip"
    })
final class EvidenceCommand implements Callable<Integer> {
  @Mixin CommonOptions common = new CommonOptions();
  @Mixin AuditOptions options = new AuditOptions();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE.zip",
      description = "The archive to write. An existing file is replaced.")
  String output = "";

  private final Console console;
  private final Function<AuditRequest, AuditResult> useCase;

  EvidenceCommand(Console console, Function<AuditRequest, AuditResult> useCase) {
    this.console = console;
    this.useCase = useCase;
  }

  @Override
  public Integer call() {
    NamedFile policy =
        options
            .policyFile()
            .orElseThrow(
                () ->
                    new DecantException(
                        ErrorCode.USAGE,
                        "The evidence needs the policy, because a store holds only its SHA-256."
                            + " Give --policy the version of the file that made the snapshot."));
    requireFile();
    Settings settings = options.settings(console.environment());
    PublicKey key = requireKey(AuditOptions.trustedKey(console, settings));
    Progress progress = console.progress();
    try (SnapshotStore store = StoreOptions.open(settings)) {
      AuditRequest request = options.request(console, settings, store, key, policy, progress);
      AuditResult result = useCase.apply(request);
      progress.done();
      if (result.holds()) {
        byte[] verdict =
            (JsonOutput.json(AuditReport.document(result)) + "\n").getBytes(StandardCharsets.UTF_8);
        write(
            out -> EvidenceArchive.of(store, request.snapshot(), key).write(policy, verdict, out));
      }
      AuditReport.print(result, common.json, console);
      if (result.holds() && !common.json) {
        console.out().println("evidence: " + output);
      }
      return result.holds() ? 0 : ErrorKind.VERIFICATION.exitCode();
    } finally {
      progress.done();
    }
  }

  /** Refuses a place that holds no file before the snapshot is verified, which may take long. */
  private void requireFile() {
    Path file = Path.of(output).toAbsolutePath();
    if (output.equals("-") || Files.isDirectory(file)) {
      throw usage("The archive needs the name of a file, and " + output + " is none. ");
    }
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw usage("The folder of the archive " + output + " does not exist. ");
    }
  }

  private static DecantException usage(String what) {
    return new DecantException(
        ErrorCode.USAGE, what + "Give -o a file in a folder that exists, such as evidence.zip.");
  }

  private static PublicKey requireKey(@Nullable PublicKey key) {
    if (key == null) {
      throw new DecantException(
          ErrorCode.KEY_MISSING,
          "The evidence needs the public key of the publisher, because without a checked signature"
              + " it proves nothing. Give --verify-key, or set DECANT_VERIFY_KEY.");
    }
    return key;
  }

  private void write(WholeFile.Writing writing) {
    try {
      WholeFile.replace(Path.of(output).toAbsolutePath(), writing);
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.STORE_FAILED,
          "The archive "
              + output
              + " could not be written. Check that its folder exists, that you may write to it, and"
              + " that its disk has space.",
          e);
    }
  }
}
