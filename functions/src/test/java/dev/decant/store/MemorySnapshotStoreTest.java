package dev.decant.store;

import dev.decant.testing.MemorySnapshotStore;

final class MemorySnapshotStoreTest extends SnapshotStoreContract {
  @Override
  SnapshotStore create() {
    return new MemorySnapshotStore();
  }
}
