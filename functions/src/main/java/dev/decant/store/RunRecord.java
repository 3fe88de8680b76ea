package dev.decant.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What {@code .runs/ID.json} holds.
 *
 * @param format 1
 * @param owner who runs, with something random: no two runs have the same
 * @param done whether it published
 * @param claimed ISO 8601, when the run began
 * @param renewed ISO 8601, when the lease was renewed last
 * @param leaseSeconds how long after {@code renewed} the run counts as alive
 */
record RunRecord(
    int format, String owner, boolean done, String claimed, String renewed, long leaseSeconds) {
  private static final int FORMAT = 1;
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  static RunRecord begin(String owner, Instant now, Duration lease) {
    String time = now.toString();
    return new RunRecord(FORMAT, owner, false, time, time, lease.toSeconds());
  }

  RunRecord renew(Instant now) {
    return new RunRecord(FORMAT, owner, false, claimed, now.toString(), leaseSeconds);
  }

  RunRecord finish(Instant now) {
    return new RunRecord(FORMAT, owner, true, claimed, now.toString(), leaseSeconds);
  }

  byte[] json() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // strings and numbers can be written
    }
  }

  /** Empty where it is not such a record. */
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

  Instant claimedAt() {
    return Instant.parse(claimed);
  }
}
