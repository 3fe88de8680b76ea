package dev.decant.yaml;

import dev.decant.error.DecantException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects the problems of one file, each one once. */
public final class Problems {
  private final String file;
  private final FileKind kind;
  private final int limit;
  private final Set<Problem> found = new LinkedHashSet<>();

  /**
   * @param limit the number of problems at which reading ends, because such a file is probably of
   *     another kind
   */
  public Problems(String file, FileKind kind, int limit) {
    this.file = file;
    this.kind = kind;
    this.limit = limit;
  }

  /** The name of the file in messages. */
  public String file() {
    return file;
  }

  /** The kind of the file. */
  public FileKind kind() {
    return kind;
  }

  public void add(Problem problem) {
    found.add(problem);
    if (found.size() >= limit) {
      throw error();
    }
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** The problems in the order of the file. Problems without a line come last. */
  public List<Problem> sorted() {
    return found.stream()
        .sorted(Comparator.comparingInt(p -> p.line() == 0 ? Integer.MAX_VALUE : p.line()))
        .toList();
  }

  /** One error that lists all problems. */
  public DecantException error() {
    return error(file, kind, sorted(), "", "");
  }

  /**
   * One error that lists the given problems.
   *
   * @param hint a sentence about the proposal, or empty
   * @param proposal a whole file without these problems, or empty
   */
  public static DecantException error(
      String file, FileKind kind, Collection<Problem> problems, String hint, String proposal) {
    String count = problems.size() == 1 ? "a problem" : problems.size() + " problems";
    String list = problems.stream().map(p -> p.in(file)).collect(Collectors.joining("\n"));
    String yaml =
        proposal.isEmpty()
            ? ""
            : (hint.isEmpty() ? "" : "\n" + hint)
                + "\nThis is a proposal for the whole "
                + kind.words()
                + ". Save it as "
                + file
                + " and review each line that is marked REVIEW:\n"
                + proposal;
    return new DecantException(
        kind.invalid(), "The " + kind.words() + " has " + count + ":\n" + list + yaml);
  }
}
