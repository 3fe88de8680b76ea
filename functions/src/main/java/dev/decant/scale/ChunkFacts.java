package dev.decant.scale;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.decant.sanitize.MaskedShare;
import java.io.IOException;
import java.util.Optional;

/** The file of facts of an item: its frames, its counts, and what the leak trace needs. */
final class ChunkFacts {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ChunkFacts() {}

  static byte[] json(MaskedShare masked) {
    try {
      return JSON.writeValueAsBytes(masked);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // records of strings and numbers can be written
    }
  }

  /** Empty if the bytes are not such a file. */
  static Optional<MaskedShare> parse(byte[] json) {
    try {
      return Optional.of(JSON.readValue(json, MaskedShare.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
