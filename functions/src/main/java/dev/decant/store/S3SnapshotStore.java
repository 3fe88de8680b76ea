package dev.decant.store;

import dev.decant.aws.AwsErrors;
import dev.decant.aws.S3Clients;
import dev.decant.aws.S3Objects;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.location.Location;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Snapshots below a prefix of a bucket. Writes are atomic by the conditional writes of S3, {@code
 * If-None-Match: *} and {@code If-Match}. An upload in parts becomes visible when it is completed.
 * Etags are those of S3.
 */
final class S3SnapshotStore implements SnapshotStore {
  private static final int CONFLICT_RETRIES = 5;
  private static final long CONFLICT_PAUSE = 100;
  private static final int MAX_PAGE = 1000;

  private final String bucket;
  private final String prefix;
  private final S3Client client;
  private final S3Objects objects;
  private final PartSizes sizes;
  private final int page;

  S3SnapshotStore(Location.S3 location, S3Client client, PartSizes sizes) {
    this(location, client, sizes, MAX_PAGE);
  }

  /** Tests use smaller pages of a listing. */
  S3SnapshotStore(Location.S3 location, S3Client client, PartSizes sizes, int page) {
    this.page = page;
    this.bucket = location.bucket();
    String trimmed = location.key().replaceFirst("/+$", "");
    this.prefix = trimmed.isEmpty() ? "" : trimmed + "/";
    this.client = client;
    this.objects = new S3Objects(client, bucket, AwsErrors.OF_STORE);
    this.sizes = sizes;
  }

  private String whole(String key) {
    return prefix + StoreKey.check(key);
  }

  @Override
  public String location() {
    return new Location.S3(bucket, prefix.replaceFirst("/$", "")).toString();
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public String locate(String key) {
    return objects.where(whole(key));
  }

  @Override
  public Optional<StoredObject> stat(String key) {
    return objects
        .head(whole(key))
        .map(head -> object(key, head.contentLength(), head.lastModified(), head.eTag()));
  }

  /**
   * HEAD answers with whole seconds only. Times of a listing are cut to whole seconds too, so that
   * both give the same.
   */
  private static StoredObject object(String key, long size, Instant modified, String etag) {
    return new StoredObject(key, size, modified.truncatedTo(ChronoUnit.SECONDS), etag);
  }

  @Override
  public List<StoredObject> list(String below) {
    String all = prefix + StoreKey.checkPrefix(below);
    return attempt(
        "s3:ListBucket",
        all,
        () ->
            client
                .listObjectsV2Paginator(r -> r.bucket(bucket).prefix(all).maxKeys(page))
                .contents()
                .stream()
                .filter(
                    found ->
                        !found
                            .key()
                            .endsWith("/")) // the AWS console makes such an object for a folder
                .map(
                    found ->
                        object(
                            found.key().substring(prefix.length()),
                            found.size(),
                            found.lastModified(),
                            found.eTag()))
                .toList());
  }

  @Override
  public InputStream open(String key, long offset, long length) {
    return objects.open(whole(key), offset, length, null);
  }

  @Override
  public Optional<byte[]> read(String key) {
    return objects.read(whole(key));
  }

  @Override
  public void put(String key, byte[] content) {
    String name = whole(key);
    attempt("s3:PutObject", name, () -> client.putObject(put(name, r -> {}), body(content)));
  }

  @Override
  public boolean putIfAbsent(String key, byte[] content) {
    return conditionally(whole(key), content, request -> request.ifNoneMatch("*"));
  }

  @Override
  public boolean replace(String key, byte[] content, String etag) {
    return conditionally(whole(key), content, request -> request.ifMatch(etag));
  }

  private PutObjectRequest put(String name, Consumer<PutObjectRequest.Builder> more) {
    String type =
        name.endsWith(".json")
            ? "application/json"
            : name.endsWith(".html") ? "text/html; charset=utf-8" : S3Part.TYPE;
    return PutObjectRequest.builder()
        .bucket(bucket)
        .key(name)
        .contentType(type)
        .applyMutation(more)
        .build();
  }

  private static RequestBody body(byte[] content) {
    return RequestBody.fromBytes(content);
  }

  /**
   * Returns whether the condition held. S3 answers 409 to some of the requests that race with each
   * other; these are sent again.
   */
  private boolean conditionally(
      String name, byte[] content, Consumer<PutObjectRequest.Builder> condition) {
    return attempt(
        "s3:PutObject",
        name,
        () -> {
          for (int conflicts = 0; ; conflicts++) {
            try {
              return once(name, content, condition);
            } catch (S3Exception e) {
              if (e.statusCode() != AwsErrors.CONFLICT || conflicts == CONFLICT_RETRIES) {
                throw e;
              }
              pause(name, CONFLICT_PAUSE << conflicts);
            }
          }
        });
  }

  private boolean once(String name, byte[] content, Consumer<PutObjectRequest.Builder> condition) {
    AtomicInteger attempts = new AtomicInteger();
    PutObjectRequest request =
        put(name, condition).toBuilder()
            .overrideConfiguration(o -> o.putExecutionAttribute(S3Clients.ATTEMPTS, attempts))
            .build();
    try {
      client.putObject(request, body(content));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == AwsErrors.PRECONDITION_FAILED) {
        // If the put was retried, an earlier attempt may have succeeded although its answer was
        // lost.
        return attempts.get() > 1
            && objects.read(name).filter(now -> Arrays.equals(now, content)).isPresent();
      }
      if (e.statusCode() == AwsErrors.NOT_IMPLEMENTED) {
        throw ConditionalWrites.unsuitable(
            objects.where(name), "If-None-Match or If-Match", "answers 501 to this header");
      }
      if (AwsErrors.code(e).equals("NoSuchKey")) {
        return false; // If-Match of an object that does not exist any more
      }
      throw e;
    }
  }

  private void pause(String name, long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DecantException(
          ErrorCode.CANCELLED,
          "The run was cancelled while it wrote " + objects.where(name) + ".",
          e);
    }
  }

  @Override
  public Upload upload(String key) {
    return new S3Upload(objects, whole(key), sizes);
  }

  @Override
  public void delete(String key) {
    String name = whole(key);
    attempt(
        "s3:DeleteObject",
        name,
        () -> client.deleteObject(request -> request.bucket(bucket).key(name)));
  }

  @Override
  public List<String> unfinishedUploads(String below, Instant olderThan) {
    return unfinished(below, olderThan).stream()
        .map(upload -> upload.key().substring(prefix.length()))
        .toList();
  }

  @Override
  public int abortUploads(String below, Instant olderThan) {
    return (int) unfinished(below, olderThan).stream().filter(this::abort).count();
  }

  private List<MultipartUpload> unfinished(String below, Instant olderThan) {
    String all = prefix + StoreKey.checkPrefix(below);
    return attempt(
        "s3:ListBucketMultipartUploads",
        all,
        () ->
            client
                .listMultipartUploadsPaginator(r -> r.bucket(bucket).prefix(all))
                .uploads()
                .stream()
                .filter(upload -> upload.key().startsWith(all))
                .filter(upload -> upload.initiated().isBefore(olderThan))
                .toList());
  }

  private boolean abort(MultipartUpload upload) {
    return attempt(
        "s3:AbortMultipartUpload",
        upload.key(),
        () -> {
          try {
            client.abortMultipartUpload(
                r -> r.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));
            return true;
          } catch (S3Exception e) {
            if (e.statusCode() == AwsErrors.NOT_FOUND) {
              return false; // the upload was completed or aborted meanwhile
            }
            throw e;
          }
        });
  }

  private <T> T attempt(String action, String name, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw AwsErrors.OF_STORE.failure(action, objects.where(name), e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
