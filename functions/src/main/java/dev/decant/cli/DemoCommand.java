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

/** {@code decant demo}: the whole story on this machine. */
@Command(
    name = "demo",
    description = {
      "Shows the whole story on this machine.",
      "",
      "A production dump lands and is sanitized, staging is refreshed from it and rolled back, a"
          + " developer pulls it."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  decant demo", "  decant demo --dir /tmp/demo --size 200MB"})
final class DemoCommand implements Runnable {
  private static final int NARROW = 60;

  @Mixin CommonOptions common = new CommonOptions();

  @Option(
      names = "--dir",
      paramLabel = "D",
      description = "Where all of it goes. Default: ${DEFAULT-VALUE}.")
  Path dir = Path.of("decant-demo");

  @Option(
      names = "--size",
      paramLabel = "N[KB|MB|GB]",
      description = "Size of the production dump. Default: ${DEFAULT-VALUE}.")
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
      tell(story, (System.nanoTime() - start) / 1e9);
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

  private void tell(Demo.Story story, double seconds) {
    line("");
    line("1. A production dump landed, with names, e-mails and phone numbers in it:");
    line("     " + show(story.paths().raw()));
    line(
        "2. decant sanitized it: every column has a rule in " + show(story.paths().policy()) + ".");
    rows(story);
    line("3. Published, verified by a PostgreSQL that rebuilt every constraint, and signed:");
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
        "4. A staging database was refreshed from it, as "
            + show(story.paths().targets())
            + " says:");
    line("     loaded beside the old one, given staging's own admin, checked, and swapped in.");
    line("     Staging was away for " + millis(story.refresh().activity().downtimeMillis()) + ".");
    line("5. And rolled back: what was there before is there again.");
    line("     Staging was away for " + millis(story.rollback().activity().downtimeMillis()) + ".");
    line("6. A developer pulled it into a database of their own:");
    line(
        String.format(
            Locale.ROOT, "     %,d rows in %s", story.pull().totalRows(), story.pull().place()));
  }

  private static String millis(long millis) {
    return millis + " ms";
  }

  /** Paths as the reader can paste them: relative to here where they are below. */
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
    line("Go on with:");
    line("  ./decant list --from " + store);
    line("  ./decant show --from " + store);
    line("  open " + show(story.paths().store().resolve(name.key(SnapshotName.REPORT))));
    line("  ./decant pull --embedded --from " + store);
    line("  createdb shop && zstd -dc " + dump + " | psql -v ON_ERROR_STOP=1 -d shop");
    line("  rm -r " + show(story.paths().folder()) + "        # when you have seen enough");
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
