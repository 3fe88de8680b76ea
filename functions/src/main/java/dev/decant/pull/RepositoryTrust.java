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
 * Asks for consent to a store and a verification key that the {@code decant.yaml} of a repository
 * names. The author of that file decides whose SQL runs on the person's server, so the person is
 * asked once for each store together with the key that must have signed its snapshots. A store or a
 * key that the person names by an option or a variable needs no question.
 */
public final class RepositoryTrust {
  private RepositoryTrust() {}

  /**
   * Asks if this is necessary.
   *
   * @param settings the settings of the call, with those of the file as fallbacks
   * @param file the {@code decant.yaml} of the repository
   * @param key the verification key of this call
   * @throws DecantException {@link ErrorCode#REFUSED} if the person does not agree or nobody can be
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
    // The agreement depends on the key: a store whose snapshots need no signature is another case.
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
                + " now, and until the file changes them?");
    if (answer.isEmpty()) {
      throw refused(
          file
              + " names "
              + what
              + ". Nobody has agreed to that yet, and there is no terminal to ask at.",
          store,
          keyId);
    }
    if (!answer.get()) {
      throw refused("You did not agree to use " + what + " from " + file + ".", store, keyId);
    }
  }

  private static DecantException refused(
      String why, Optional<String> store, Optional<String> keyId) {
    List<String> own = new ArrayList<>();
    store.ifPresent(_ -> own.add("--from STORE (or DECANT_STORE)"));
    keyId.ifPresent(_ -> own.add("--verify-key FILE (or DECANT_VERIFY_KEY)"));
    return new DecantException(
        ErrorCode.REFUSED, why + " Name what you trust by " + String.join(" and ", own) + ".");
  }
}
