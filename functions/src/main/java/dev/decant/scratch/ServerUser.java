package dev.decant.scratch;

import com.sun.security.auth.module.UnixSystem;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The account that an embedded server runs under: our own, or nobody where we are root, because
 * PostgreSQL refuses to run as root.
 *
 * @param prefix what stands before a command to run it under that account; empty for our own
 */
record ServerUser(int uid, int gid, List<String> prefix) {
  private static final List<String> PROGRAM_FOLDERS =
      List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin");
  private static final String ACCOUNT = "nobody";
  private static final String WITHOUT_CORE_DUMPS = "ulimit -c 0; exec \"$@\"";

  /** Also closes this process to others of its account where the server will have the same. */
  static ServerUser current() {
    UnixSystem system = new UnixSystem();
    if (system.getUid() != 0) {
      ClosedProcess.close();
    }
    return system.getUid() == 0
        ? unprivileged()
        : new ServerUser((int) system.getUid(), (int) system.getGid(), List.of());
  }

  private static ServerUser unprivileged() {
    try {
      Map<String, Object> ids = accountIds();
      int uid = (Integer) ids.getOrDefault("uid", 65534);
      int gid = (Integer) ids.getOrDefault("gid", 65534);
      return new ServerUser(uid, gid, dropPrefix(uid, gid));
    } catch (IOException e) {
      throw new DecantException(ErrorCode.SCRATCH_FAILED, "cannot look up account nobody", e);
    }
  }

  /** uid and gid of nobody, or empty: the number 65534 serves without an entry as well. */
  private static Map<String, Object> accountIds() throws IOException {
    Path accounts = Path.of("/etc/passwd");
    if (!Files.isReadable(accounts)) {
      return Map.of();
    }
    for (String line : Files.readAllLines(accounts, java.nio.charset.StandardCharsets.ISO_8859_1)) {
      String[] fields = line.split(":", -1);
      if (fields.length >= 4 && fields[0].equals(ACCOUNT)) {
        // nobody is -2 on macOS
        return Map.of(
            "uid", (int) Long.parseLong(fields[2]), "gid", (int) Long.parseLong(fields[3]));
      }
    }
    return Map.of();
  }

  private static List<String> dropPrefix(int uid, int gid) {
    for (String name : List.of("setpriv", "runuser", "su")) {
      for (String folder : PROGRAM_FOLDERS) {
        Path program = Path.of(folder, name);
        if (Files.isExecutable(program)) {
          return prefix(name, program.toString(), uid, gid);
        }
      }
    }
    throw new DecantException(
        ErrorCode.SCRATCH_FAILED,
        "PostgreSQL does not run as root, and none of setpriv, runuser, su is here to run it as"
            + " nobody; run decant as another user, install util-linux, or set"
            + " DECANT_SCRATCH=postgresql://… to use a server");
  }

  static List<String> prefix(String name, String program, int uid, int gid) {
    return switch (name) {
      case "setpriv" ->
          List.of(program, "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--");
      case "runuser" -> List.of(program, "-u", ACCOUNT, "--");
      default -> List.of(program, "-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", "--", ACCOUNT);
    };
  }

  /** Whether the server runs under another account than we do. */
  boolean foreign() {
    return !prefix.isEmpty();
  }

  /**
   * A process under this account, without our environment, which may hold keys, and without core
   * dumps, which may hold rows.
   */
  ProcessBuilder process(List<String> command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(List.of("/bin/sh", "-c", WITHOUT_CORE_DUMPS, "decant"));
    all.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(all).directory(Path.of("/").toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(Map.of("PATH", String.join(":", PROGRAM_FOLDERS), "LC_ALL", "C", "TZ", "UTC"));
    return builder;
  }

  /** Makes the account the owner of a file of ours. */
  void own(Path file) throws IOException {
    if (foreign()) {
      Files.setAttribute(file, "unix:gid", gid);
      Files.setAttribute(file, "unix:uid", uid);
    }
  }

  /** Whether the account can pass through all folders down to this one, as far as they exist. */
  boolean canReach(Path folder) {
    if (!foreign()) {
      return true;
    }
    for (Path at = folder; at != null; at = at.getParent()) {
      try {
        if (Files.exists(at)
            && !Files.getPosixFilePermissions(at).contains(PosixFilePermission.OTHERS_EXECUTE)) {
          return false;
        }
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }

  void mustReach(Path folder, String setting) {
    if (!canReach(folder)) {
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "the embedded PostgreSQL runs as nobody because decant runs as root, and nobody cannot"
              + " pass through "
              + folder
              + "; choose another folder by "
              + setting
              + ", or chmod o+x the folders above");
    }
  }
}
