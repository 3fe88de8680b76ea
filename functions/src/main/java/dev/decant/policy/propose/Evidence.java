package dev.decant.policy.propose;

import dev.decant.detect.column.RowSamples;

/**
 * What is known about a source beside its schema. It makes a proposal better.
 *
 * @param samples of the rows
 * @param trial of the proposed masks
 */
public record Evidence(RowSamples samples, ProposalTrial trial) {
  /** Nothing is known. */
  public static final Evidence NONE = new Evidence(RowSamples.NONE, ProposalTrial.NONE);
}
