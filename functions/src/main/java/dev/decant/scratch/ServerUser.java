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
 * The account of an embedded server. It is decant's own account, or nobody if decant runs as root,
 * because PostgreSQL refuses to run as root.
 *
 * @param prefix the words before a command that run it under this account; empty for the own
 *     account
 */
record ServerUser(int uid, int gid, List<String> prefix) {
  private static final List<String> PROGRAM_FOLDERS =
      List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin");
  private static final String ACCOUNT = "nobody";
  private static final String WITHOUT_CORE_DUMPS = "ulimit -c 0; exec \"$@\"";

  /**
   * The account for servers of this process. If it is the own account, this process is closed to
   * other processes of the account.
   */
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
      throw new DecantException(
          ErrorCode.SCRATCH_FAILED,
          "The account nobody cannot be looked up in /etc/passwd. Run decant as another user.",
          e);
    }
  }

  /** The uid and gid of nobody. It may be empty, as the number 65534 works without an entry. */
  private static Map<String, Object> accountIds() throws IOException {
    Path accounts = Path.of("/etc/passwd");
    if (!Files.isReadable(accounts)) {
      return Map.of();
    }
    for (String line : Files.readAllLines(accounts, java.nio.charset.StandardCharsets.ISO_8859_1)) {
      String[] fields = line.split(":", -1);
      if (fields.length >= 4 && fields[0].equals(ACCOUNT)) {
        // The uid of nobody is -2 on macOS.
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
        "PostgreSQL does not run as root, and none of the programs setpriv, runuser and su exists"
            + " here, which could run it as nobody. Run decant as another user, install util-linux,"
            + " or name a server with DECANT_SCRATCH=postgresql://user@host/database.");
  }

  static List<String> prefix(String name, String program, int uid, int gid) {
    return switch (name) {
      case "setpriv" ->
          List.of(program, "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--");
      case "runuser" -> List.of(program, "-u", ACCOUNT, "--");
      default -> List.of(program, "-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", "--", ACCOUNT);
    };
  }

  /** Whether the server has another account than this process. */
  boolean foreign() {
    return !prefix.isEmpty();
  }

  /**
   * A process under this account. It does not get this process's environment, which may hold keys,
   * and it writes no core dumps, which may hold rows.
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

  /** Makes the account the owner of a file. */
  void own(Path file) throws IOException {
    if (foreign()) {
      Files.setAttribute(file, "unix:gid", gid);
      Files.setAttribute(file, "unix:uid", uid);
    }
  }

  /** Whether the account can pass through a folder and all existing folders above it. */
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

  /** Fails if the account cannot reach a folder. The message names the setting of the folder. */
  void mustReach(Path folder, String setting) {
    if (!canReach(folder)) {
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "The embedded PostgreSQL runs as nobody because decant runs as root, and nobody cannot"
              + " pass through "
              + folder
              + ". Choose another folder with "
              + setting
              + ", or run chmod o+x for this folder and the folders above it.");
    }
  }
}
