package dev.decant.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.postgres.FoundServer;
import dev.decant.postgres.ServerFinder;
import dev.decant.scratch.LocalServer;
import dev.decant.scratch.ScratchOptions;
import dev.decant.setting.Settings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL servers that the commands of developers use. */
final class LocalServers {
  private LocalServers() {}

  /** Finds the server that psql would use, or the one that the option names. */
  static FoundServer find(Console console, @Nullable String option) {
    return new ServerFinder(console.environment(), new Settings(console.environment()).home())
        .find(option);
  }

  /** Starts decant's own server if it is not running. It keeps running after this process. */
  static FoundServer start(Console console, Settings settings) {
    LocalServer.Access access =
        LocalServer.start(ScratchOptions.of(console.environment()), settings.state());
    return FoundServer.own(access.owner(), access.administrator(), "--embedded");
  }

  static void stop(Console console, Settings settings, boolean json) {
    List<Path> stopped =
        LocalServer.stop(ScratchOptions.of(console.environment()), settings.state());
    if (json) {
      ObjectNode document = JsonOutput.document();
      ArrayNode folders = document.putArray("stopped");
      stopped.forEach(folder -> folders.add(folder.toString()));
      console.out().println(JsonOutput.json(document));
    } else if (stopped.isEmpty()) {
      console.out().println("No embedded server is running.");
    } else {
      stopped.forEach(
          folder ->
              console
                  .out()
                  .println(
                      "stopped; the data stay in " + folder + " until you delete that folder"));
    }
  }
}
