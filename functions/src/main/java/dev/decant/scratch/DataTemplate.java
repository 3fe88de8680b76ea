package dev.decant.scratch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * An empty data directory. initdb makes it once, which takes half a second, and each run copies it,
 * which takes 30 ms.
 *
 * @param folder the folder that holds {@code data}, which belongs to the server's account, and
 *     {@code password}, which only decant's account can read. A server that starts from the copy
 *     has this password until it gets one of its own
 */
record DataTemplate(Path folder) {
  /** The approximate size of an empty server. */
  static final long BYTES = 40L << 20;

  /**
   * The superuser that initdb makes. It creates the {@link PlainRole} and never runs SQL of a dump.
   */
  static final String SUPERUSER = "decant_admin";

  static DataTemplate of(PostgresHome home, CacheFolder cache, ServerUser user) {
    String name = home.id() + "-data4-" + user.uid();
    return new DataTemplate(cache.get(name, folder -> make(home, folder, user)));
  }

  Path data() {
    return folder.resolve("data");
  }

  String password() throws IOException {
    return Files.readString(folder.resolve("password"));
  }

  private static void make(PostgresHome home, Path folder, ServerUser user) throws IOException {
    String password = RandomPassword.create();
    Path forInitdb = secret(folder.resolve("password-for-initdb"), password);
    user.own(forInitdb);
    Path data = Folders.create(folder.resolve("data"), "rwx------");
    user.own(data);
    Path output = folder.resolve("output");
    String said = initdb(home, data, forInitdb, output, user);
    if (said.contains("could not look up effective user ID")) {
      PostgresHome nameless = NamelessPrograms.of(home, folder.resolve("nameless"));
      said = initdb(nameless, data, forInitdb, output, user);
      Folders.delete(nameless.root());
    }
    if (!Files.exists(data.resolve("PG_VERSION"))
        || !Files.exists(data.resolve("postgresql.conf"))) {
      throw ServerFailure.of("initdb failed", said, folder, BYTES);
    }
    Files.delete(forInitdb);
    // The version is written here, as only the server's account may read the file in the data.
    Files.writeString(folder.resolve("version"), Integer.toString(home.majorVersion(user, output)));
    Files.delete(output);
    secret(folder.resolve("password"), password);
  }

  private static Path secret(Path file, String text) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, text);
  }

  private static String initdb(
      PostgresHome home, Path data, Path password, Path output, ServerUser user)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(home.program("initdb").toString()));
    command.addAll(List.of("-D", data.toString(), "-U", SUPERUSER, "-E", "UTF8"));
    command.addAll(List.of("-A", "scram-sha-256", "--pwfile=" + password));
    command.addAll(List.of("-N", "--wal-segsize=1", "--locale=C"));
    int version = home.majorVersion(user, output);
    if (version >= RandomPassword.ROUNDS_CAN_BE_SET) {
      command.add("--set=" + RandomPassword.ONE_ROUND);
    }
    if (version >= 17) {
      // This provider knows the case of all letters, whatever locales the machine has.
      command.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
    }
    if (version >= 18) {
      command.add("--no-data-checksums");
    }
    home.run(user, command, output);
    return Files.readString(output);
  }
}
