package dev.decant.policy.propose;

import dev.decant.mask.MaskSpec;
import dev.decant.schema.TableName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tries masks on made-up rows before they are proposed. A server applies the CHECKs and the types
 * of the columns to the masked rows. A column that is not named stays as it is.
 */
public interface ProposalTrial {
  /** The result of a trial. */
  enum Answer {
    /** All masked rows satisfied the constraints. */
    PASSES,
    /** A masked row did not satisfy the constraints. */
    FAILS,
    /** No made-up row satisfies the constraints, or there is no server to try them. */
    UNKNOWN
  }

  /** No server is known, so that only the texts of the CHECKs can decide. */
  ProposalTrial NONE =
      new ProposalTrial() {
        @Override
        public Answer of(TableName table, Set<String> columns, Map<String, MaskSpec> masks) {
          return Answer.UNKNOWN;
        }

        @Override
        public List<Map<String, String>> examples(TableName table, Set<String> columns) {
          return List.of();
        }
      };

  /**
   * Tries masks against all CHECKs that read some columns of a table.
   *
   * @param columns whose types and CHECKs count
   * @param masks of these columns, and of others that their CHECKs read
   */
  Answer of(TableName table, Set<String> columns, Map<String, MaskSpec> masks);

  /**
   * Made-up values of some columns, in the text form of COPY, which satisfy all CHECKs that read
   * these columns together with values for the other columns of the CHECKs. None of them is NULL.
   */
  List<Map<String, String>> examples(TableName table, Set<String> columns);
}
