package dev.decant.media;

import dev.decant.aws.S3Objects;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.store.KeyOrder;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A listing by pages. One page is in memory while the next is fetched. */
final class S3MediaListing implements Iterator<MediaObject> {
  private final S3Objects objects;
  private final String prefix;
  private final int pageSize;
  private @Nullable FutureTask<ListObjectsV2Response> next;
  private Iterator<S3Object> page = Collections.emptyIterator();
  private String last = "";
  private @Nullable MediaObject peeked;

  S3MediaListing(S3Objects objects, String prefix, int pageSize) {
    this.objects = objects;
    this.prefix = prefix;
    this.pageSize = pageSize;
    next = ask(null);
  }

  private FutureTask<ListObjectsV2Response> ask(@Nullable String token) {
    FutureTask<ListObjectsV2Response> task =
        new FutureTask<>(
            () ->
                objects
                    .client()
                    .listObjectsV2(
                        request ->
                            request
                                .bucket(objects.bucket())
                                .prefix(prefix)
                                .encodingType(EncodingType.URL) // XML does not allow all characters
                                .maxKeys(pageSize)
                                .continuationToken(token)));
    Thread.ofVirtual().name("decant-list").start(task);
    return task;
  }

  @Override
  public boolean hasNext() {
    while (peeked == null) {
      if (!page.hasNext()) {
        if (next == null) {
          return false;
        }
        turn(next);
      } else {
        peeked = inOrder(page.next());
      }
    }
    return true;
  }

  @Override
  public MediaObject next() {
    if (!hasNext() || peeked == null) {
      throw new NoSuchElementException();
    }
    MediaObject object = peeked;
    peeked = null;
    return object;
  }

  private void turn(FutureTask<ListObjectsV2Response> asked) {
    ListObjectsV2Response response = await(asked);
    next =
        Boolean.TRUE.equals(response.isTruncated()) ? ask(response.nextContinuationToken()) : null;
    page = response.contents().iterator();
  }

  /** Returns null for the prefix itself, for which some tools make an empty object. */
  private @Nullable MediaObject inOrder(S3Object listed) {
    if (listed.key().equals(prefix)) {
      return null;
    }
    String key = listed.key().substring(prefix.length());
    if (KeyOrder.UTF_8.compare(last, key) >= 0) {
      throw new DecantException(
          ErrorCode.STORE_FAILED,
          objects.where(prefix)
              + " is not listed in the order of its keys, so it cannot be compared. Use a bucket"
              + " that lists in this order, such as a general purpose bucket of S3.");
    }
    last = key;
    return new MediaObject(key, listed.size(), S3MediaBucket.unquoted(listed.eTag()));
  }

  private ListObjectsV2Response await(FutureTask<ListObjectsV2Response> asked) {
    try {
      return asked.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DecantException(
          ErrorCode.CANCELLED,
          "The run was cancelled while it listed " + objects.where(prefix) + ".",
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SdkException sdk) {
        throw objects.errors().failure("s3:ListBucket", objects.where(prefix), sdk);
      }
      throw new IllegalStateException("listing of " + objects.where(prefix), e);
    }
  }
}
