package dev.decant.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code .runs/ID.json}.
 *
 * @param format the version of this format, which is 1
 * @param owner a description of the run with a random part, so that no two runs have the same
 * @param done whether the run has published
 * @param claimed when the run began, in ISO 8601
 * @param renewed when the lease was renewed last, in ISO 8601
 * @param leaseSeconds the seconds after {@code renewed} for which the run counts as alive
 * @param order the ID of the order that the run carries out; null if it has none
 * @param partner whether other runs of the order wait until this one has ended
 */
record RunRecord(
    int format,
    String owner,
    boolean done,
    String claimed,
    String renewed,
    long leaseSeconds,
    @Nullable String order,
    boolean partner) {
  private static final int FORMAT = 1;
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  static RunRecord begin(Claimant claimant, Instant now, Duration lease) {
    String time = now.toString();
    String owner = claimant.description() + " " + UUID.randomUUID();
    boolean partner = claimant.relation() == Claimant.Relation.PARTNER;
    return new RunRecord(
        FORMAT, owner, false, time, time, lease.toSeconds(), claimant.order(), partner);
  }

  RunRecord renew(Instant now) {
    return new RunRecord(
        FORMAT, owner, false, claimed, now.toString(), leaseSeconds, order, partner);
  }

  /** The record of a claim that no process renews until another one of its order takes it over. */
  RunRecord keep(Instant now, Duration lease) {
    return new RunRecord(
        FORMAT, "order " + order, false, claimed, now.toString(), lease.toSeconds(), order, false);
  }

  RunRecord finish(Instant now) {
    return new RunRecord(
        FORMAT, owner, true, claimed, now.toString(), leaseSeconds, order, partner);
  }

  byte[] json() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // strings and numbers can always be written
    }
  }

  /** Parses a record. Empty if the bytes are not one. */
  static Optional<RunRecord> parse(byte[] json) {
    try {
      RunRecord record = JSON.readValue(json, RunRecord.class);
      Instant.parse(record.claimed());
      Instant.parse(record.renewed());
      return Optional.of(record);
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Whether a run takes this claim over, because it has the same order. */
  boolean isFor(Claimant claimant) {
    return order != null
        && order.equals(claimant.order())
        && (!partner || claimant.relation() == Claimant.Relation.HEIR);
  }

  Instant claimedAt() {
    return Instant.parse(claimed);
  }
}
