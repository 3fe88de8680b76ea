package dev.decant.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The manual page of a command, in the roff macros of man(7). It is written here because picocli's
 * own generator writes AsciiDoc, which needs Asciidoctor.
 */
record ManPage(CommandSpec spec) {
  /** The name of the page, {@code decant-pull} for instance. */
  String name() {
    return spec.qualifiedName("-");
  }

  /** The text of the whole page. */
  String text() {
    UsageMessageSpec usage = spec.usageMessage();
    StringBuilder page = new StringBuilder();
    page.append(".TH \"" + roff(name().toUpperCase(Locale.ROOT)) + "\" \"1\"\n");
    section(page, "NAME", List.of(name() + " - " + sentence(usage.description())));
    page.append(".SH SYNOPSIS\n.nf\n").append(roff(synopsis())).append("\n.fi\n");
    section(page, "DESCRIPTION", Arrays.asList(usage.description()));
    arguments(page);
    commands(page);
    codes(page, usage.exitCodeList());
    page.append(".SH EXAMPLES\n.nf\n");
    Arrays.stream(usage.footer()).forEach(line -> page.append(roff(plain(line))).append('\n'));
    return page.append(".fi\n").toString();
  }

  private String synopsis() {
    return new Help(spec, Help.defaultColorScheme(Ansi.OFF)).synopsis(0).strip();
  }

  private void arguments(StringBuilder page) {
    page.append(".SH OPTIONS\n");
    spec.positionalParameters().stream()
        .filter(p -> !p.hidden())
        .forEach(p -> entry(page, p.paramLabel(), text(p)));
    spec.options().stream().filter(o -> !o.hidden()).forEach(o -> entry(page, names(o), text(o)));
  }

  private static String names(OptionSpec option) {
    String value = option.arity().max() > 0 ? "=" + option.paramLabel() : "";
    return String.join(", ", option.names()) + value;
  }

  private static String text(ArgSpec argument) {
    Object preset =
        argument.defaultValue() == null ? argument.initialValue() : argument.defaultValue();
    return plain(String.join(" ", argument.description()))
        .replace("${DEFAULT-VALUE}", String.valueOf(preset));
  }

  private void commands(StringBuilder page) {
    List<CommandSpec> offered = DecantCommand.offered(spec).toList();
    if (!offered.isEmpty()) {
      page.append(".SH COMMANDS\n");
      offered.forEach(c -> entry(page, c.name(), sentence(c.usageMessage().description())));
    }
  }

  private static void codes(StringBuilder page, Map<String, String> codes) {
    if (!codes.isEmpty()) {
      page.append(".SH EXIT STATUS\n");
      codes.forEach((code, meaning) -> entry(page, code.strip(), plain(meaning)));
    }
  }

  private static void section(StringBuilder page, String head, List<String> lines) {
    page.append(".SH ").append(head).append('\n');
    page.append(
        lines.stream()
            .map(line -> line.isEmpty() ? ".PP" : roff(plain(line)))
            .collect(Collectors.joining("\n.br\n", "", "\n")));
  }

  private static void entry(StringBuilder page, String term, String text) {
    page.append(".TP\n\\fB").append(roff(term)).append("\\fR\n").append(roff(text)).append('\n');
  }

  private static String sentence(String... description) {
    String text = description.length == 0 ? "" : plain(description[0]);
    int end = text.indexOf(". ");
    return (end < 0 ? text : text.substring(0, end)).replaceFirst("\\.$", "");
  }

  private static String plain(String markup) {
    return Ansi.OFF.string(markup.replace("%n", "\n"));
  }

  /** Escapes backslashes, hyphens, and lines that begin as a roff request does. */
  private static String roff(String text) {
    return text.lines()
        .map(line -> line.replace("\\", "\\e").replace("-", "\\-"))
        .map(line -> line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line)
        .collect(Collectors.joining("\n"));
  }
}
