package dev.decant.cli;

import dev.decant.audit.AuditRequest;
import dev.decant.aws.Secrets;
import dev.decant.manifest.SnapshotName;
import dev.decant.manifest.Snapshots;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.NamedFile;
import dev.decant.policy.Policy;
import dev.decant.policy.parse.PolicyParser;
import dev.decant.progress.Progress;
import dev.decant.scratch.ScratchOptions;
import dev.decant.setting.Keys;
import dev.decant.setting.ScratchUrl;
import dev.decant.setting.Settings;
import dev.decant.store.SnapshotStore;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of the commands that check a published snapshot. */
final class AuditOptions {
  @Mixin StoreOptions from = new StoreOptions();
  @Mixin ScratchServerOptions temporary = new ScratchServerOptions();
  @Mixin JobsOptions connections = new JobsOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "SNAPSHOT",
      description = "The snapshot: [SERVICE/ENVIRONMENT/]NAME, or latest. Default: latest.")
  String snapshot = Snapshots.LATEST;

  @Mixin VerifyKeyOptions verifyKey = new VerifyKeyOptions();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "The policy of the snapshot, a file or s3://bucket/key. It must have the SHA-256 that the"
              + " manifest states. Its assertions are repeated over the restored rows.")
  @Nullable String policy;

  @Mixin ParameterOptions parameters = new ParameterOptions();

  Settings settings(Map<String, String> environment) {
    return connections.in(temporary.in(verifyKey.in(from.settings(environment))));
  }

  /** The file of --policy. DECANT_POLICY does not count, because it may be a newer policy. */
  Optional<NamedFile> policyFile() {
    return Optional.ofNullable(policy).map(file -> NamedFile.read("policy", file, Path.of("")));
  }

  /**
   * The public key, if there is one. Asks the user before a store or a key counts that only the
   * repository's file names, because its author could have signed the snapshot.
   */
  static @Nullable PublicKey trustedKey(Console console, Settings settings) {
    Optional<PublicKey> key = new Keys(settings, Secrets::read, console.err()::println).verifyKey();
    StoreOptions.requireTrust(console, settings, key);
    return key.orElse(null);
  }

  AuditRequest request(
      Console console,
      Settings settings,
      SnapshotStore store,
      @Nullable PublicKey key,
      @Nullable NamedFile policyFile,
      Progress progress) {
    SnapshotName name = StoreOptions.resolve(new Snapshots(store), snapshot, settings);
    return new AuditRequest(
        store,
        name,
        key,
        policyFile == null ? null : parse(settings, policyFile),
        new AuditRequest.Scratch(
            ScratchUrl.of(settings, Secrets::read),
            ScratchOptions.of(console.environment()).withRunFolder(settings.work())),
        settings.jobs(),
        progress);
  }

  private Policy parse(Settings settings, NamedFile file) {
    Map<String, String> values = parameters.values(settings);
    Policy read =
        new PolicyParser(MaskCatalog.standard())
            .parse(file.location(), file.content(), file.beside(), values);
    parameters.requireKnown(read.parameters(), "policy");
    return read;
  }
}
