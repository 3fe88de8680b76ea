package dev.decant.demo;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SigningKey;
import dev.decant.manifest.SnapshotName;
import dev.decant.mask.cipher.MaskingKey;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.Policy;
import dev.decant.policy.PolicyFiles;
import dev.decant.policy.parse.PolicyParser;
import dev.decant.progress.Progress;
import dev.decant.pull.PullResult;
import dev.decant.refresh.RefreshResult;
import dev.decant.resource.PackagedFile;
import dev.decant.sanitize.Sanitization;
import dev.decant.sanitize.SanitizeRequest;
import dev.decant.sanitize.SanitizeRequest.Checks;
import dev.decant.sanitize.SanitizeRequest.Execution;
import dev.decant.sanitize.SanitizeRequest.ScratchSettings;
import dev.decant.sanitize.SanitizeRequest.SnapshotKeys;
import dev.decant.sanitize.SanitizeResult;
import dev.decant.sanitize.Turn;
import dev.decant.scratch.Folders;
import dev.decant.scratch.ScratchOptions;
import dev.decant.setting.KeyPairs;
import dev.decant.setting.Keys;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import dev.decant.source.Source;
import dev.decant.source.Sources;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.stream.Digests;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The demo. It writes a production dump into a folder, sanitizes it, refreshes a staging database
 * from it, rolls that back, and pulls it for a developer. It uses the same use cases as the
 * functions and the command line. All files are in one folder, which the demo creates and which a
 * second run empties.
 */
public final class Demo {
  private static final String MARKER = ".decant-demo";
  private static final long SEED = 20260323;
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final Path folder;
  private final Progress progress;

  /**
   * The results of all steps of the demo.
   *
   * @param rows fields of some rows before and after the masking
   */
  public record Story(
      Paths paths,
      SanitizeResult result,
      List<BeforeAfter> rows,
      RefreshResult refresh,
      RefreshResult rollback,
      PullResult pull) {
    public Story {
      rows = List.copyOf(rows);
    }
  }

  /**
   * The locations of the demo's files.
   *
   * @param raw the production dump
   * @param store the folder of sanitized snapshots
   * @param targets the targets file of the staging database
   */
  public record Paths(Path folder, Path raw, Path policy, Path store, Path targets) {}

  private Demo(Path folder, Progress progress) {
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Runs the demo.
   *
   * @param bytes the approximate size of the uncompressed production dump
   */
  public static Story run(Path folder, long bytes, Progress progress) {
    try {
      return new Demo(folder.toAbsolutePath().normalize(), progress).run(bytes);
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.USAGE,
          "The demo cannot write to its folder " + folder + ". Give another folder with --dir.",
          e);
    }
  }

  private Story run(long bytes) throws IOException {
    claimFolder();
    Path keys = writeKeys();
    Path policyFile = folder.resolve("policy.yaml");
    if (!Files.exists(policyFile)) {
      Files.write(policyFile, PackagedFile.bytes(Demo.class, "policy.yaml"));
    } else if (!Arrays.equals(
        Files.readAllBytes(policyFile), PackagedFile.bytes(Demo.class, "policy.yaml"))) {
      progress.message(
          "The policy "
              + policyFile
              + " was edited, so the demo uses it as it is. Delete it to get the original one.");
    }
    SnapshotName name =
        new SnapshotName(
            "shop",
            "production",
            "pgsql_shop_" + STAMP.format(Instant.now().atOffset(ZoneOffset.UTC)));
    Path raw = folder.resolve("raw/snapshots").resolve(name + SnapshotName.DUMP);
    land(raw, bytes);
    Path storeFolder = folder.resolve("sanitized-snapshots");
    Keys secrets = secrets(keys);
    SanitizeResult result = sanitize(raw, policyFile, secrets, name, storeFolder);
    Path sanitized = storeFolder.resolve(name + SnapshotName.DUMP);
    DemoStaging.Done staging =
        DemoStaging.run(folder, storeFolder, name, secrets.signingKey().orElseThrow(), progress);
    return new Story(
        new Paths(folder, raw, policyFile, storeFolder, staging.targets()),
        result,
        BeforeAfter.of(raw, sanitized),
        staging.refresh(),
        staging.rollback(),
        staging.pull());
  }

  /** Requires an empty folder or one that an earlier demo created, and empties it. */
  private void claimFolder() throws IOException {
    if (Files.exists(folder) && !Files.exists(folder.resolve(MARKER))) {
      try (var entries = Files.list(folder)) {
        if (entries.findAny().isPresent()) {
          throw new DecantException(
              ErrorCode.REFUSED,
              "The folder "
                  + folder
                  + " contains files that no demo created. Nothing was changed. Give another folder"
                  + " with --dir.");
        }
      }
    }
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve(MARKER), "This folder was created by `decant demo`, which may empty it.\n");
    for (String own : List.of("raw", "sanitized-snapshots", "keys")) {
      Folders.delete(folder.resolve(own));
    }
  }

  private Path writeKeys() throws IOException {
    Path keys = Files.createDirectories(folder.resolve("keys"));
    KeyPairs.GeneratedKeys generated = KeyPairs.generate();
    var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Files.writeString(
        Files.createFile(keys.resolve("masking.key"), mine), generated.maskingKey() + "\n");
    Files.writeString(Files.createFile(keys.resolve("signing.pem"), mine), generated.signingKey());
    Files.writeString(keys.resolve("verify.pem"), generated.verifyKey());
    return keys;
  }

  /** Writes the dump and its MD5 file, as a backup job does. */
  private void land(Path raw, long bytes) throws IOException {
    progress.stage("a production dump arrives", bytes, "B");
    Files.createDirectories(Objects.requireNonNull(raw.getParent()));
    MessageDigest md5 = Digests.md5();
    try (OutputStream file = Files.newOutputStream(raw);
        DigestOutputStream digested = new DigestOutputStream(file, md5);
        ZstdOutputStreamNoFinalizer zstd = new ZstdOutputStreamNoFinalizer(digested, 3)) {
      zstd.setChecksum(true);
      ShopDump.write(new ProgressStream(zstd, progress), bytes, SEED);
    }
    Files.writeString(Path.of(raw + ".md5"), Digests.hex(md5) + "  " + raw.getFileName() + "\n");
    progress.done();
  }

  private Keys secrets(Path keys) {
    Settings settings =
        new Settings(Map.of())
            .with(Setting.KEY_FILE, keys.resolve("masking.key").toString())
            .with(Setting.SIGNING_KEY_FILE, keys.resolve("signing.pem").toString());
    return new Keys(settings, arn -> new byte[0], progress::message);
  }

  private SanitizeResult sanitize(
      Path raw, Path policyFile, Keys secrets, SnapshotName name, Path storeFolder)
      throws IOException {
    MaskingKey key = secrets.maskingKey();
    SigningKey signing = secrets.signingKey().orElse(null);
    Policy policy =
        new PolicyParser(MaskCatalog.standard())
            .parse(
                policyFile.toString(),
                Files.readAllBytes(policyFile),
                PolicyFiles.in(folder),
                Map.of("PROD_ADMIN_EMAIL", ShopDump.ADMIN_EMAIL));
    try (Source source = Sources.open(raw.toString());
        SnapshotStore store = Stores.open(storeFolder.toString())) {
      return Sanitization.run(
          new SanitizeRequest(
              source,
              name,
              policy,
              store,
              new SnapshotKeys(key, secrets.maskingKeyStore(), signing),
              new ScratchSettings("embedded", ScratchOptions.of(System.getenv())),
              new Execution(
                  Runtime.getRuntime().availableProcessors(),
                  Path.of(System.getProperty("java.io.tmpdir")),
                  null,
                  progress,
                  Execution.TRACE_MEMORY,
                  Turn.NOW),
              Checks.STANDARD));
    }
  }
}
