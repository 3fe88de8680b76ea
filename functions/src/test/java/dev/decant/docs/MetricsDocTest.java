package dev.decant.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The metrics and alarms of the documents are those of the code and of the templates. */
final class MetricsDocTest {
  private static final Pattern EMITTED = Pattern.compile("\\.add\\(\\s*\"(\\w+)\",\\s*Unit\\.");
  private static final Pattern NAME = Pattern.compile("`(\\w+)`");
  private static final Pattern ALARM =
      Pattern.compile("(?m)^ {2}(\\w+):\n {4}Type: AWS::CloudWatch::Alarm$");
  private static final Pattern WATCHED =
      Pattern.compile("Namespace: decant\n +MetricName: (\\w+)\n");
  private static final String OPERATIONS = "docs/operations.md";
  private static final String ALARMS = "docs/aws-operations.md";

  private static String read(String file) {
    try {
      return Files.readString(Path.of("..").resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String templates() {
    return read("template.yaml") + read("template-refresh.yaml");
  }

  private static Set<String> names(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).collect(sorted());
  }

  private static java.util.stream.Collector<String, ?, Set<String>> sorted() {
    return Collectors.toCollection(TreeSet::new);
  }

  /** The names in the first column of the table with this head. */
  private static Set<String> firstColumn(String document, String head) {
    String text = read(document);
    assertThat(text).contains("\n" + head);
    return text.substring(text.indexOf("\n" + head) + 1)
        .lines()
        .takeWhile(line -> line.startsWith("|"))
        .skip(2)
        .map(line -> line.split("\\|", -1)[1])
        .flatMap(cell -> NAME.matcher(cell).results().map((MatchResult found) -> found.group(1)))
        .collect(sorted());
  }

  private static Set<String> emitted() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      return sources.stream()
          .map(file -> read("functions/" + file))
          .flatMap(text -> names(EMITTED, text).stream())
          .collect(sorted());
    }
  }

  @Test
  void documentedMetricsAreThoseThatTheCodeWrites() throws IOException {
    assertThat(emitted())
        .hasSizeGreaterThan(10)
        .isEqualTo(firstColumn(OPERATIONS, "| metric | unit |"));
  }

  @Test
  void alarmsWatchMetricsThatExist() throws IOException {
    assertThat(names(WATCHED, templates())).isNotEmpty().isSubsetOf(emitted());
  }

  @Test
  void documentedAlarmsAreThoseOfTheTemplates() {
    assertThat(firstColumn(ALARMS, "| Alarm | Meaning |"))
        .hasSizeGreaterThan(10)
        .isEqualTo(names(ALARM, templates()));
  }
}
