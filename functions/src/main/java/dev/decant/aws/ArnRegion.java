package dev.decant.aws;

import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/** The region that the ARN of a resource names: {@code arn:PARTITION:SERVICE:REGION:ACCOUNT:…}. */
final class ArnRegion {
  private static final int REGION = 3;

  private ArnRegion() {}

  /** The region of a resource; empty for a name or an alias, which is in the region in use. */
  static Optional<Region> of(String resource) {
    String[] parts = resource.split(":", -1);
    return parts[0].equals("arn") && parts.length > REGION
        ? Optional.of(Region.of(parts[REGION]))
        : Optional.empty();
  }
}
