package dev.decant.cli;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SnapshotName;
import dev.decant.resource.PackagedFile;
import dev.decant.scratch.Folders;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code decant rehearse}: loads the classes that commands need at their start. The launcher runs
 * it to make the JVM's start-up archive of these classes (class data sharing).
 */
@Command(
    name = "rehearse",
    hidden = true,
    description = "Runs some commands on a sample, to make the launcher's start-up archive.",
    footerHeading = "%nExamples:%n",
    footer = {"  decant rehearse"})
final class RehearseCommand implements Runnable {
  private static final SnapshotName SAMPLE =
      new SnapshotName("sample", "demo", "sample_20260101-000000");

  @Mixin CommonOptions common = new CommonOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "STORE",
      description = "A store to list as well. It need not answer.")
  @Nullable String other;

  private final Console console;
  private final Function<Console, Cli> cli;

  /**
   * @param cli makes the command line for a console
   */
  RehearseCommand(Console console, Function<Console, Cli> cli) {
    this.console = console;
    this.cli = cli;
  }

  @Override
  public void run() {
    try {
      Path store = Files.createTempDirectory("decant-rehearse");
      try {
        for (String suffix : List.of(SnapshotName.MANIFEST, SnapshotName.DUMP)) {
          Path file = store.resolve(SAMPLE.key(suffix));
          Files.createDirectories(Objects.requireNonNull(file.getParent()));
          Files.write(file, PackagedFile.bytes(RehearseCommand.class, "sample" + suffix));
        }
        rehearse("list", "--from", store.toString());
        rehearse("show", "--from", store.toString());
        rehearse("pull", "--from", store.toString(), "--no-cache", "--output", "-");
        check(store);
        if (other != null) {
          run("list", "--from", other);
        }
      } finally {
        Folders.delete(store);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Loads the classes of a check and of its embedded server. The check may fail, because some
   * machines cannot run the server.
   */
  private void check(Path folder) throws IOException {
    Path schema =
        Files.writeString(
            folder.resolve("schema.sql"),
            """
            CREATE TABLE public.users (id int NOT NULL, email text DEFAULT 'none', parent_id int);
            ALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);
            CREATE UNIQUE INDEX users_email ON public.users USING btree (email);
            ALTER TABLE ONLY public.users ADD CONSTRAINT users_parent FOREIGN KEY (parent_id)
                REFERENCES public.users(id);
            """);
    Path policy =
        Files.writeString(
            folder.resolve("policy.yaml"),
            """
            version: 1
            tables:
              public.users: { keep: [id, parent_id], columns: { email: email } }
            """);
    rehearse("explain", "users.email", "--policy", policy.toString());
    run("check", schema.toString(), "--policy", policy.toString(), "--scratch", "embedded");
  }

  private void rehearse(String... arguments) {
    int exitCode = run(arguments);
    if (exitCode != 0) {
      throw new DecantException(
          ErrorCode.BUG,
          "'decant " + arguments[0] + "' failed on the sample with exit code " + exitCode + ".");
    }
  }

  private int run(String... arguments) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return cli.apply(new Console(nowhere, nowhere, 0, Ansi.OFF, console.environment()))
        .run(arguments);
  }
}
