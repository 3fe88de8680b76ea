package dev.decant.docs;

import dev.decant.testing.Component;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One shell script of all command blocks of a document, as a reader runs them in one terminal. The
 * script ends at the first command that fails, unless the block says {@code sh exit=CODE}, and says
 * which command and block it was. {@code yaml file=NAME} is written to that file, and {@code yaml
 * append=NAME} is appended to it.
 *
 * @param text for bash
 * @param missing the components that this machine lacks; the first block that needs one and all
 *     blocks after it are left out
 */
record DocumentScript(String text, Set<Component> missing) {
  /** The exit code of a script that a command ended. */
  static final int COMMAND_FAILED = 99;

  private static final String PROLOGUE =
      """
      set -o pipefail
      failed() {
        if [ "$1" = "$expected" ]; then seen=yes; return; fi
        echo "DOCUMENT $block: the command ended with $1 and not $expected: $2" >&2
        exit %d
      }
      trap '[ ! -d "$DECANT_STATE" ] || decant pull --stop' EXIT
      trap 'failed $? "$BASH_COMMAND"' ERR
      """
          .formatted(COMMAND_FAILED);

  private static final String EXPECTED =
      """
      if [ -z "$seen" ]; then
        echo "DOCUMENT $block: no command ended with $expected" >&2
        exit %d
      fi
      """
          .formatted(COMMAND_FAILED);

  DocumentScript {
    missing = Set.copyOf(missing);
  }

  static DocumentScript of(List<FencedBlock> blocks) {
    StringBuilder text = new StringBuilder(PROLOGUE);
    Set<Component> missing = EnumSet.noneOf(Component.class);
    for (FencedBlock block : blocks) {
      block.redirection().ifPresent(to -> text.append(writing(to, block.text())));
      if (block.isCommand() && !block.isNotRun()) {
        missing.addAll(lacking(block.text()));
        // A block may use what an earlier one made, so none runs after one that was left out.
        text.append(missing.isEmpty() ? commands(block) : "");
      }
    }
    return new DocumentScript(text.toString(), missing);
  }

  private static String writing(String redirection, String content) {
    return "cat " + redirection + " <<'END OF FILE'\n" + content + "END OF FILE\n";
  }

  private static String commands(FencedBlock block) {
    int expected = block.exitCode();
    return "block=%s expected=%d seen=\n%s%s"
        .formatted(block.place(), expected, block.text(), expected == 0 ? "" : EXPECTED);
  }

  /** The programs that the commands need and that this machine lacks. */
  private static List<Component> lacking(String commands) {
    return Arrays.stream(Component.values())
        .filter(component -> names(commands, component))
        .filter(Component::isMissing)
        .toList();
  }

  private static boolean names(String commands, Component component) {
    String programs =
        switch (component) {
          case PSQL -> "psql|createdb|dropdb|pg_dump|pg_restore";
          case BASH -> "source";
          default -> component.toString();
        };
    return Pattern.compile("\\b(" + programs + ")\\b").matcher(commands).find();
  }
}
