package dev.decant.pull;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.Signatures;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The consent to a store and to a verification key that a repository's {@code decant.yaml} names.
 * Whoever writes that file decides whose SQL runs on the reader's server, so the reader is asked
 * once for each store together with the key that must have signed its snapshots. What the reader
 * names by an option or a variable needs no question.
 */
public final class RepositoryTrust {
  private RepositoryTrust() {}

  /**
   * Asks where that is necessary.
   *
   * @param settings those of the call, with the file's as fallbacks
   * @param file the repository's {@code decant.yaml}
   * @param key the verification key that counts for this call
   * @throws DecantException {@link ErrorCode#REFUSED} where the answer is no, or nobody can be
   *     asked
   */
  public static void require(
      Settings settings, Path file, Optional<PublicKey> key, Agreements agreements) {
    Optional<String> store = settings.fallback(Setting.STORE);
    Optional<String> keyId =
        settings.fallback(Setting.VERIFY_KEY).flatMap(_ -> key).map(Signatures::keyId);
    if (store.isEmpty() && keyId.isEmpty()) {
      return;
    }
    List<String> named = new ArrayList<>();
    store.ifPresent(s -> named.add("the store " + s));
    keyId.ifPresent(id -> named.add("the verification key " + id));
    String what = String.join(" and ", named);
    // A store whose snapshots need a signature is another matter than one whose snapshots need
    // none.
    String checked = keyId.orElse(key.isPresent() ? "the reader's own" : "none");
    String content = "store " + store.orElse("the reader's own") + "\nkey " + checked;
    Optional<Boolean> answer =
        agreements.agreed(
            content.getBytes(UTF_8),
            what,
            file
                + " names "
                + what
                + (key.isEmpty() ? " (its snapshots need no signature)" : "")
                + ". Use "
                + (named.size() == 1 ? "it" : "them")
                + ", now and until the file names another?");
    if (answer.isEmpty()) {
      throw refused(
          file
              + " names "
              + what
              + ", which nobody agreed to yet, and there is no terminal to ask at.",
          store,
          keyId);
    }
    if (!answer.get()) {
      throw refused("You did not agree to " + what + " of " + file + ".", store, keyId);
    }
  }

  private static DecantException refused(
      String why, Optional<String> store, Optional<String> keyId) {
    List<String> own = new ArrayList<>();
    store.ifPresent(_ -> own.add("--from STORE (or DECANT_STORE)"));
    keyId.ifPresent(_ -> own.add("--verify-key FILE (or DECANT_VERIFY_KEY)"));
    return new DecantException(
        ErrorCode.REFUSED,
        why + " To use what you trust, name it yourself: " + String.join(" and ", own) + ".");
  }
}
