package dev.decant.pull;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.Manifest;
import dev.decant.postgres.DatabaseStatements;
import dev.decant.progress.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The name that the new database gets once it is whole.
 *
 * @param old the OID of the database of that name that goes, to which the person agreed; 0: none
 * @param wanted the name to number where this one is taken after all; empty: it is not to be
 */
record PullDestination(String name, long old, String wanted) {
  private static final Set<String> SERVERS_OWN = Set.of("postgres", "template0", "template1");

  /**
   * Chooses it; asks where a database would be replaced.
   *
   * @param say told in a line of what the person did not ask for
   * @throws DecantException {@link ErrorCode#REFUSED}
   */
  static PullDestination choose(
      PullServer server,
      DatabaseNaming naming,
      Manifest manifest,
      Questions questions,
      Consumer<String> say) {
    String wanted = wanted(naming, manifest);
    Optional<ServerDatabase> there = ServerDatabase.named(server, wanted);
    if (naming.alwaysNew()) {
      PullDestination free = new PullDestination(wanted, 0, wanted);
      return there.isEmpty() ? free : free.elsewhere(server, say);
    }
    if (there.isEmpty()) {
      return new PullDestination(wanted, 0, "");
    }
    requireReplaceable(there.get(), server);
    if (!naming.overwrite()) {
      requireConsent(there.get(), server, questions);
    }
    return new PullDestination(wanted, there.get().oid(), "");
  }

  boolean replaces() {
    return old != 0;
  }

  /** Whether another name will do. */
  boolean moves() {
    return !wanted.isEmpty();
  }

  /** Where this name is taken. */
  PullDestination elsewhere(PullServer server, Consumer<String> say) {
    String free = another(server, wanted);
    say.accept("The database " + name + " is there and stays: the new one is " + free + ".");
    return new PullDestination(free, 0, wanted);
  }

  private static String wanted(DatabaseNaming naming, Manifest manifest) {
    String into = naming.into();
    if (into == null) {
      return DatabaseNames.of(manifest.snapshot(), manifest.source().takenAt());
    }
    if (!DatabaseStatements.isName(into) || DatabaseNames.isPassing(into)) {
      throw new DecantException(
          ErrorCode.USAGE, "'" + into + "' cannot name a database; give at most 63 bytes.");
    }
    return into;
  }

  /** The first of {@code NAME_2}, {@code NAME_3}, … that is free. */
  private static String another(PullServer server, String wanted) {
    for (int number = 2; ; number++) {
      String name = DatabaseNames.another(wanted, number);
      if (ServerDatabase.named(server, name).isEmpty()) {
        return name;
      }
    }
  }

  private static void requireReplaceable(ServerDatabase there, PullServer server) {
    if (there.template() || SERVERS_OWN.contains(there.name())) {
      throw refused(there.name() + " on " + server.host() + " is the server's own and stays.");
    }
    if (!there.ours()) {
      throw refused(
          "The database "
              + there.name()
              + " on "
              + server.host()
              + " belongs to "
              + there.owner()
              + ": "
              + server.address().user()
              + " may not replace it. Give another name by --into, or --new.");
    }
    List<String> others = server.rolesThatStay(there.name());
    if (!others.isEmpty()) {
      throw refused(
          "Connected to the database "
              + there.name()
              + " on "
              + server.host()
              + " is "
              + String.join(", ", others)
              + ", whose sessions "
              + server.address().user()
              + " may not end. Have them closed, or give another name by --into, or --new.");
    }
  }

  private static void requireConsent(ServerDatabase there, PullServer server, Questions questions) {
    boolean agreed =
        questions
            .agree(describe(there) + " on " + server.host() + ". Replace it?")
            .orElseThrow(
                () ->
                    refused(
                        describe(there)
                            + " on "
                            + server.host()
                            + ", and there is no terminal to ask at. Give --overwrite to replace"
                            + " it, or --new for another name."));
    if (!agreed) {
      throw refused("Nothing was changed. --new pulls into a database of another name.");
    }
  }

  private static String describe(ServerDatabase there) {
    return "The database "
        + there.name()
        + " is there ("
        + there.mark().map(m -> "a pull of " + m.snapshot()).orElse("not made by a pull")
        + (there.size() < 0 ? "" : ", " + Quantity.bytes(there.size()))
        + (there.connections() == 0
            ? ""
            : ", " + Quantity.of(there.connections(), "connections now"))
        + ")";
  }

  static DecantException refused(String message) {
    return new DecantException(ErrorCode.REFUSED, message);
  }
}
