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

/** The servers that a developer's commands work with. */
final class LocalServers {
  private LocalServers() {}

  /** Where people's own tools would find it. */
  static FoundServer find(Console console, @Nullable String option) {
    return new ServerFinder(console.environment(), new Settings(console.environment()).home())
        .find(option);
  }

  /** The one that stays; started where it does not run. */
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
      console.out().println("No embedded server runs.");
    } else {
      stopped.forEach(
          folder ->
              console
                  .out()
                  .println("stopped; its data stay in " + folder + " (rm -r to lose them)"));
    }
  }
}
