package dev.decant.aws;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.stream.BlockStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * A range of an object in S3 as one stream. If the connection breaks, a new ranged GET continues at
 * the same byte. It demands the same ETag, so that all bytes are of one object. The stream gives up
 * after {@value #MAX_FAILURES} breaks without a byte between them, which takes about half a minute.
 */
final class ResumingStream extends BlockStream {
  private static final int MAX_FAILURES = 9;
  private static final long FIRST_PAUSE = 100;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

  /** Starts a ranged GET of the object at a position. */
  interface Range {
    ResponseInputStream<GetObjectResponse> from(long position);
  }

  private final AwsErrors errors;
  private final String where;
  private final Range range;
  private final long end;
  private long position;
  private int failures;
  private @Nullable ResponseInputStream<GetObjectResponse> connection;

  /**
   * Continues an open connection.
   *
   * @param where the object, for messages
   * @param end the position after the last byte
   */
  ResumingStream(
      AwsErrors errors,
      String where,
      Range range,
      ResponseInputStream<GetObjectResponse> connection,
      long position,
      long end) {
    this.errors = errors;
    this.where = where;
    this.range = range;
    this.connection = connection;
    this.position = position;
    this.end = end;
  }

  @Override
  public int read(byte[] bytes, int from, int length) {
    if (position == end) {
      return -1;
    }
    while (true) {
      try {
        int count = connection().read(bytes, from, (int) Math.min(length, end - position));
        if (count < 0) {
          throw new EOFException("the connection ended too early");
        }
        position += count;
        failures = 0;
        return count;
      } catch (AbortedException e) {
        throw errors.failure("s3:GetObject", where, e);
      } catch (SdkException e) {
        if (!AwsErrors.isTransient(e)) {
          throw AwsErrors.PRECONDITION_FAILED == status(e)
              ? changed(errors, where, e)
              : errors.failure("s3:GetObject", where, e);
        }
        pause(e);
      } catch (IOException e) {
        pause(e);
      }
    }
  }

  private InputStream connection() {
    if (connection == null) {
      connection = range.from(position);
    }
    return connection;
  }

  private static int status(SdkException e) {
    return e instanceof software.amazon.awssdk.core.exception.SdkServiceException service
        ? service.statusCode()
        : 0;
  }

  static DecantException changed(AwsErrors errors, String where, SdkException e) {
    ErrorCode code =
        errors.failed() == ErrorCode.STORE_FAILED
            ? ErrorCode.STORE_FAILED
            : ErrorCode.SOURCE_CHANGED;
    return new DecantException(
        code, where + " changed while it was read. Run the command again.", e);
  }

  private void pause(Exception e) {
    drop();
    if (++failures > MAX_FAILURES) {
      String message =
          String.format(
              Locale.ROOT,
              "The connection to %s broke %d times at byte %,d. Check the network and run the"
                  + " command again.",
              where,
              failures,
              position);
      throw new DecantException(errors.failed(), message, e);
    }
    try {
      long wanted = FIRST_PAUSE << (failures - 1);
      Thread.sleep(Math.min(wanted, LONGEST_PAUSE.toMillis()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new DecantException(
          ErrorCode.CANCELLED, "The run was cancelled while it read " + where + ".", interrupted);
    }
  }

  /** Aborts the connection, because closing it would read the rest of the range. */
  private void drop() {
    if (connection != null) {
      connection.abort();
      connection = null;
    }
  }

  @Override
  public void close() {
    drop();
  }
}
