package dev.decant.cli;

import dev.decant.demo.ShopDump;
import dev.decant.setting.KeyPairs;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.testing.ShopSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A small signed snapshot of the shop in a folder, as files for the command line.
 *
 * @param store the folder of the store
 * @param key the public key that signed the snapshot
 * @param policy the policy that made it
 */
record PublishedShop(Path store, Path key, Path policy) {
  static PublishedShop in(Path folder) throws IOException {
    Path store = folder.resolve("store");
    try (SnapshotStore to = Stores.open(store.toString())) {
      ShopSnapshot.publish(to, ShopSnapshot.NAME, 50_000, ShopSnapshot.KEY);
    }
    Path key =
        Files.writeString(
            folder.resolve("verify.key"), KeyPairs.publicPem(ShopSnapshot.KEY.publicKey()));
    Path policy = folder.resolve("policy.yaml");
    try (InputStream in =
        Objects.requireNonNull(ShopDump.class.getResourceAsStream("policy.yaml"))) {
      Files.copy(in, policy);
    }
    return new PublishedShop(store, key, policy);
  }
}
