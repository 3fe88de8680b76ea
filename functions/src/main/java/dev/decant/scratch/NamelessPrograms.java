package dev.decant.scratch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Copies of initdb and postgres that run under a uid without an entry in /etc/passwd, as some
 * containers and sandboxes have. initdb asks for the name of its own account and fails if there is
 * none, although it only needs the name for a default that decant overrides. The server does not
 * ask. In the copies, the imported function {@code getpwuid} of glibc is replaced by {@code
 * getpwent}, which returns the first entry. Both names have the same length and the same symbol
 * version. The copies make the data directory and are then removed.
 */
final class NamelessPrograms {
  private static final byte[] ASKS = "\0getpwuid\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] TAKES_FIRST = "\0getpwent\0".getBytes(StandardCharsets.ISO_8859_1);

  private NamelessPrograms() {}

  static PostgresHome of(PostgresHome home, Path folder) throws IOException {
    Folders.create(folder, "rwxr-xr-x");
    Folders.create(folder.resolve("bin"), "rwxr-xr-x");
    for (String shared : new String[] {"lib", "share"}) {
      Files.createSymbolicLink(folder.resolve(shared), home.root().resolve(shared));
    }
    for (String program : new String[] {"initdb", "postgres"}) {
      byte[] code = Files.readAllBytes(home.program(program));
      replaceAll(code);
      Path copy = folder.resolve("bin").resolve(program);
      Files.write(copy, code);
      Folders.permit(copy, "rwxr-xr-x");
    }
    return new PostgresHome(folder, home.id(), null);
  }

  private static void replaceAll(byte[] code) {
    for (int at = 0; at <= code.length - ASKS.length; at++) {
      if (java.util.Arrays.equals(code, at, at + ASKS.length, ASKS, 0, ASKS.length)) {
        System.arraycopy(TAKES_FIRST, 0, code, at, ASKS.length);
      }
    }
  }
}
