package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a test project. Its jar prints its arguments, and its Maven is a script. */
final class LauncherIT {
  private static final String THIS_JAVA = System.getProperty("java.home");
  private static final String TOOLS = "/usr/bin:/bin";

  @TempDir Path folder;
  private Path project;
  private Path jar;
  private Path mavenFolder;
  private final Map<String, String> environment = new LinkedHashMap<>();

  @BeforeEach
  void makeProject() throws IOException {
    project = folder.resolve("a project $HOME * with spaces");
    jar = project.resolve("functions/target/decant.jar");
    Files.createDirectories(project.resolve("functions/src/main/java"));
    Files.createDirectories(project.resolve("functions/src/build"));
    Files.createDirectories(jar.getParent());
    Files.copy(Path.of("../decant"), project.resolve("decant"));
    Files.writeString(project.resolve("pom.xml"), "");
    Files.writeString(project.resolve("functions/pom.xml"), "");
    Files.writeString(project.resolve("functions/src/main/java/A.java"), "");
    writeJar(folder.resolve("built.jar"));
    // An empty archive means that this Java cannot make one. Making one would take seconds.
    Files.writeString(archive(), "");
    Files.setLastModifiedTime(archive(), FileTime.from(Instant.now().plusSeconds(3600)));
    mavenFolder = Files.createDirectory(folder.resolve("maven"));
    maven("echo built >>'" + folder + "/builds'; sleep 1; cp '" + folder + "/built.jar' \"$1\"");
    environment.put("PATH", mavenFolder + ":" + TOOLS);
    environment.put("HOME", Files.createDirectory(folder.resolve("home")).toString());
    environment.put("DECANT_JAVA_HOME", THIS_JAVA);
  }

  @Test
  void aMissingJarIsBuiltOnceWithAWordOnStderr() throws Exception {
    Ran first = run("one", "two words", "*");
    Ran second = run("again");

    assertThat(first.err).contains("decant: Building");
    assertThat(first.out).startsWith("[one, two words, *]");
    assertThat(second.err).isEmpty();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void aWarningOfANewerCompilerCannotFailTheBuild() throws Exception {
    run();

    assertThat(mavenArguments()).content().contains(" -Ddecant.lint=off");
  }

  @Test
  void aSourceNewerThanTheJarBuildsAgain() throws Exception {
    run();
    touch(project.resolve("functions/src/main/java/A.java"));

    assertThat(run().err).contains("decant: Building");
    assertThat(builds()).isEqualTo(2);
  }

  /** The jar has files that a program of the build makes. */
  @Test
  void aProgramOfTheBuildNewerThanTheJarBuildsAgain() throws Exception {
    run();
    touch(Files.createFile(project.resolve("functions/src/build/Pack.java")));

    assertThat(run().err).contains("decant: Building");
  }

  @Test
  void aRemovedSourceBuildsAgain() throws Exception {
    run();
    Files.delete(project.resolve("functions/src/main/java/A.java"));
    touch(project.resolve("functions/src/main/java"));

    assertThat(run().err).contains("decant: Building");
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    Process first = start();
    Process second = start();

    assertThat(result(first).exitCode).isZero();
    assertThat(result(second).exitCode).isZero();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void aDeadBuildsLockIsTakenOver() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Path lock = Files.createDirectory(jar.resolveSibling("decant-build.lock"));
    Files.writeString(lock.resolve("pid"), dead.pid() + "\n");

    assertThat(run().exitCode).isZero();
    assertThat(lock).doesNotExist();
  }

  @Test
  void aStaleJarThatCannotBeBuiltForWantOfAPlaceIsTold() throws Exception {
    run();
    touch(project.resolve("functions/src/main/java/A.java"));
    // Root may write to every folder, so a mkdir that always fails stands for a folder without
    // rights.
    Path mkdir = mavenFolder.resolve("mkdir");
    Files.writeString(mkdir, "#!/bin/sh\n[ \"$1\" = -p ]\n");
    Files.setPosixFilePermissions(mkdir, PosixFilePermissions.fromString("rwxr-xr-x"));

    Ran ran = run();

    assertThat(ran.exitCode).isEqualTo(2);
    assertThat(ran.err).contains("Cannot write to " + jar.getParent());
  }

  @Test
  void aFailedBuildShowsItsOutputAndRunsNothing() throws Exception {
    run();
    touch(project.resolve("functions/src/main/java/A.java"));
    maven("echo 'A.java: not Java'; exit 1");

    Ran ran = run();

    assertThat(ran.exitCode).isEqualTo(1);
    assertThat(ran.err).contains("A.java: not Java", "The build failed");
    assertThat(ran.out).isEmpty();
    assertThat(jar.resolveSibling("decant-build.lock")).doesNotExist();
  }

  @Test
  void withoutMavenTheWrapperBuilds() throws Exception {
    Files.move(mavenFolder.resolve("mvn"), project.resolve("mvnw"));
    environment.put("PATH", pathWithoutMaven());

    Ran ran = run("x");

    assertThat(ran.err).contains("decant: Building");
    assertThat(ran.out).startsWith("[x]");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void withoutMavenAndWrapperItSaysWhatToInstall() throws Exception {
    Files.delete(mavenFolder.resolve("mvn"));
    environment.put("PATH", pathWithoutMaven());

    Ran ran = run();

    assertThat(ran.exitCode).isEqualTo(2);
    assertThat(ran.err)
        .contains("neither mvn on the PATH nor " + project + "/mvnw", "Install Apache Maven");
  }

  @Test
  void withoutSourcesTheJarIsNeverBuilt() throws Exception {
    run();
    touch(project.resolve("pom.xml"));
    Files.delete(project.resolve("functions/src/main/java/A.java"));
    Files.delete(project.resolve("functions/src/main/java"));
    Files.delete(project.resolve("functions/src/main"));

    run();

    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void itIsFoundThroughLinks() throws Exception {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("first"), project.resolve("decant"));
    Files.createSymbolicLink(bin.resolve("second"), Path.of("first"));

    Ran ran = result(start(bin.resolve("second").toString(), "x"));

    assertThat(ran.out).startsWith("[x]");
  }

  @Test
  void aJavaHomeThatIsTooOldIsPassedOver() throws Exception {
    environment.remove("DECANT_JAVA_HOME");
    environment.put("JAVA_HOME", fakeJdk("old", "17.0.1").toString());
    environment.put("SDKMAN_DIR", folder.resolve("sdkman").toString());
    linkThisJava(folder.resolve("sdkman/candidates/java/25-tem"));

    assertThat(run("x").out).startsWith("[x]");
  }

  @Test
  void theJavaOnThePathIsFoundThroughItsLinks() throws Exception {
    environment.remove("DECANT_JAVA_HOME");
    Path bin = Files.createDirectory(folder.resolve("path"));
    Files.createSymbolicLink(bin.resolve("java"), Path.of(THIS_JAVA, "bin", "java"));
    environment.put("PATH", mavenFolder + ":" + bin + ":" + TOOLS);

    assertThat(run("x").out).contains("home " + Path.of(THIS_JAVA).toRealPath());
  }

  @Test
  void aNamedJavaThatIsTooOldIsAnError() throws Exception {
    environment.put("DECANT_JAVA_HOME", fakeJdk("old", "24.0.2").toString());

    Ran ran = run();

    assertThat(ran.exitCode).isEqualTo(2);
    assertThat(ran.err).contains("DECANT_JAVA_HOME", "not a JDK 25 or later");
  }

  @Test
  void aDamagedArchiveDoesNotMatter() throws Exception {
    run();
    Files.writeString(archive(), "junk");
    Files.setLastModifiedTime(archive(), Files.getLastModifiedTime(jar));

    Ran ran = run("x");

    assertThat(ran.exitCode).isZero();
    assertThat(ran.out).startsWith("[x]");
    assertThat(ran.err).isEmpty();
  }

  @Test
  void anArchiveIsMadeOnceForEachJar() throws Exception {
    Files.setLastModifiedTime(archive(), FileTime.from(Instant.now().minusSeconds(60)));

    assertThat(run().err).contains("Preparing a fast start");
    assertThat(archive()).isNotEmptyFile();
    assertThat(run().err).isEmpty();
  }

  @Test
  void anArchiveOfAnotherJarIsReplaced() throws Exception {
    run();
    Files.setLastModifiedTime(archive(), FileTime.from(Instant.now().plusSeconds(60)));

    assertThat(run().err).contains("Preparing a fast start");
    assertThat(Files.getLastModifiedTime(archive())).isEqualTo(Files.getLastModifiedTime(jar));
  }

  @Test
  void aReleasedArchiveHasItsOwnJava() throws Exception {
    Path released = released();
    environment.remove("DECANT_JAVA_HOME");
    environment.put("JAVA_HOME", fakeJdk("another", "26").toString());

    Ran ran = result(start(released.resolve("bin/decant").toString(), "x"));

    assertThat(ran.out).startsWith("[x]").contains("home " + Path.of(THIS_JAVA).toRealPath());
    assertThat(released.resolve("lib").toFile().list())
        .contains("decant-" + System.getProperty("java.version") + ".jsa");
  }

  @Test
  void aReleasedArchiveWithoutItsJavaSaysSo() throws Exception {
    Path released = released();
    environment.remove("DECANT_JAVA_HOME");
    Files.delete(released.resolve("lib/runtime"));

    Ran ran = result(start(released.resolve("bin/decant").toString(), "x"));

    assertThat(ran.exitCode).isEqualTo(2);
    assertThat(ran.err).contains("lib/runtime", "Unpack the archive again");
  }

  @Test
  void aReleasedArchiveWithoutItsJarSaysSo() throws Exception {
    Path released = released();
    Files.delete(released.resolve("lib/decant.jar"));

    Ran ran = result(start(released.resolve("bin/decant").toString(), "x"));

    assertThat(ran.exitCode).isEqualTo(2);
    assertThat(ran.err).contains("lib/decant.jar", "Unpack the archive again");
  }

  @Test
  void aReleasedArchiveThatHasOnlyTheLauncherSaysSo() throws Exception {
    Path copy = Files.createDirectories(folder.resolve("copy/bin")).resolve("decant");
    Files.copy(Path.of("../decant"), copy);

    Ran ran = result(start(copy.toString(), "x"));

    assertThat(ran.exitCode).isEqualTo(2);
    assertThat(ran.err)
        .contains("copy/lib/decant.jar", "Unpack the archive again", "symbolic link");
    assertThat(copy.getParent()).isDirectoryNotContaining("glob:**functions");
  }

  private Path released() throws IOException {
    Path released = folder.resolve("a release with spaces");
    Files.createDirectories(released.resolve("bin"));
    Files.copy(Path.of("../decant"), released.resolve("bin/decant"));
    linkThisJava(released.resolve("lib/runtime"));
    Files.copy(folder.resolve("built.jar"), released.resolve("lib/decant.jar"));
    return released;
  }

  @Test
  void optionsForTheJvmComeAfterTheDefaults() throws Exception {
    environment.put("DECANT_JAVA_OPTS", "-Xmx64m -XX:+UseParallelGC -Da=b");

    Ran ran = run();

    assertThat(ran.out).containsPattern("heap 6[0-4]\\b").contains("a b");
    assertThat(ran.err).doesNotContain("Conflicting");
  }

  @Test
  void theSecondCompilerInlinesLessOrIsOff() throws Exception {
    javaThatPrints("echo \"$@\"");

    assertThat(run().out).contains("-XX:FreqInlineSize=150", "-XX:InlineSmallCode=1000");
    assertThat(run("list").out)
        .contains("-XX:TieredStopAtLevel=1")
        .doesNotContain("-XX:FreqInlineSize");
  }

  @Test
  void theDemoShowsTheCommandThatTheUserTyped() throws Exception {
    javaThatPrints("echo \"$@\"");

    assertThat(run("demo").out).contains("-Ddecant.program=" + project + "/decant ");
    environment.put("PATH", project + ":" + TOOLS);
    assertThat(result(start("/usr/bin/env", "decant", "demo")).out)
        .contains("-Ddecant.program=decant ");
    assertThat(run("list").out).doesNotContain("decant.program");
  }

  @Test
  void theHeapIsHalfAGigabyte() throws Exception {
    assertThat(run().out).containsPattern("heap (49[0-9]|5[01][0-9])");
  }

  private void javaThatPrints(String command) throws IOException {
    Path java = fakeJdk("java that prints", "25.0.9");
    Files.writeString(java.resolve("bin/java"), "#!/bin/sh\n" + command + "\n");
    environment.put("DECANT_JAVA_HOME", java.toString());
    Files.copy(folder.resolve("built.jar"), jar);
  }

  /** A core dump would contain rows and keys. */
  @Test
  void noCoreDumpIsWritten() throws Exception {
    javaThatPrints("ulimit -Hc; echo \"$@\"");

    assertThat(run().out).startsWith("0\n").contains("-XX:-CreateCoredumpOnCrash ");
  }

  /** Memory contains rows and keys, so nothing may write it to a disk, whatever the user sets. */
  @Test
  void noMemoryIsWrittenToADisk() throws Exception {
    environment.put(
        "DECANT_JAVA_OPTS", "-XX:+HeapDumpOnOutOfMemoryError -XX:ErrorFile=" + folder + "/crash");
    environment.put("JDK_JAVA_OPTIONS", "-XX:+CreateCoredumpOnCrash -XX:+DumpReplayDataOnError");

    assertThat(run().out).contains(LauncherEcho.NO_DUMPS);
  }

  @Test
  void itsExitCodeIsTheCommands() throws Exception {
    assertThat(run("exit", "13").exitCode).isEqualTo(13);
  }

  private void maven(String script) throws IOException {
    Path mvn = mavenFolder.resolve("mvn");
    Files.writeString(
        mvn,
        "#!/bin/sh\necho \"$@\" >'"
            + mavenArguments()
            + "'\nset -- '"
            + jar
            + "'\n"
            + script
            + "\n");
    Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path mavenArguments() {
    return folder.resolve("maven-arguments");
  }

  /** A PATH with only the tools that the launcher uses. */
  private String pathWithoutMaven() throws IOException {
    Path bin = Files.createDirectory(folder.resolve("tools"));
    for (String tool :
        List.of(
            "sh",
            "find",
            "head",
            "mkdir",
            "rm",
            "cat",
            "cp",
            "sleep",
            "dirname",
            "readlink",
            "sed",
            "sort",
            "touch",
            "mv")) {
      Files.createSymbolicLink(bin.resolve(tool), tool(tool));
    }
    return bin.toString();
  }

  private static Path tool(String name) {
    Path usual = Path.of("/usr/bin", name);
    return Files.exists(usual) ? usual : Path.of("/bin", name);
  }

  private Path fakeJdk(String name, String version) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    Path bin = Files.createDirectory(home.resolve("bin"));
    for (String tool : List.of("java", "javac")) {
      Path file = Files.writeString(bin.resolve(tool), "#!/bin/sh\nexit 99\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.writeString(home.resolve("release"), "A=\"b\"\nJAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private static void linkThisJava(Path link) throws IOException {
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of(THIS_JAVA));
  }

  private Path archive() {
    return jar.resolveSibling("decant-" + System.getProperty("java.version") + ".jsa");
  }

  private int builds() throws IOException {
    return Files.readAllLines(folder.resolve("builds")).size();
  }

  private static void touch(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(1)));
  }

  private Ran run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(project.resolve("decant").toString());
    command.addAll(List.of(arguments));
    return result(start(command.toArray(String[]::new)));
  }

  private Process start() throws IOException {
    return start(project.resolve("decant").toString());
  }

  private Process start(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Reads both streams, one after the other. The few lines do not fill a pipe. */
  private static Ran result(Process process) throws Exception {
    assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
    return new Ran(
        process.exitValue(),
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
        new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
  }

  private static void writeJar(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, LauncherEcho.class.getName());
    String entry = LauncherEcho.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        InputStream bytes =
            Objects.requireNonNull(LauncherIT.class.getClassLoader().getResourceAsStream(entry))) {
      out.putNextEntry(new JarEntry(entry));
      bytes.transferTo(out);
    }
  }

  private record Ran(int exitCode, String out, String err) {}
}
