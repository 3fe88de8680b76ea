package dev.decant.cli;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.setting.KeyPairs;
import dev.decant.setting.KeyPairs.GeneratedKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code decant key}: makes the masking key and the signing keys. */
@Command(
    name = "key",
    description = {
      "Makes new keys. Without --output it writes a masking key to stdout.",
      "",
      "masking.key is the secret key of the masks. The same key and value always give the same"
          + " masked value, and another key gives other values, so keep the key. Anybody who has it"
          + " can find raw values by masking guesses and comparing the results.",
      "",
      "signing.key is a secret key that signs manifests. It is optional.",
      "",
      "verify.key is the public key of signing.key, for readers of snapshots (DECANT_VERIFY_KEY)."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  decant key --output keys", "  export DECANT_KEY=\"$(decant key)\""})
final class KeyCommand implements Runnable {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  @Mixin CommonOptions common = new CommonOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      description =
          "Write masking.key, signing.key and verify.key into this folder. Only you can read them.")
  @Nullable Path folder;

  private final Console console;

  KeyCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    GeneratedKeys keys = KeyPairs.generate();
    if (folder != null) {
      writeAll(folder, keys);
    } else if (common.json) {
      console
          .out()
          .println(
              JsonOutput.json(
                  JsonOutput.document()
                      .put("maskingKey", keys.maskingKey())
                      .put("signingKey", keys.signingKey())
                      .put("verifyKey", keys.verifyKey())));
    } else {
      console.out().println(keys.maskingKey());
      console
          .err()
          .println(
              "This is a masking key. Keep it secret and do not lose it: another key gives other"
                  + " masked values.");
    }
  }

  private void writeAll(Path to, GeneratedKeys keys) {
    Path masking = to.resolve("masking.key");
    Path signing = to.resolve("signing.key");
    Path verify = to.resolve("verify.key");
    try {
      Files.createDirectories(to);
      write(masking, keys.maskingKey() + "\n");
      write(signing, keys.signingKey());
      write(verify, keys.verifyKey());
    } catch (FileAlreadyExistsException e) {
      throw new DecantException(
          ErrorCode.REFUSED,
          e.getFile() + " exists already, and keys are never overwritten. Name another folder.");
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.USAGE,
          "Cannot write the keys to " + to + ". Name a folder that you may write to.",
          e);
    }
    if (common.json) {
      console
          .out()
          .println(
              JsonOutput.json(
                  JsonOutput.document()
                      .put("maskingKeyFile", masking.toString())
                      .put("signingKeyFile", signing.toString())
                      .put("verifyKeyFile", verify.toString())));
    } else {
      console.out().println(masking + "\n" + signing + "\n" + verify);
    }
  }

  private static void write(Path file, String key) throws IOException {
    Files.createFile(file, OWNER_ONLY);
    Files.writeString(file, key, StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
  }
}
