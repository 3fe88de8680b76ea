package dev.decant.media;

import dev.decant.aws.S3Errors;
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
 * CopiedContent by the store itself: no byte passes here.
 *
 * <p>A copy's ETag is the source's only where both are the MD5 of the content: not where the source
 * was uploaded in parts, nor where either is encrypted with a KMS key. Such a copy gets a mark, the
 * source's ETag, among its metadata. S3 then wants all of the source's headers sent anew, so they
 * are read first; that a pair of buckets needs it is learned from its first copy.
 *
 * <p>Tags are left: copying them needs a right on the source that no copy of the content needs.
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
        if (e instanceof NoSuchKeyException || S3Errors.code(e).equals("NoSuchKey")) {
          return Optional.empty();
        }
        if (e.statusCode() != S3Errors.PRECONDITION_FAILED) {
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
            + " changes all the time: it could not be copied. Run again.");
  }

  private static MediaObject object(String key, HeadObjectResponse head) {
    return new MediaObject(key, head.contentLength(), S3MediaBucket.unquoted(head.eTag()));
  }

  /** False where it is gone; precondition failed where it has changed. */
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

  /** S3 does not tell which of the two it denies. */
  private DecantException failure(MediaObject object, SdkException e) {
    DecantException failure = to.failure(ACTION, object.key(), e);
    return failure.code() == ErrorCode.STORE_DENIED
        ? new DecantException(
            failure.code(),
            failure.getMessage()
                + " A copy also needs s3:GetObject on "
                + from.objects().where(from.whole(object.key()))
                + ".",
            e)
        : failure;
  }
}
