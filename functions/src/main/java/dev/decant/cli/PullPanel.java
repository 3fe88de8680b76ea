package dev.decant.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.postgres.FoundServer;
import dev.decant.progress.Quantity;
import dev.decant.pull.PullResult;
import dev.decant.pull.PullTarget;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The result of a pull, as text or as JSON.
 *
 * @param millis the duration of the pull
 */
record PullPanel(Console console, PullResult result, PullTarget target, long millis) {

  void write(boolean json, boolean quiet) {
    if (json) {
      console.out().println(JsonOutput.json(document()));
      return;
    }
    if (!quiet) {
      // With --output - the dump is on stdout.
      describe(result.place().equals("-") ? console.err() : console.out());
    }
    server().ifPresent(s -> console.out().println("DATABASE_URL=" + s.url(result.place())));
  }

  private Optional<FoundServer> server() {
    return target instanceof PullTarget.OnServer(FoundServer server, var _)
        ? Optional.of(server)
        : Optional.empty();
  }

  private void describe(PrintStream to) {
    String where = server().map(s -> " on " + s.address().place()).orElse("");
    to.printf(
        Locale.ROOT,
        "pulled %s into %s%s: %s of %s, %s in %.1f s%n",
        result.snapshot(),
        result.place().equals("-") ? "stdout" : result.place(),
        where,
        Quantity.of(result.totalRows(), "rows"),
        Quantity.of(result.rows().size(), "tables"),
        Quantity.bytes(result.bytes()),
        millis / 1000.0);
    if (!result.addedTables().isEmpty()) {
      to.println(
          "also loaded, because foreign keys reference them: "
              + result.addedTables().stream()
                  .map(Object::toString)
                  .collect(Collectors.joining(", ")));
    }
    result.omittedKeys().forEach(key -> to.println("left out foreign key: " + key));
    server()
        .flatMap(FoundServer::password)
        .ifPresent(
            from ->
                console
                    .err()
                    .println(
                        "The URL does not contain the password, which came from " + from + "."));
  }

  private ObjectNode document() {
    ObjectNode document =
        JsonOutput.document()
            .put("snapshot", result.snapshot().toString())
            .put("rows", result.totalRows())
            .put("bytes", result.bytes())
            .put("millis", millis);
    server()
        .ifPresentOrElse(
            s ->
                document
                    .put("database", result.place())
                    .put("replaced", result.replaced())
                    .put("host", s.address().host())
                    .put("port", s.address().port())
                    .put("url", s.url(result.place())),
            () -> document.put("file", result.place()));
    ObjectNode tables = document.putObject("tables");
    result.rows().forEach((table, rows) -> tables.put(table.toString(), rows));
    ArrayNode added = document.putArray("addedTables");
    result.addedTables().forEach(t -> added.add(t.toString()));
    ArrayNode omitted = document.putArray("omittedForeignKeys");
    result.omittedKeys().forEach(omitted::add);
    ObjectNode stages = document.putObject("stages");
    result.millis().forEach(stages::put);
    return document;
  }
}
