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
            test(
                "c",
                """
                <skipped type="org.opentest4j.TestAbortedException">
                <![CDATA[org.opentest4j.TestAbortedException: missing component: psql
                  at dev.decant.AIT.c(AIT.java:1)]]></skipped>
                """));

    assertThat(skipped.summary().lines())
        .containsExactly(
            "missing component: psql: 2 tests",
            "missing component: zstd: 1 tests",
            "2 tests were skipped: this machine lacks what they need. .ci/run installs it on"
                + " Debian.");
    assertThat(skipped.unexplained()).isEmpty();
    assertThat(skipped.allowed(false)).isTrue();
    assertThat(skipped.allowed(true)).isFalse();
  }

  @Test
  void aSkipWithoutTheNameOfAComponentIsToldWithItsTest() throws Exception {
    SkippedTests skipped = of(skip("a", "not today"), test("b", "<skipped/>"));

    assertThat(skipped.unexplained())
        .containsExactly("dev.decant.AIT.a: not today", "dev.decant.AIT.b: no reason");
    assertThat(skipped.summary()).contains("skipped without a reason", "dev.decant.AIT.a");
    assertThat(skipped.allowed(false)).isFalse();
  }

  @Test
  void nothingIsSaidIfNoTestWasSkipped() throws Exception {
    SkippedTests skipped = of(test("a", "<failure message='x'/>"));

    assertThat(skipped.summary()).isEmpty();
    assertThat(skipped.allowed(true)).isTrue();
  }
}
