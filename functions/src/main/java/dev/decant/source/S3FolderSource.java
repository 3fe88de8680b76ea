package dev.decant.source;

import dev.decant.aws.AwsErrors;
import dev.decant.aws.S3Clients;
import dev.decant.aws.S3Objects;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.location.Location;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * An archive of pg_dump in the directory format (-Fd) below a prefix in S3, as it was when this was
 * opened.
 */
final class S3FolderSource implements ArchiveFolderSource {
  private final Location.S3 prefix;
  private final S3Client client;
  private final S3Objects objects;
  private final SortedMap<String, Long> files = new TreeMap<>();
  private final Map<String, S3Object> found = new TreeMap<>();

  /**
   * Lists the files.
   *
   * @param prefix ends with a slash
   */
  S3FolderSource(Location.S3 prefix) {
    this.prefix = prefix;
    this.client = S3Clients.create();
    this.objects = new S3Objects(client, prefix.bucket(), AwsErrors.OF_SOURCE);
    boolean opened = false;
    try {
      objects.list(prefix.key(), this::add);
      if (!files.containsKey(TOC)) {
        throw new DecantException(
            ErrorCode.USAGE,
            prefix
                + " has no toc.dat, so it is not an archive of pg_dump in the directory format."
                + " Write s3://bucket/key of the dump.");
      }
      opened = true;
    } finally {
      if (!opened) {
        client.close();
      }
    }
  }

  private void add(S3Object object) {
    String name = object.key().substring(prefix.key().length());
    files.put(name, object.size());
    found.put(name, object);
  }

  @Override
  public String uri() {
    return prefix.toString();
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public String fileName() {
    String key = prefix.key().substring(0, prefix.key().length() - 1);
    return key.substring(key.lastIndexOf('/') + 1);
  }

  /** The time of toc.dat. */
  @Override
  public Optional<Instant> modified() {
    return Optional.ofNullable(found.get(TOC)).map(S3Object::lastModified);
  }

  @Override
  public String identity() {
    StringBuilder etags = new StringBuilder();
    found.forEach((name, object) -> etags.append(name).append(object.eTag()));
    return etags.toString();
  }

  @Override
  public InputStream open() {
    throw new DecantException(
        ErrorCode.USAGE,
        prefix + " is an archive of pg_dump, but a file is expected. Write s3://bucket/key.");
  }

  @Override
  public SortedMap<String, Long> files() {
    return files;
  }

  @Override
  public String state(String file) {
    return object(file).eTag();
  }

  @Override
  public InputStream open(String file) {
    S3Object object = object(file);
    return objects.open(object.key(), 0, object.size(), object.eTag());
  }

  private S3Object object(String file) {
    S3Object object = found.get(file);
    if (object == null) {
      throw new IllegalArgumentException("no file " + file);
    }
    return object;
  }

  @Override
  public void close() {
    client.close();
  }
}
