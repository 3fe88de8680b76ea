package dev.decant.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Markdown documents of the project. */
final class Documents {
  /** Tests run in the module's folder. */
  static final Path PROJECT = Path.of("..");

  private Documents() {}

  /** The README and all documents below {@code docs/}, relative to the project's folder. */
  static List<String> forReaders() {
    try (Stream<Path> files = Files.walk(PROJECT.resolve("docs"))) {
      return Stream.concat(
              Stream.of("README.md"),
              files
                  .filter(file -> file.toString().endsWith(".md"))
                  .map(file -> PROJECT.relativize(file).toString())
                  .sorted())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same documents, and those for contributors. */
  static List<String> all() {
    return Stream.concat(
            forReaders().stream(), Stream.of("CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"))
        .toList();
  }

  static List<FencedBlock> blocks(List<String> documents) {
    return documents.stream().flatMap(document -> blocks(document).stream()).toList();
  }

  static List<FencedBlock> blocks(String document) {
    try {
      return FencedBlock.of(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
