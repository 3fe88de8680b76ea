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
      "Makes new keys. Without --output the masking key goes to stdout.",
      "",
      "masking.key  masks: the same key and value give the same masked value. A secret: who has it"
          + " can find raw values by trying. Keep it: another key masks differently.",
      "signing.key  signs manifests. A secret. Optional.",
      "verify.key   its public key, for readers (DECANT_VERIFY_KEY)."
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
      description = "Write masking.key, signing.key and verify.key there, for you alone to read.")
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
          .println("A masking key: keep it secret and safe. Another key masks differently.");
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
          e.getFile() + " is there already, and keys are never overwritten. Name another folder.");
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.USAGE, "Cannot write the keys to " + to + ". Name a folder of yours.", e);
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
