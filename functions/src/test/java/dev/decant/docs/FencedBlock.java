package dev.decant.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a Markdown document.
 *
 * @param document relative to the project's folder
 * @param line of the opening fence; the first line is 1
 * @param info the text after the opening fence
 * @param text the lines, without the indentation that the fence has, each with its line feed
 */
record FencedBlock(String document, int line, String info, String text) {
  private static final Pattern FENCE = Pattern.compile("( *)```(.*)");
  private static final Pattern FAILURE = Pattern.compile("sh exit=(\\d+)");
  private static final Pattern FILE = Pattern.compile("\\w+ (file|append)=(\\S+)");

  /** Commands of a shell, whether they are run or not. */
  boolean isCommand() {
    return info.equals("sh") || info.startsWith("sh ");
  }

  /** Whether the document says that these commands cannot be run by a test. */
  boolean isNotRun() {
    return info.equals("sh not-run");
  }

  /** The exit code that the last failing command of the block must have; 0 if none may fail. */
  int exitCode() {
    Matcher failure = FAILURE.matcher(info);
    return failure.matches() ? Integer.parseInt(failure.group(1)) : 0;
  }

  /** The redirection of a shell that saves this block as the reader does: {@code > NAME}. */
  Optional<String> redirection() {
    Matcher file = FILE.matcher(info);
    return file.matches()
        ? Optional.of((file.group(1).equals("file") ? "> " : ">> ") + file.group(2))
        : Optional.empty();
  }

  /** {@code README.md:40}. */
  String place() {
    return document + ':' + line;
  }

  /** The blocks of a document in their order. */
  static List<FencedBlock> of(String document) throws IOException {
    List<FencedBlock> blocks = new ArrayList<>();
    List<String> lines = Files.readAllLines(Documents.PROJECT.resolve(document));
    for (int i = 0; i < lines.size(); i++) {
      Matcher fence = FENCE.matcher(lines.get(i));
      if (fence.matches()) {
        int first = i + 1;
        StringBuilder text = new StringBuilder();
        for (i = first; !lines.get(i).strip().equals("```"); i++) {
          text.append(withoutIndent(lines.get(i), fence.group(1).length())).append('\n');
        }
        blocks.add(new FencedBlock(document, first, fence.group(2), text.toString()));
      }
    }
    return List.copyOf(blocks);
  }

  private static String withoutIndent(String line, int indent) {
    return line.substring(Math.min(indent, line.length() - line.stripLeading().length()));
  }
}
