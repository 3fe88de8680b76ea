package dev.decant.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;

final class SkippedTestsTest {
  private static SkippedTests of(String... cases) throws XMLStreamException {
    SkippedTests skipped = new SkippedTests();
    for (String each : cases) {
      String report = "<?xml version=\"1.0\"?>\n<testsuite name=\"s\">" + each + "</testsuite>";
      skipped.read(new ByteArrayInputStream(report.getBytes(UTF_8)));
    }
    return skipped;
  }

  private static String test(String name, String content) {
    return "<testcase name='" + name + "' classname='dev.decant.AIT'>" + content + "</testcase>";
  }

  private static String skip(String name, String reason) {
    return test(name, "<skipped message='" + reason + "'/>");
  }

  @Test
  void testsAreCountedByTheComponentThatTheyMiss() throws Exception {
    SkippedTests skipped =
        of(
            skip("a", "missing component: zstd, psql") + test("b", "<system-out>x</system-out>"),
            skip("c", "Assumption failed: missing component: psql"));

    assertThat(skipped.summary().lines())
        .containsExactly(
            "missing component: psql: 2 tests",
            "missing component: zstd: 1 tests",
            "2 tests were skipped: this machine lacks what they need. .ci/run installs it on"
                + " Debian.");
    assertThat(skipped.unexplained()).isEmpty();
  }

  @Test
  void aSkipWithoutTheNameOfAComponentIsToldWithItsTest() throws Exception {
    SkippedTests skipped = of(skip("a", "not today"), test("b", "<skipped/>"));

    assertThat(skipped.unexplained())
        .containsExactly("dev.decant.AIT.a: not today", "dev.decant.AIT.b: null");
    assertThat(skipped.summary()).contains("skipped without a reason", "dev.decant.AIT.a");
  }

  @Test
  void nothingIsSaidIfNoTestWasSkipped() throws Exception {
    assertThat(of(test("a", "<failure message='x'/>")).summary()).isEmpty();
  }
}
