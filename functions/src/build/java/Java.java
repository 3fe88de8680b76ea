import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The Java that an archive carries.
 *
 * @param platform its platform, as in the name of the archive
 * @param modules the folder with the files {@code *.jmod} that it is made of; empty stands for the
 *     modules of the JDK that runs this program
 */
record Java(String platform, Optional<Path> modules) {
  /**
   * What jdeps finds in the jar, without java.desktop and java.compiler, whose few classes no code
   * of decant reaches. jdk.charsets has the encodings of dumps, and jdk.unsupported is used by
   * reflection.
   */
  private static final String MODULES =
      "java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.sql,java.xml,"
          + "jdk.charsets,jdk.management,jdk.security.auth,jdk.unsupported";

  /** For each platform, how the archive of its PostgreSQL is called in the jar. */
  private static final Map<String, String> POSTGRES =
      Map.of(
          "linux-x86_64", "linux-x86_64",
          "linux-aarch64", "linux-arm_64",
          "macos-x86_64", "darwin-x86_64",
          "macos-aarch64", "darwin-arm_64");

  /** The Java of the JDK that runs this program. */
  static Java ofThisJdk() {
    String system = System.getProperty("os.name").startsWith("Mac") ? "macos" : "linux";
    return new Java(platform(system + "-" + System.getProperty("os.arch")), Optional.empty());
  }

  /** The Java of the modules in a folder, which name their platform. */
  static Java of(Path modules) {
    StringWriter description = new StringWriter();
    run("jmod", new PrintWriter(description), "describe", modules + "/java.base.jmod");
    String platform =
        description
            .toString()
            .lines()
            .filter(line -> line.startsWith("platform "))
            .map(line -> line.substring("platform ".length()))
            .findFirst()
            .orElseThrow();
    return new Java(platform(platform), Optional.of(modules));
  }

  private static String platform(String name) {
    String platform = name.replace("amd64", "x86_64");
    if (!POSTGRES.containsKey(platform)) {
      throw new IllegalArgumentException("There is no archive for the platform " + name + ".");
    }
    return platform;
  }

  /** Whether this machine can run it. */
  boolean runsHere() {
    return platform.equals(ofThisJdk().platform);
  }

  /** Refuses a jar with the PostgreSQL of another platform. */
  void requirePostgres(Path jar) throws IOException {
    String name = "postgres-" + POSTGRES.get(platform) + ".tar.zst";
    try (ZipFile file = new ZipFile(jar.toFile())) {
      List<String> found =
          file.stream().map(ZipEntry::getName).filter(e -> e.matches("postgres-.*\\.zst")).toList();
      if (!found.equals(List.of(name))) {
        throw new IllegalStateException(
            jar + " must have " + name + ", but has " + found + ". Set -Dpostgres.platform.");
      }
    }
  }

  /** Makes it with only the modules that are needed. */
  void link(Path runtime) {
    List<String> options = new ArrayList<>();
    modules.ifPresent(folder -> options.addAll(List.of("--module-path", folder.toString())));
    // The archive is compressed as a whole.
    options.addAll(List.of("--add-modules", MODULES, "--compress=zip-0"));
    options.addAll(List.of("--no-header-files", "--no-man-pages", "--output", runtime.toString()));
    run("jlink", new PrintWriter(System.out), options.toArray(String[]::new));
  }

  private static void run(String tool, PrintWriter out, String... arguments) {
    PrintWriter err = new PrintWriter(System.err, true);
    int code = ToolProvider.findFirst(tool).orElseThrow().run(out, err, arguments);
    out.flush();
    if (code != 0) {
      throw new IllegalStateException(tool + " ended with " + code + ". Its output is above.");
    }
  }
}
