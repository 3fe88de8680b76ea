package dev.decant.media;

import dev.decant.aws.S3Headers;
import dev.decant.run.Waits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyPartResult;

/**
 * Copies one large object in parts, a few of them at the same time. If a part fails, the copy is
 * aborted.
 */
final class S3PartCopy {
  private static final int PARTS_AT_ONCE = 8;

  private final S3MediaBucket from;
  private final S3MediaBucket to;
  private final MediaObject object;
  private final String key;
  private final long partSize;

  S3PartCopy(S3MediaBucket from, S3MediaBucket to, MediaObject object, long partSize) {
    this.from = from;
    this.to = to;
    this.object = object;
    this.key = to.whole(object.key());
    this.partSize = partSize;
  }

  void copy(S3Headers headers) {
    String id =
        to.client()
            .createMultipartUpload(request -> headers.onto(request).bucket(to.name()).key(key))
            .uploadId();
    boolean done = false;
    try {
      List<CompletedPart> parts = parts(id);
      to.client()
          .completeMultipartUpload(
              request ->
                  request
                      .bucket(to.name())
                      .key(key)
                      .uploadId(id)
                      .multipartUpload(upload -> upload.parts(parts)));
      done = true;
    } finally {
      if (!done) {
        abort(id);
      }
    }
  }

  private List<CompletedPart> parts(String id) {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(PARTS_AT_ONCE, Thread.ofVirtual().factory())) {
      List<Future<CompletedPart>> asked = new ArrayList<>();
      for (long from = 0; from < object.size(); from += partSize) {
        asked.add(threads.submit(part(id, asked.size() + 1, from)));
      }
      try {
        List<CompletedPart> parts = new ArrayList<>();
        for (Future<CompletedPart> part : asked) {
          parts.add(part.get());
        }
        return parts;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw AbortedException.create("interrupted", e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof SdkException sdk) {
          throw sdk;
        }
        throw new IllegalStateException("copy of " + from.objects().where(key), e);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private Callable<CompletedPart> part(String id, int number, long first) {
    long last = Math.min(first + partSize, object.size()) - 1;
    return () ->
        completed(
            number,
            to.client()
                .uploadPartCopy(
                    request ->
                        request
                            .sourceBucket(from.name())
                            .sourceKey(from.whole(object.key()))
                            .copySourceIfMatch(object.etag())
                            .copySourceRange("bytes=" + first + "-" + last)
                            .destinationBucket(to.name())
                            .destinationKey(key)
                            .uploadId(id)
                            .partNumber(number))
                .copyPartResult());
  }

  /** S3 demands the checksums that the SDK chose for each part again at the end. */
  private static CompletedPart completed(int number, CopyPartResult result) {
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(result.eTag())
        .checksumCRC32(result.checksumCRC32())
        .checksumCRC32C(result.checksumCRC32C())
        .checksumCRC64NVME(result.checksumCRC64NVME())
        .checksumSHA1(result.checksumSHA1())
        .checksumSHA256(result.checksumSHA256())
        .build();
  }

  /**
   * Aborts the copy even if the run was interrupted, because S3 would keep the parts and charge for
   * them.
   */
  private void abort(String id) {
    try {
      Waits.uninterrupted(
          () ->
              to.client()
                  .abortMultipartUpload(
                      request -> request.bucket(to.name()).key(key).uploadId(id)));
    } catch (SdkException e) {
      // The failure before it is reported. `decant sweep` removes the parts that are left.
    }
  }
}
