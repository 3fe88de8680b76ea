package dev.decant.media;

import dev.decant.aws.S3Headers;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.store.PartSizes;
import dev.decant.store.S3Upload;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Copies between two stores. The bytes pass through this machine, in a fixed amount of memory. Each
 * copy gets the ETag of the source as its mark, because another store may compute another ETag.
 */
final class StreamedMediaCopy implements MediaCopy {
  private static final int ROOM = 96 << 20;

  /**
   * The memory of an upload in parts, for the parts that threads send and the one that is filled.
   * In bytes.
   */
  private static final int ROOM_OF_PARTS = 40 << 20;

  private static final int CHUNK = 64 << 10;

  private final S3MediaBucket from;
  private final S3MediaBucket to;
  private final PartSizes sizes;
  private final Semaphore room = new Semaphore(ROOM);

  StreamedMediaCopy(S3MediaBucket from, S3MediaBucket to, PartSizes sizes) {
    this.from = from;
    this.to = to;
    this.sizes = sizes;
  }

  @Override
  public Optional<MediaObject> copy(MediaObject listed) {
    Optional<HeadObjectResponse> head = from.head(listed.key());
    head.ifPresent(now -> copy(listed.key(), now));
    return head.map(
        now ->
            new MediaObject(listed.key(), now.contentLength(), S3MediaBucket.unquoted(now.eTag())));
  }

  private void copy(String key, HeadObjectResponse head) {
    long size = head.contentLength();
    boolean inParts = size > sizes.of(1);
    int needed = inParts ? ROOM_OF_PARTS : (int) size;
    acquire(needed);
    S3Headers headers = S3Headers.of(head).marked(S3MediaBucket.unquoted(head.eTag()));
    try (InputStream in = from.objects().open(from.whole(key), 0, size, head.eTag())) {
      if (inParts) {
        upload(key, in, headers);
      } else {
        to.put(key, in.readAllBytes(), headers);
      }
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.STORE_FAILED,
          from.objects().where(from.whole(key))
              + " could not be read to its end. Run the command again.",
          e);
    } finally {
      room.release(needed);
    }
  }

  private void upload(String key, InputStream in, S3Headers headers) throws IOException {
    try (S3Upload upload = new S3Upload(to.objects(), to.whole(key), sizes, headers)) {
      byte[] chunk = new byte[CHUNK];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        upload.write(chunk, 0, read);
      }
      upload.commit();
    }
  }

  private void acquire(int bytes) {
    try {
      room.acquire(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DecantException(
          ErrorCode.CANCELLED, "The run was cancelled while it copied objects.", e);
    }
  }
}
