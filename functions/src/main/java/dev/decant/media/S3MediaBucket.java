package dev.decant.media;

import dev.decant.aws.AwsErrors;
import dev.decant.aws.BucketSpec;
import dev.decant.aws.S3Clients;
import dev.decant.aws.S3Headers;
import dev.decant.aws.S3Objects;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.store.PartSizes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/** Media below a prefix of a bucket in S3, or in a store with the API of S3. */
final class S3MediaBucket implements MediaBucket {
  static final String PUT = "s3:PutObject";
  private static final String DELETE = "s3:DeleteObject";
  private static final int MAX_PAGE = 1000;

  /** A missing bucket is an error in the settings. Other failures are those of the store. */
  private static final AwsErrors ERRORS =
      new AwsErrors(ErrorCode.SETTING_INVALID, ErrorCode.STORE_FAILED);

  private final BucketSpec spec;
  private final S3Objects objects;
  private final String prefix;
  private final MediaCopySizes sizes;
  private final int page;

  S3MediaBucket(BucketSpec spec, S3Client client, MediaCopySizes sizes) {
    this(spec, client, sizes, MAX_PAGE);
  }

  /** Tests use smaller pages of a listing. */
  S3MediaBucket(BucketSpec spec, S3Client client, MediaCopySizes sizes, int page) {
    this.spec = spec;
    this.objects = new S3Objects(client, spec.bucket(), ERRORS);
    this.prefix = spec.prefix().isEmpty() ? "" : spec.prefix() + "/";
    this.sizes = sizes;
    this.page = page;
  }

  @Override
  public String location() {
    return spec.location();
  }

  @Override
  public Iterator<MediaObject> list() {
    return new S3MediaListing(objects, prefix, page);
  }

  @Override
  public Optional<MediaDetails> details(String key) {
    return head(key)
        .map(
            head ->
                new MediaDetails(
                    head.contentType() == null ? "" : head.contentType(),
                    Optional.ofNullable(head.metadata().get(S3Headers.MARK))));
  }

  @Override
  public void put(String key, byte[] content, String contentType, String mark) {
    put(key, content, S3Headers.ofType(contentType).marked(mark));
  }

  void put(String key, byte[] content, S3Headers headers) {
    try {
      client()
          .putObject(
              request -> headers.onto(request).bucket(spec.bucket()).key(whole(key)),
              RequestBody.fromBytes(content));
    } catch (SdkException e) {
      throw failure(PUT, key, e);
    }
  }

  /**
   * Removes many objects by one request. Some keys have characters that the XML of the request
   * cannot have, and one of them would make the store refuse the whole request. They are removed
   * one by one.
   */
  @Override
  public List<String> delete(List<String> keys) {
    Map<Boolean, List<String>> byXml =
        keys.stream().collect(Collectors.partitioningBy(S3MediaBucket::isXml));
    List<String> kept = new ArrayList<>(deleteAll(byXml.getOrDefault(true, List.of())));
    for (String key : byXml.getOrDefault(false, List.of())) {
      if (!deleteOne(key)) {
        kept.add(key);
      }
    }
    return kept;
  }

  /**
   * Whether XML 1.0 allows all characters of the key. Surrogates occur only in pairs, which it
   * allows.
   */
  private static boolean isXml(String key) {
    return key.chars()
        .allMatch(c -> c >= ' ' ? c != 0xFFFE && c != 0xFFFF : c == '\t' || c == '\n' || c == '\r');
  }

  private List<String> deleteAll(List<String> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    List<ObjectIdentifier> whole =
        keys.stream().map(key -> ObjectIdentifier.builder().key(whole(key)).build()).toList();
    Delete delete = Delete.builder().objects(whole).quiet(true).build();
    try {
      return client()
          .deleteObjects(request -> request.bucket(spec.bucket()).delete(delete))
          .errors()
          .stream()
          .map(S3Error::key)
          .map(key -> key.substring(prefix.length()))
          .toList();
    } catch (SdkException e) {
      throw objects.errors().failure(DELETE, location() + "/*", e);
    }
  }

  private boolean deleteOne(String key) {
    try {
      var _ = client().deleteObject(request -> request.bucket(spec.bucket()).key(whole(key)));
      return true;
    } catch (AbortedException e) {
      throw failure(DELETE, key, e);
    } catch (SdkException e) {
      return false;
    }
  }

  @Override
  public MediaCopy copyFrom(MediaBucket source) {
    if (!(source instanceof S3MediaBucket from)) {
      throw new IllegalArgumentException("not a bucket of S3: " + source.location());
    }
    return sameStore(from)
        ? new S3MediaCopy(from, this, sizes)
        : new StreamedMediaCopy(from, this, PartSizes.GROWING);
  }

  /** Whether a request with one set of credentials reaches both buckets. */
  private boolean sameStore(S3MediaBucket other) {
    return S3Clients.endpoint(spec).equals(S3Clients.endpoint(other.spec))
        && spec.profile().equals(other.spec.profile());
  }

  @Override
  public void close() {
    client().close();
  }

  Optional<HeadObjectResponse> head(String key) {
    return objects.head(whole(key));
  }

  S3Objects objects() {
    return objects;
  }

  S3Client client() {
    return objects.client();
  }

  String name() {
    return spec.bucket();
  }

  String whole(String key) {
    return prefix + key;
  }

  DecantException failure(String action, String key, SdkException e) {
    return objects.errors().failure(action, objects.where(whole(key)), e);
  }

  static String unquoted(@Nullable String etag) {
    return etag == null ? "" : etag.replace("\"", "");
  }
}
