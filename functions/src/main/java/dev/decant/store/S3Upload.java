package dev.decant.store;

import dev.decant.aws.AwsErrors;
import dev.decant.aws.S3Clients;
import dev.decant.aws.S3Headers;
import dev.decant.aws.S3Objects;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.run.TaskPool;
import dev.decant.run.Waits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * An upload to S3. If the whole object fits into the first part, it is sent by one put. Otherwise a
 * few threads send parts while the next part is filled, so at most one part more than threads is in
 * memory at a time. The first part that fails ends the upload.
 */
public final class S3Upload implements SnapshotStore.Upload {
  private static final int THREADS = 3;
  private static final String PUT = "s3:PutObject";

  private final S3Objects objects;
  private final String key;
  private final PartSizes sizes;
  private final S3Headers headers;
  private final TaskPool pool = new TaskPool("decant-upload", THREADS, () -> {});
  private final List<Future<CompletedPart>> sent = new ArrayList<>();
  private final List<S3Part> onDisk = new ArrayList<>();
  private @Nullable String uploadId;
  private @Nullable S3Part part;
  private long total;
  private boolean over;

  S3Upload(S3Objects objects, String key, PartSizes sizes) {
    this(objects, key, sizes, S3Headers.ofType(S3Part.TYPE));
  }

  public S3Upload(S3Objects objects, String key, PartSizes sizes, S3Headers headers) {
    this.objects = objects;
    this.key = key;
    this.sizes = sizes;
    this.headers = headers;
  }

  private S3Client client() {
    return objects.client();
  }

  private String where() {
    return objects.where(key);
  }

  @Override
  public void write(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int count = (int) Math.min(to - at, capacity() - current().size());
      try {
        current().write(bytes, at, at + count);
      } catch (IOException e) {
        throw disk(e);
      }
      at += count;
      total += count;
      if (current().size() == capacity()) {
        send();
      }
    }
  }

  private long capacity() {
    return sizes.of(sent.size() + 1);
  }

  private S3Part current() {
    if (over) {
      throw new IllegalStateException("upload is over: " + where());
    }
    if (part == null) {
      pool.check();
      try {
        part = S3Part.of(capacity());
        if (part instanceof S3Part.Disk) {
          onDisk.add(part);
        }
      } catch (IOException e) {
        throw disk(e);
      }
    }
    return part;
  }

  private DecantException disk(IOException e) {
    return new DecantException(
        ErrorCode.STORE_FAILED,
        "A part of "
            + where()
            + " could not be kept in a temporary file: "
            + e.getMessage()
            + ". Free space in "
            + System.getProperty("java.io.tmpdir")
            + ".",
        e);
  }

  /** Waits until a thread is free to send the part. */
  private void send() {
    S3Part full = current();
    int number = sent.size() + 1;
    if (number > PartSizes.MAX_PARTS) {
      throw new DecantException(
          ErrorCode.STORE_FAILED,
          where()
              + " would be larger than the largest object that S3 allows. Leave rows out, for"
              + " example by truncating tables in the policy.");
    }
    String id = begin();
    sent.add(pool.submit(() -> send(full, id, number)));
    part = null;
  }

  private String begin() {
    if (uploadId == null) {
      try {
        uploadId =
            client()
                .createMultipartUpload(
                    request -> headers.onto(request).bucket(objects.bucket()).key(key))
                .uploadId();
      } catch (SdkException e) {
        throw objects.errors().failure(PUT, where(), e);
      }
    }
    return uploadId;
  }

  private CompletedPart send(S3Part full, String id, int number) {
    try (full) {
      UploadPartResponse response =
          client()
              .uploadPart(
                  request ->
                      request
                          .bucket(objects.bucket())
                          .key(key)
                          .uploadId(id)
                          .partNumber(number)
                          .contentLength(full.size()),
                  full.body());
      return completed(number, response);
    } catch (SdkException e) {
      throw objects.errors().failure(PUT, where(), e);
    } catch (IOException e) {
      throw disk(e);
    }
  }

  /** S3 demands the checksums that the SDK chose for each part again at the end. */
  private static CompletedPart completed(int number, UploadPartResponse response) {
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(response.eTag())
        .checksumCRC32(response.checksumCRC32())
        .checksumCRC32C(response.checksumCRC32C())
        .checksumCRC64NVME(response.checksumCRC64NVME())
        .checksumSHA1(response.checksumSHA1())
        .checksumSHA256(response.checksumSHA256())
        .build();
  }

  @Override
  public void commit() {
    try {
      S3Part last = current();
      if (uploadId == null) {
        putWhole(last);
      } else {
        if (last.size() > 0) {
          send();
        }
        complete(uploadId, sent.stream().map(pool::result).toList());
      }
      over = true;
    } catch (IOException e) {
      throw disk(e);
    } catch (SdkException e) {
      throw objects.errors().failure(PUT, where(), e);
    }
  }

  private void putWhole(S3Part whole) throws IOException {
    client()
        .putObject(
            request -> headers.onto(request).bucket(objects.bucket()).key(key), whole.body());
  }

  private void complete(String id, List<CompletedPart> parts) {
    AtomicInteger attempts = new AtomicInteger();
    try {
      client()
          .completeMultipartUpload(
              request ->
                  request
                      .bucket(objects.bucket())
                      .key(key)
                      .uploadId(id)
                      .multipartUpload(upload -> upload.parts(parts))
                      .overrideConfiguration(
                          o -> o.putExecutionAttribute(S3Clients.ATTEMPTS, attempts)));
    } catch (NoSuchUploadException e) {
      // An earlier attempt may have succeeded although its answer was lost.
      boolean done =
          attempts.get() > 1
              && objects.head(key).filter(head -> head.contentLength() == total).isPresent();
      if (!done) {
        throw e;
      }
    }
  }

  /** Ends the sending first, because S3 would keep a part that arrives after the abort. */
  @Override
  public void close() {
    pool.close();
    Waits.uninterrupted(this::abort);
    try {
      for (S3Part left : onDisk) {
        left.close();
      }
    } catch (IOException e) {
      throw disk(e);
    }
  }

  private void abort() {
    if (uploadId == null || over) {
      return;
    }
    String id = uploadId;
    over = true;
    try {
      client()
          .abortMultipartUpload(request -> request.bucket(objects.bucket()).key(key).uploadId(id));
    } catch (S3Exception e) {
      if (e.statusCode() != AwsErrors.NOT_FOUND) {
        throw objects.errors().failure("s3:AbortMultipartUpload", where(), e);
      }
    } catch (SdkException e) {
      throw objects.errors().failure("s3:AbortMultipartUpload", where(), e);
    }
  }
}
