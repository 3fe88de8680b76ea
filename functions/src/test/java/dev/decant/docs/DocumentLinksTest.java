package dev.decant.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Links within the project lead to files and headings that exist. */
final class DocumentLinksTest {
  private static final Pattern LINK =
      Pattern.compile("]\\((?!\\w+:)([^)#\\s]*)(?:#([^)\\s]*))?\\)");
  private static final Pattern CLASS = Pattern.compile("`((?:[a-z]+/)+[A-Z]\\w+)(?:\\.java)?`");
  private static final Pattern HEADING = Pattern.compile("#+ (.*)");

  @Test
  void eachLinkLeadsToAFileAndAHeading() throws IOException {
    List<String> broken = new ArrayList<>();
    for (String document : Documents.all()) {
      Path from = Documents.PROJECT.resolve(document);
      Matcher link = LINK.matcher(Files.readString(from));
      while (link.find()) {
        Path to = link.group(1).isEmpty() ? from : from.resolveSibling(link.group(1));
        if (!Files.exists(to) || !hasHeading(to, link.group(2))) {
          broken.add(document + ": " + link.group());
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void eachDecisionHasANumberOfItsOwn() throws IOException {
    try (Stream<Path> files = Files.list(Documents.PROJECT.resolve("docs/decisions"))) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      assertThat(names)
          .isNotEmpty()
          .extracting(name -> name.split("-", 2)[0])
          .doesNotHaveDuplicates();
    }
  }

  /** A decision begins with the number in its file's name, and others name it by that number. */
  @Test
  void eachDecisionNamesTheNumbersOfFiles() throws IOException {
    Pattern decision = Pattern.compile("(?:^# |[Dd]ecision )(\\d{4})\\b", Pattern.MULTILINE);
    List<String> wrong = new ArrayList<>();
    for (String document : Documents.all()) {
      String text = Files.readString(Documents.PROJECT.resolve(document));
      for (Matcher number = decision.matcher(text); number.find(); ) {
        try (DirectoryStream<Path> found =
            Files.newDirectoryStream(
                Documents.PROJECT.resolve("docs/decisions"), number.group(1) + "-*")) {
          if (!found.iterator().hasNext()) {
            wrong.add(document + ": " + number.group(1));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** {@code mask/RowMasker} in the documents for contributors stands for a source file. */
  @Test
  void eachClassThatIsNamedExists() throws IOException {
    List<String> missing = new ArrayList<>();
    for (String document : List.of("docs/architecture.md", "CONTRIBUTING.md")) {
      Matcher type = CLASS.matcher(Files.readString(Documents.PROJECT.resolve(document)));
      while (type.find()) {
        String file = "java/dev/decant/" + type.group(1) + ".java";
        if (!type.group(1).contains("Name")
            && !Files.exists(Path.of("src/main", file))
            && !Files.exists(Path.of("src/test", file))) {
          missing.add(document + ": " + type.group(1));
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static boolean hasHeading(Path file, @Nullable String anchor) throws IOException {
    return anchor == null
        || Files.readAllLines(file).stream()
            .map(HEADING::matcher)
            .filter(Matcher::matches)
            .anyMatch(heading -> anchor.equals(slug(heading.group(1))));
  }

  /** As GitHub makes the anchor of a heading. */
  private static String slug(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
  }
}
