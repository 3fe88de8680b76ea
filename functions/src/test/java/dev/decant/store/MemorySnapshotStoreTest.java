package dev.decant.store;

import dev.decant.testing.MemorySnapshotStore;

final class MemorySnapshotStoreTest extends RacedStoreContract {
  @Override
  SnapshotStore create() {
    return new MemorySnapshotStore();
  }
}
