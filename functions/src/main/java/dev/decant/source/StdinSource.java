package dev.decant.source;

import java.io.FilterInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A dump on standard input, or on any other stream that the caller owns. It can be read once. */
public final class StdinSource implements Source {
  private final InputStream in;

  public StdinSource(InputStream in) {
    this.in = in;
  }

  @Override
  public String uri() {
    return "stdin";
  }

  @Override
  public boolean isRemote() {
    return false;
  }

  @Override
  public String fileName() {
    return "stdin";
  }

  @Override
  public long size() {
    return -1;
  }

  @Override
  public @Nullable String etag() {
    return null;
  }

  @Override
  public Optional<Instant> modified() {
    return Optional.empty();
  }

  @Override
  public boolean rereadable() {
    return false;
  }

  @Override
  public InputStream open() {
    return new FilterInputStream(in) {
      @Override
      public void close() {
        // The process owns standard input. Closing it would also wait for a read that blocks.
      }
    };
  }

  @Override
  public void close() {}
}
