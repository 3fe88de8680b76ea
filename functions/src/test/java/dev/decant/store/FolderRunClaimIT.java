package dev.decant.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class FolderRunClaimIT extends RunClaimContract.Raced {
  @TempDir Path folder = Path.of("set by JUnit");

  @Override
  SnapshotStore create() {
    return Stores.open(folder.toString());
  }
}
