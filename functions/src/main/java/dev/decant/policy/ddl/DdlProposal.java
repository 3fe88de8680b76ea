package dev.decant.policy.ddl;

import static java.util.stream.Collectors.joining;

import dev.decant.detect.ddl.DdlFinding;
import dev.decant.yaml.YamlDocument;
import dev.decant.yaml.YamlText;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** The rules that decant proposes for what it found in DDL. */
public final class DdlProposal {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_.]*( [A-Za-z0-9_.]+)*");

  private DdlProposal() {}

  /**
   * The entries of the key {@code ddl}, indented by two blanks, each with a comment that states the
   * reason; empty if nothing was found. An object with a URL alone becomes a comment, and these
   * comments come first. If there is no other object, the file must not have the key.
   */
  public static String entries(List<DdlFinding> findings) {
    StringBuilder yaml = new StringBuilder();
    List<DdlFinding> sorted =
        findings.stream().sorted(Comparator.comparing(DdlFinding::needsRule)).toList();
    for (DdlFinding finding : sorted) {
      yaml.append(finding.needsRule() ? "  " : "  # ")
          .append(key(finding.object()))
          .append(": ")
          .append(rule(finding))
          .append("  # ")
          .append(comment(finding))
          .append('\n');
    }
    return yaml.toString();
  }

  /** As {@link #entries}, with the key, or with a comment in its place if no rule is needed. */
  public static String block(List<DdlFinding> findings) {
    if (findings.isEmpty()) {
      return "";
    }
    boolean rules = findings.stream().anyMatch(DdlFinding::needsRule);
    return (rules ? "ddl:\n" : "# ddl:\n") + entries(findings);
  }

  /**
   * Comments for the end of a policy: the objects with a URL alone, and those of which something is
   * never published. A line that the policy already has is left out.
   */
  public static String notes(String policy, List<DdlFinding> open, List<String> unpublished) {
    List<String> urls =
        open.stream()
            .filter(finding -> !finding.needsRule())
            .map(f -> key(f.object()) + ": " + rule(f) + "  # " + comment(f))
            .toList();
    return note(
            policy,
            "These objects publish URLs in their DDL. To decide about one of them, write its rule"
                + "\n# under ddl: keep, drop or { replace: TEXT }.",
            urls)
        + note(
            policy,
            "decant never publishes these parts of the DDL, so it did not search them.",
            unpublished.stream().map(YamlText::comment).toList());
  }

  private static String note(String policy, String head, List<String> lines) {
    List<String> added = lines.stream().filter(line -> !policy.contains(line)).toList();
    return added.isEmpty()
        ? ""
        : "# " + head + "\n" + added.stream().map(line -> "#   " + line + "\n").collect(joining());
  }

  /** The name of an object as a key of YAML. */
  public static String key(String object) {
    return PLAIN.matcher(object).matches() ? object : YamlText.of(object);
  }

  /** Adds the rules that are needed to a policy. */
  public static void addTo(MappingNode file, List<DdlFinding> open) {
    if (open.stream().anyMatch(DdlFinding::needsRule)) {
      List<DdlFinding> needed = open.stream().filter(DdlFinding::needsRule).toList();
      MappingNode rules = YamlDocument.map(entries(needed), true);
      YamlDocument.blockUnder(file, "ddl").getValue().addAll(rules.getValue());
    }
  }

  /** The rule for an object: {@code drop}, {@code { replace: redacted }}, or {@code keep}. */
  public static String rule(DdlFinding finding) {
    if (!finding.needsRule()) {
      return "keep";
    }
    boolean goes =
        finding.object().startsWith("TRIGGER ") || finding.object().startsWith("COMMENT ON ");
    if (goes || (finding.outlastsReplacement() && DdlRules.droppable(finding.object()))) {
      return "drop";
    }
    return finding.outlastsReplacement()
        ? "keep"
        : "{ replace: " + YamlText.of(finding.substitute()) + " }";
  }

  /** The reason why an object needs a review. */
  public static String comment(DdlFinding finding) {
    String what = finding.what();
    if (!finding.needsRule()) {
      return what;
    }
    boolean kept = rule(finding).equals("keep");
    return "REVIEW: "
        + what
        + (finding.line() > 0 ? " in line " + finding.line() + " of the dump" : "")
        + (kept ? ", in a name or in code, which is published" : "");
  }
}
