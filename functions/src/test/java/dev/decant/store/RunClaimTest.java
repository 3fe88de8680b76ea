package dev.decant.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.source.BytesSource;
import dev.decant.source.Source;
import dev.decant.source.StdinSource;
import dev.decant.testing.MemorySnapshotStore;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RunClaimTest extends RunClaimContract.Raced {
  @Override
  SnapshotStore create() {
    return new MemorySnapshotStore();
  }

  @Test
  void idIsOfSourceNameAndInputs() {
    Source a = new BytesSource(new byte[1], 1, null, "etag a");
    Source b = new BytesSource(new byte[1], 1, null, "etag b");
    Set<String> ids = new HashSet<>();
    ids.add(RunClaim.id(a.uri(), a.identity(), "name", "inputs"));
    ids.add(RunClaim.id(a.uri(), a.identity(), "name", "inputs"));
    ids.add(RunClaim.id(b.uri(), b.identity(), "name", "inputs"));
    ids.add(RunClaim.id(a.uri(), a.identity(), "name2", "inputs"));
    ids.add(RunClaim.id(a.uri(), a.identity(), "name", "inputs2"));

    assertThat(ids).hasSize(4).allMatch(id -> id.matches("[0-9a-f]{64}"));
  }

  @Test
  void standardInputIsNeverADuplicate() {
    Source stdin = new StdinSource(InputStream.nullInputStream());
    assertThat(RunClaim.id(stdin.uri(), stdin.identity(), "p", "k"))
        .isNotEqualTo(RunClaim.id(stdin.uri(), stdin.identity(), "p", "k"));
  }
}
