package dev.decant.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The end of a build: counts the skipped tests of the reports of Surefire and Failsafe by the
 * component that they miss. A test that was skipped for any other reason ends the build, because a
 * skipped test proves nothing. With {@code -Ddecant.components=all} every skipped test does.
 */
final class SkippedTests {
  /** The text that must precede the names of the components in the reason of a skip. */
  static final String REASON = "missing component: ";

  static final String SETTING = "decant.components";

  private final Map<String, Integer> byComponent = new TreeMap<>();
  private final List<String> unexplained = new ArrayList<>();
  private int excused;

  /** The arguments are the folders of the reports; a folder need not exist. */
  public static void main(String[] folders) throws IOException, XMLStreamException {
    SkippedTests skipped = new SkippedTests();
    for (String folder : folders) {
      skipped.readFolder(Path.of(folder));
    }
    System.out.print(skipped.summary());
    if (!skipped.allowed(allComponentsMustBeThere())) {
      System.exit(1);
    }
  }

  /** Whether {@code -Ddecant.components=all} is set, so that no component may be missing. */
  static boolean allComponentsMustBeThere() {
    return "all".equals(System.getProperty(SETTING));
  }

  private void readFolder(Path folder) throws IOException, XMLStreamException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(SkippedTests::isReport).toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          read(in);
        }
      }
    }
  }

  private static boolean isReport(Path file) {
    return file.getFileName().toString().matches("TEST-.*\\.xml");
  }

  /** Adds one report. */
  void read(InputStream report) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    XMLStreamReader reader = factory.createXMLStreamReader(report);
    String test = "";
    while (reader.hasNext()) {
      if (reader.next() != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      switch (reader.getLocalName()) {
        case "testcase" ->
            test =
                reader.getAttributeValue(null, "classname")
                    + '.'
                    + reader.getAttributeValue(null, "name");
        case "skipped" -> add(test, reason(reader));
        default -> {}
      }
    }
  }

  /**
   * The reason of a skip. If a condition skipped the test, it is an attribute; if an assumption
   * did, it is the first line of the stack trace.
   */
  private static String reason(XMLStreamReader reader) throws XMLStreamException {
    String message = reader.getAttributeValue(null, "message");
    return message == null
        ? reader.getElementText().strip().lines().findFirst().orElse("no reason")
        : message;
  }

  private void add(String test, String reason) {
    int begin = reason.indexOf(REASON);
    if (begin < 0) {
      unexplained.add(test + ": " + reason);
      return;
    }
    excused++;
    for (String component : reason.substring(begin + REASON.length()).split(", ", -1)) {
      byComponent.merge(component, 1, Integer::sum);
    }
  }

  /**
   * Whether the build may go on.
   *
   * @param all whether a missing component is no excuse
   */
  boolean allowed(boolean all) {
    return unexplained.isEmpty() && (excused == 0 || !all);
  }

  /** The tests that were skipped without the name of a component. */
  List<String> unexplained() {
    return List.copyOf(unexplained);
  }

  /** Lines for the end of the build; empty if no test was skipped. */
  String summary() {
    StringBuilder text = new StringBuilder();
    byComponent.forEach(
        (component, tests) -> text.append("%s%s: %d tests%n".formatted(REASON, component, tests)));
    if (excused > 0) {
      text.append(
          "%d tests were skipped: this machine lacks what they need. .ci/run installs it on Debian.%n"
              .formatted(excused));
    }
    if (!unexplained.isEmpty()) {
      text.append("Tests were skipped without a reason '%sNAME':%n".formatted(REASON));
      unexplained.forEach(each -> text.append("  %s%n".formatted(each)));
    }
    return text.toString();
  }
}
