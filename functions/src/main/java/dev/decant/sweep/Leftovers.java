package dev.decant.sweep;

import java.util.List;
import java.util.function.Supplier;

/** The leftovers of one kind. */
public interface Leftovers {
  /** The kind, for people and for the answer: {@code RDS instance}. */
  String kind();

  /**
   * Finds them. Nothing is changed.
   *
   * @throws dev.decant.error.DecantException if they cannot be listed
   */
  List<Leftover> find();

  /** Leftovers of a kind that a method finds. */
  static Leftovers of(String kind, Supplier<List<Leftover>> found) {
    return new Leftovers() {
      @Override
      public String kind() {
        return kind;
      }

      @Override
      public List<Leftover> find() {
        return found.get();
      }
    };
  }

  /** Called once after some of them were deleted. */
  default void deleted() {}
}
