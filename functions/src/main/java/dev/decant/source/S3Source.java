package dev.decant.source;

import dev.decant.aws.AwsErrors;
import dev.decant.aws.S3Clients;
import dev.decant.aws.S3Objects;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.location.Location;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * A dump in S3, as it was when this was opened. If the object is replaced meanwhile, reading it is
 * an error.
 */
final class S3Source implements Source {
  private final Location.S3 location;
  private final S3Client client;
  private final S3Objects objects;
  private final HeadObjectResponse head;

  S3Source(Location.S3 location) {
    this.location = location;
    this.client = S3Clients.create();
    this.objects = new S3Objects(client, location.bucket(), AwsErrors.OF_SOURCE);
    boolean found = false;
    try {
      head = objects.head(location.key()).orElseThrow(this::missing);
      found = true;
    } finally {
      if (!found) {
        client.close();
      }
    }
  }

  private DecantException missing() {
    return new DecantException(
        ErrorCode.SOURCE_NOT_FOUND,
        location
            + " does not exist, or its bucket does not. Check the key, the bucket and the region."
            + " If it is an archive in the directory format (-Fd), end its name with a slash.");
  }

  @Override
  public String uri() {
    return location.toString();
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public String fileName() {
    return location.key().substring(location.key().lastIndexOf('/') + 1);
  }

  @Override
  public long size() {
    return head.contentLength();
  }

  @Override
  public String etag() {
    return head.eTag();
  }

  @Override
  public Optional<Instant> modified() {
    return Optional.ofNullable(head.lastModified());
  }

  @Override
  public boolean rereadable() {
    return true;
  }

  @Override
  public Optional<String> statedMd5() {
    String sidecar = location.key() + ".md5";
    return objects
        .read(sidecar)
        .map(content -> Md5Sidecar.parse(content, fileName(), objects.where(sidecar)));
  }

  @Override
  public InputStream open() {
    return open(0);
  }

  @Override
  public InputStream open(long offset) {
    return objects.open(location.key(), offset, Math.max(0, size() - offset), etag());
  }

  @Override
  public void close() {
    client.close();
  }
}
