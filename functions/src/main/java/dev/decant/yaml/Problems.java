package dev.decant.yaml;

import dev.decant.error.DecantException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects what is wrong with one file, each thing once. */
public final class Problems {
  private final String file;
  private final FileKind kind;
  private final int limit;
  private final Set<Problem> found = new LinkedHashSet<>();

  /**
   * @param limit where reading ends: a file with more problems is not what it should be
   */
  public Problems(String file, FileKind kind, int limit) {
    this.file = file;
    this.kind = kind;
    this.limit = limit;
  }

  /** What the file is. */
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

  /** In the order of the file; what the file lacks comes last. */
  public List<Problem> sorted() {
    return found.stream()
        .sorted(Comparator.comparingInt(p -> p.line() == 0 ? Integer.MAX_VALUE : p.line()))
        .toList();
  }

  /** The one error that lists them all. */
  public DecantException error() {
    return error(file, kind, sorted(), "", "");
  }

  /**
   * As {@link #error()}, of problems that were collected before.
   *
   * @param hint a sentence about the proposal, or empty
   * @param proposal a whole file without them, or empty
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
        kind.invalid(), "the " + kind.words() + " has " + count + ":\n" + list + yaml);
  }
}
