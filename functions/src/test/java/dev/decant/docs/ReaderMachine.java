package dev.decant.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.demo.Demo;
import dev.decant.progress.Progress;
import dev.decant.testing.Component;
import dev.decant.testing.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The machine of somebody who reads the documents: the launcher with its jar, and an S3 with the
 * buckets that the documents name. Production's backup job has left a dump in {@code
 * s3://raw-bucket}.
 */
final class ReaderMachine {
  private static final Path PROJECT = Documents.PROJECT.toAbsolutePath().normalize();
  private static final List<String> BUCKETS =
      List.of("raw-bucket", "sanitized-bucket", "prod-media", "staging-media");
  private static final String DUMP = "snapshots/shop/production/pgsql_shop_20260323-060000.sql.zst";

  private final Path folder;
  private final Map<String, String> environment = new TreeMap<>();

  private ReaderMachine(Path folder) {
    this.folder = folder;
  }

  /** Prepares such a machine in a new folder. */
  static ReaderMachine in(Path folder) throws IOException {
    ReaderMachine machine = new ReaderMachine(folder);
    machine.install();
    machine.fill(S3Server.running());
    return machine;
  }

  private void install() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path target = Files.createDirectories(launcher().resolveSibling("functions/target"));
    Path jar = Path.of("target", "decant.jar");
    assertThat(jar).as("run mvn -pl functions package -Dmaven.test.skip=true").exists();
    Files.copy(jar, target.resolve("decant.jar"));
    Files.copy(PROJECT.resolve("decant"), launcher());
    Files.createSymbolicLink(bin.resolve("decant"), launcher());
    environment.put("PATH", bin + ":" + System.getenv("PATH"));
    environment.put("HOME", Files.createDirectory(folder.resolve("home")).toString());
    // The folder is beside the other temporary files of the tests, because /tmp may be much slower.
    environment.put("DECANT_WORK", Files.createDirectory(folder.resolve("work")).toString());
    environment.put("DECANT_JAVA_HOME", System.getProperty("java.home"));
    environment.put("LC_ALL", "C.UTF-8");
  }

  private Path launcher() {
    return folder.resolve("decant/decant");
  }

  private void fill(S3Server s3) throws IOException {
    environment.put("AWS_ENDPOINT_URL", s3.endpoint());
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    for (String bucket : BUCKETS) {
      s3.makeBucket(bucket);
    }
    Path raw = Demo.run(folder.resolve("demo"), 1_000_000, Progress.NONE).paths().raw();
    s3.put("raw-bucket", DUMP, raw);
    s3.put("prod-media", "images/logo.svg", Files.writeString(folder.resolve("logo"), "<svg/>"));
  }

  /** A folder that looks like a fresh clone which has been built. */
  Path newClone(Path clone) throws IOException {
    Files.createDirectory(clone);
    Files.createSymbolicLink(clone.resolve("decant"), launcher());
    copy(PROJECT.resolve("events"), clone.resolve("events"));
    copy(PROJECT.resolve("docs"), clone.resolve("docs"));
    return clone;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  /** Starts a script in a clone. Its output goes to a file. The caller ends the process. */
  Process bash(Path clone, String script, Map<String, String> more, Path log) throws IOException {
    Path file = Files.writeString(clone.resolveSibling(clone.getFileName() + ".sh"), script);
    ProcessBuilder builder =
        new ProcessBuilder(Component.BASH.program().toString(), file.toString());
    builder.environment().clear();
    builder.environment().putAll(environment);
    // The databases that one document pulls are not there when another one is read.
    builder
        .environment()
        .put("DECANT_STATE", clone.resolveSibling(clone.getFileName() + ".state").toString());
    builder.environment().putAll(more);
    return builder
        .directory(clone.toFile())
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}
