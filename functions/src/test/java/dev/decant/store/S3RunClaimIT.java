package dev.decant.store;

import dev.decant.testing.S3Server;

final class S3RunClaimIT extends RunClaimContract {
  @Override
  SnapshotStore create() {
    return Stores.open("s3://" + S3Server.running().newBucket() + "/p");
  }
}
