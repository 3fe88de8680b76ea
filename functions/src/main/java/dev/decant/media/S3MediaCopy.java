package dev.decant.media;

import dev.decant.aws.AwsErrors;
import dev.decant.aws.S3Headers;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.TaggingDirective;

/**
 * Makes the store itself copy, so that no byte passes through this machine.
 *
 * <p>A copy has the ETag of the source only if both are the MD5 of the content. This is not so if
 * the source was uploaded in parts, or if one of the buckets is encrypted with a KMS key. Then the
 * copy gets the ETag of the source as a mark in its metadata. S3 demands all headers of the source
 * in such a request, so they are read first. The first copy of a pair of buckets shows whether the
 * pair needs marks.
 *
 * <p>Tags are not copied, because that needs another permission on the source.
 */
final class S3MediaCopy implements MediaCopy {
  private static final int CHANGES = 3;
  private static final String ACTION = S3MediaBucket.PUT;

  private final S3MediaBucket from;
  private final S3MediaBucket to;
  private final MediaCopySizes sizes;
  private volatile boolean etagsDiffer;

  S3MediaCopy(S3MediaBucket from, S3MediaBucket to, MediaCopySizes sizes) {
    this.from = from;
    this.to = to;
    this.sizes = sizes;
  }

  @Override
  public Optional<MediaObject> copy(MediaObject listed) {
    MediaObject object = listed;
    for (int change = 0; change < CHANGES; change++) {
      try {
        return copyUnchanged(object) ? Optional.of(object) : Optional.empty();
      } catch (S3Exception e) {
        if (e instanceof NoSuchKeyException || AwsErrors.code(e).equals("NoSuchKey")) {
          return Optional.empty();
        }
        if (e.statusCode() != AwsErrors.PRECONDITION_FAILED) {
          throw failure(object, e);
        }
        Optional<MediaObject> now = from.head(object.key()).map(head -> object(listed.key(), head));
        if (now.isEmpty()) {
          return now;
        }
        object = now.get();
      } catch (SdkException e) {
        throw failure(object, e);
      }
    }
    throw new DecantException(
        ErrorCode.SOURCE_CHANGED,
        from.objects().where(from.whole(listed.key()))
            + " changed during each attempt to copy it. Run the command again when it does not"
            + " change.");
  }

  private static MediaObject object(String key, HeadObjectResponse head) {
    return new MediaObject(key, head.contentLength(), S3MediaBucket.unquoted(head.eTag()));
  }

  /**
   * Returns false if the object does not exist any more. Throws "precondition failed" if it has
   * changed.
   */
  private boolean copyUnchanged(MediaObject object) {
    if (object.size() <= sizes.whole() && !object.inParts() && !etagsDiffer) {
      String etag = plain(object);
      if (etag.equals(object.etag())) {
        return true;
      }
      etagsDiffer = true;
    }
    Optional<S3Headers> headers =
        from.head(object.key()).map(head -> S3Headers.of(head).marked(object.etag()));
    headers.ifPresent(
        marked -> {
          if (object.size() > sizes.whole()) {
            new S3PartCopy(from, to, object, sizes.partOf(object.size())).copy(marked);
          } else {
            marked(object, marked);
          }
        });
    return headers.isPresent();
  }

  private String plain(MediaObject object) {
    return S3MediaBucket.unquoted(
        to.client()
            .copyObject(request(object, CopyObjectRequest.builder()))
            .copyObjectResult()
            .eTag());
  }

  private void marked(MediaObject object, S3Headers headers) {
    to.client().copyObject(request(object, headers.onto(CopyObjectRequest.builder())));
  }

  private CopyObjectRequest request(MediaObject object, CopyObjectRequest.Builder request) {
    return request
        .sourceBucket(from.name())
        .sourceKey(from.whole(object.key()))
        .copySourceIfMatch(object.etag())
        .destinationBucket(to.name())
        .destinationKey(to.whole(object.key()))
        .taggingDirective(TaggingDirective.REPLACE)
        .build();
  }

  /** Names both permissions, because S3 does not say which of them it denies. */
  private DecantException failure(MediaObject object, SdkException e) {
    DecantException failure = to.failure(ACTION, object.key(), e);
    return failure.code() == ErrorCode.STORE_DENIED
        ? new DecantException(
            failure.code(),
            failure.getMessage()
                + " A copy also needs the permission s3:GetObject on "
                + from.objects().where(from.whole(object.key()))
                + ".",
            e)
        : failure;
  }
}
