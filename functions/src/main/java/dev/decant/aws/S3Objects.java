package dev.decant.aws;

import dev.decant.location.Location;
import dev.decant.stream.RangedStream;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Reads objects of one bucket. Keys are relative to the bucket. */
public record S3Objects(S3Client client, String bucket, AwsErrors errors) {
  static final String GET = "s3:GetObject";
  private static final String LIST = "s3:ListBucket";

  public String where(String key) {
    return ShownKey.of(new Location.S3(bucket, key).toString());
  }

  public Optional<HeadObjectResponse> head(String key) {
    try {
      return Optional.of(client.headObject(request -> request.bucket(bucket).key(key)));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw errors.failure(GET, where(key), e);
    }
  }

  public Optional<byte[]> read(String key) {
    try {
      return Optional.of(
          client.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asByteArrayUnsafe());
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw errors.failure(GET, where(key), e);
    }
  }

  /**
   * Gives all objects whose keys begin with a prefix, such as a folder with its slash or a key, and
   * no folders below.
   */
  public void list(String prefix, Consumer<S3Object> each) {
    try {
      client
          .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix).delimiter("/"))
          .contents()
          .stream()
          .filter(object -> !object.key().endsWith("/"))
          .forEach(each);
    } catch (SdkException e) {
      throw errors.failure(LIST, where(prefix), e);
    }
  }

  /**
   * Opens a range of an object. A broken connection is resumed.
   *
   * @param etag if it is given, another object under the key is an error
   */
  public InputStream open(String key, long offset, long length, @Nullable String etag) {
    if (length == 0) {
      return InputStream.nullInputStream();
    }
    long end = offset + length;
    ResponseInputStream<GetObjectResponse> first = first(key, offset, end, etag);
    String same = first.response().eTag();
    if (first.response().contentLength() < length) {
      long size = offset + first.response().contentLength();
      first.abort();
      throw RangedStream.tooShort(where(key), size, offset, length);
    }
    return new ResumingStream(
        errors, where(key), position -> get(key, position, end, same), first, offset, end);
  }

  private ResponseInputStream<GetObjectResponse> first(
      String key, long offset, long end, @Nullable String etag) {
    try {
      return get(key, offset, end, etag);
    } catch (S3Exception e) {
      if (e.statusCode() == AwsErrors.RANGE_NOT_SATISFIABLE) {
        throw RangedStream.tooShort(where(key), 0, offset, end - offset);
      }
      if (e.statusCode() == AwsErrors.PRECONDITION_FAILED) {
        throw ResumingStream.changed(errors, where(key), e);
      }
      throw errors.failure(GET, where(key), e);
    } catch (SdkException e) {
      throw errors.failure(GET, where(key), e);
    }
  }

  private ResponseInputStream<GetObjectResponse> get(
      String key, long offset, long end, @Nullable String etag) {
    String range = "bytes=" + offset + "-" + (end - 1);
    return client.getObject(request -> request.bucket(bucket).key(key).range(range).ifMatch(etag));
  }
}
