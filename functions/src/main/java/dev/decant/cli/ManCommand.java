package dev.decant.cli;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code decant man}: writes manual pages. */
@Command(
    name = "man",
    description = "Writes the manual page of a command to stdout, or all pages into a folder.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  decant man pull | man -l -",
      "  decant man --output ~/.local/share/man/man1    # then: man decant-pull"
    })
final class ManCommand implements Runnable {
  @Mixin CommonOptions common = new CommonOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "COMMAND",
      description = "The command. Default: decant itself.")
  @Nullable String command;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      description = "Write decant.1, decant-pull.1, … into this folder, and replace older pages.")
  @Nullable Path folder;

  @Spec CommandSpec spec = CommandSpec.create();

  private final Console console;

  ManCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    List<ManPage> pages = pages();
    if (folder != null) {
      write(folder, pages);
      return;
    }
    String name = command == null ? spec.root().name() : spec.root().name() + "-" + command;
    ManPage page =
        pages.stream()
            .filter(p -> p.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new DecantException(
                        ErrorCode.USAGE,
                        "There is no command " + command + ". See decant --help."));
    if (common.json) {
      console.out().println(JsonOutput.json(JsonOutput.document().put("page", page.text())));
    } else {
      console.out().print(page.text());
    }
  }

  private List<ManPage> pages() {
    CommandSpec root = spec.root();
    return Stream.concat(Stream.of(root), DecantCommand.offered(root)).map(ManPage::new).toList();
  }

  private void write(Path to, List<ManPage> pages) {
    try {
      Files.createDirectories(to);
      for (ManPage page : pages) {
        Files.writeString(to.resolve(page.name() + ".1"), page.text());
      }
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.USAGE,
          "Cannot write manual pages into " + to + ". Name a folder that you may write to.",
          e);
    }
    if (common.json) {
      console
          .out()
          .println(
              JsonOutput.json(
                  JsonOutput.document().put("folder", to.toString()).put("pages", pages.size())));
    } else {
      console.out().println("wrote " + pages.size() + " pages into " + to);
    }
  }
}
