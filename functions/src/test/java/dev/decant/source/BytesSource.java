package dev.decant.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A source in memory. Each read returns at most so many bytes. */
public record BytesSource(byte[] bytes, int mostAtOnce, @Nullable String md5, @Nullable String etag)
    implements Source {
  BytesSource(byte[] bytes) {
    this(bytes, Integer.MAX_VALUE, null, null);
  }

  @Override
  public String uri() {
    return "memory:dump";
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public String fileName() {
    return "dump";
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public Optional<Instant> modified() {
    return Optional.empty();
  }

  @Override
  public boolean rereadable() {
    return true;
  }

  @Override
  public Optional<String> statedMd5() {
    return Optional.ofNullable(md5);
  }

  @Override
  public InputStream open() {
    InputStream all = new ByteArrayInputStream(bytes);
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return all.read();
      }

      @Override
      public int read(byte[] target, int from, int length) throws IOException {
        return all.read(target, from, Math.min(length, mostAtOnce));
      }
    };
  }

  @Override
  public void close() {}
}
