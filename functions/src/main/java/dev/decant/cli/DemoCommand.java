package dev.decant.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.demo.BeforeAfter;
import dev.decant.demo.Demo;
import dev.decant.manifest.SnapshotName;
import dev.decant.progress.Progress;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code decant demo}: runs all steps of decant on this machine with a made-up dump. */
@Command(
    name = "demo",
    description = {
      "Shows on this machine what decant does.",
      "",
      "The demo makes a production dump and sanitizes it. Then it refreshes a staging database from"
          + " the snapshot, rolls the refresh back, and pulls the snapshot as a developer would."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  decant demo", "  decant demo --dir /tmp/demo --size 200MB"})
final class DemoCommand implements Runnable {
  private static final int NARROW = 60;

  @Mixin CommonOptions common = new CommonOptions();

  @Option(
      names = "--dir",
      paramLabel = "D",
      description = "The folder for all files of the demo. Default: ${DEFAULT-VALUE}.")
  Path dir = Path.of("decant-demo");

  @Option(
      names = "--size",
      paramLabel = "N[KB|MB|GB]",
      description = "The size of the production dump. Default: ${DEFAULT-VALUE}.")
  String size = "50MB";

  private final Console console;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Progress progress = console.progress();
    long start = System.nanoTime();
    Demo.Story story;
    try {
      story = Demo.run(dir, GenerateCommand.bytes(size), progress);
    } finally {
      progress.done();
    }
    if (common.json) {
      console.out().println(JsonOutput.json(document(story)));
    } else {
      show(story, (System.nanoTime() - start) / 1e9);
    }
  }

  private static ObjectNode document(Demo.Story story) {
    return JsonOutput.document()
        .put("folder", story.paths().folder().toString())
        .put("raw", story.paths().raw().toString())
        .put("policy", story.paths().policy().toString())
        .put("store", story.paths().store().toString())
        .put("snapshot", story.result().name().toString())
        .put("rowsIn", story.result().rowsIn())
        .put("rows", story.result().rowsOut())
        .put("targets", story.paths().targets().toString())
        .put("refreshDowntimeSeconds", story.refresh().activity().downtimeMillis() / 1e3)
        .put("rollbackDowntimeSeconds", story.rollback().activity().downtimeMillis() / 1e3)
        .put("pulledRows", story.pull().totalRows());
  }

  private void show(Demo.Story story, double seconds) {
    line("");
    line("1. A production dump arrived. It holds names, e-mail addresses and phone numbers:");
    line("     " + show(story.paths().raw()));
    line(
        "2. decant sanitized it. Every column has a rule in " + show(story.paths().policy()) + ".");
    rows(story);
    line("3. A PostgreSQL rebuilt every constraint. The snapshot was signed and published:");
    SnapshotName name = story.result().name();
    for (String suffix :
        new String[] {
          SnapshotName.DUMP, SnapshotName.MD5, SnapshotName.REPORT, SnapshotName.MANIFEST
        }) {
      line("     " + show(story.paths().store().resolve(name.key(suffix))));
    }
    staging(story);
    line("");
    line(
        String.format(
            Locale.ROOT,
            "%,d rows in, %,d rows out, %.1f s in all.",
            story.result().rowsIn(),
            story.result().rowsOut(),
            seconds));
    next(story, name);
  }

  private void staging(Demo.Story story) {
    line(
        "4. A staging database was refreshed from it, as configured in "
            + show(story.paths().targets())
            + ".");
    line("     The rows were loaded beside the old database, got staging's own admin, and were");
    line("     checked. Then the databases were swapped.");
    line(
        "     Staging was unavailable for "
            + millis(story.refresh().activity().downtimeMillis())
            + ".");
    line("5. The refresh was rolled back, so staging is as it was before.");
    line(
        "     Staging was unavailable for "
            + millis(story.rollback().activity().downtimeMillis())
            + ".");
    line("6. A developer pulled the snapshot into a new database:");
    line(
        String.format(
            Locale.ROOT, "     %,d rows in %s", story.pull().totalRows(), story.pull().place()));
  }

  private static String millis(long millis) {
    return millis + " ms";
  }

  /** A path to paste: relative to the working directory if it is below that. */
  private static String show(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
  }

  private void rows(Demo.Story story) {
    int width = console.columns() == 0 ? 100 : console.columns();
    int cell = Math.max(16, (width - 30) / 2);
    String heading = "";
    for (BeforeAfter field : story.rows()) {
      String row = field.table() + " " + field.row();
      if (!row.equals(heading)) {
        line("");
        line("     " + row);
        heading = row;
      }
      if (width < NARROW) {
        line("       " + field.column());
        line("         before " + cut(field.before(), width - 17));
        line("         after  " + cut(field.after(), width - 17));
      } else {
        String before = cut(field.before(), cell);
        line(
            "       "
                + pad(field.column(), 16)
                + ' '
                + pad(before, cell)
                + "  "
                + cut(field.after(), cell));
      }
    }
    line("");
  }

  private void next(Demo.Story story, SnapshotName name) {
    String store = show(story.paths().store());
    String dump = show(story.paths().store().resolve(name.key(SnapshotName.DUMP)));
    line("");
    line("Next, try:");
    // The launcher says how it was called.
    String decant = System.getProperty("decant.program", "decant");
    line("  " + decant + " list --from " + store);
    line("  " + decant + " show --from " + store);
    line(
        "  "
            + (Terminal.MAC ? "open " : "xdg-open ")
            + show(story.paths().store().resolve(name.key(SnapshotName.REPORT))));
    line("  " + decant + " pull --embedded --from " + store);
    line("  createdb shop && zstd -dc " + dump + " | psql -v ON_ERROR_STOP=1 -d shop");
    line("  rm -r " + show(story.paths().folder()) + "        # removes the demo");
  }

  private static String cut(String text, int width) {
    String flat = text.replaceAll("\\s+", " ");
    return flat.length() <= width ? flat : flat.substring(0, width - 1) + "…";
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private void line(String text) {
    console.out().println(text);
  }
}
