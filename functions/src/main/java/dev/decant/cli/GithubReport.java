package dev.decant.cli;

import dev.decant.check.CheckFinding;
import dev.decant.check.CheckResult;
import dev.decant.error.Printable;
import dev.decant.inspect.NotCreated;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The report of a check as workflow commands of GitHub Actions, which become annotations of a pull
 * request.
 */
final class GithubReport {
  private final CheckResult result;
  private final ReportPaths paths;

  GithubReport(CheckResult result, Map<String, String> environment) {
    this.result = result;
    this.paths = ReportPaths.of(result, environment);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    result.findings().forEach(finding -> lines.add(annotation(finding)));
    NotCreated.lines(result.notCreated())
        .forEach(each -> lines.add("::notice::" + data("Not created: " + each)));
    // The text cannot begin with "::", so GitHub does not take it for a command.
    lines.add(Printable.line(CheckReport.summary(result)));
    if (!result.proposal().isEmpty()) {
      lines.add(Printable.line(CheckReport.remedy(result)));
      lines.add("::group::A proposal for the whole policy");
      result.proposal().lines().forEach(line -> lines.add(" " + line));
      lines.add("::endgroup::");
    }
    return lines;
  }

  private String annotation(CheckFinding finding) {
    StringBuilder command = new StringBuilder(finding.kind().error() ? "::error " : "::warning ");
    paths
        .place(finding)
        .ifPresent(
            place -> {
              command.append("file=").append(property(place.path())).append(',');
              if (place.line() > 0) {
                command.append("line=").append(place.line()).append(',');
              }
            });
    return command
        .append("title=")
        .append(property("decant: " + finding.kind().id()))
        .append("::")
        .append(data(finding.text()))
        .toString();
  }

  static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
