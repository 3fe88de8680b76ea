package dev.decant.sanitize;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.source.Source;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A dump that can only be read once, like standard input. */
record StreamSource(String text) implements Source {
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
  public Optional<String> statedMd5() {
    return Optional.empty();
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  @Override
  public void close() {}
}
