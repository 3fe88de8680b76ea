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
 * The name that the new database gets once it is complete.
 *
 * @param old the OID of the database that the person agreed to replace; 0 if there is none
 * @param wanted the name that gets a number if this name is taken; empty if another name must not
 *     be used
 */
record PullDestination(String name, long old, String wanted) {
  private static final Set<String> SERVERS_OWN = Set.of("postgres", "template0", "template1");

  /**
   * Chooses the name, and asks the person before a database is replaced.
   *
   * @param say receives a line if the name is not the wanted one
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

  /** Returns whether another name may be used. */
  boolean moves() {
    return !wanted.isEmpty();
  }

  /** The next free name, because this one is taken. */
  PullDestination elsewhere(PullServer server, Consumer<String> say) {
    String free = another(server, wanted);
    say.accept("The database " + name + " exists and stays. The new database is " + free + ".");
    return new PullDestination(free, 0, wanted);
  }

  private static String wanted(DatabaseNaming naming, Manifest manifest) {
    String into = naming.into();
    if (into == null) {
      return DatabaseNames.of(manifest.snapshot(), manifest.source().takenAt());
    }
    if (!DatabaseStatements.isName(into) || DatabaseNames.isPassing(into)) {
      throw new DecantException(
          ErrorCode.USAGE,
          "'"
              + into
              + "' cannot be the name of the database. Give a name of at most 63 bytes that is not"
              + " one of decant's temporary names.");
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
      throw refused(
          "The database "
              + there.name()
              + " on "
              + server.host()
              + " belongs to the server, so a pull does not replace it. Give another name with"
              + " --into.");
    }
    if (!there.ours()) {
      throw refused(
          "The database "
              + there.name()
              + " on "
              + server.host()
              + " belongs to "
              + there.owner()
              + ", so "
              + server.address().user()
              + " may not replace it. Give another name with --into, or use --new.");
    }
    List<String> others = server.rolesThatStay(there.name());
    if (!others.isEmpty()) {
      throw refused(
          "The database "
              + there.name()
              + " on "
              + server.host()
              + " has sessions of "
              + String.join(", ", others)
              + ", which "
              + server.address().user()
              + " may not end. Ask for these sessions to be closed, give another name with"
              + " --into, or use --new.");
    }
  }

  private static void requireConsent(ServerDatabase there, PullServer server, Questions questions) {
    boolean agreed =
        questions
            .agree(describe(there, server) + ". Replace it?")
            .orElseThrow(
                () ->
                    refused(
                        describe(there, server)
                            + ", and there is no terminal to ask at. Give --overwrite to replace"
                            + " it, or --new for another name."));
    if (!agreed) {
      throw refused(
          "Nothing was changed, because you did not agree. Use --new to pull into a database of"
              + " another name.");
    }
  }

  private static String describe(ServerDatabase there, PullServer server) {
    return "The database "
        + there.name()
        + " exists on "
        + server.host()
        + " ("
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
